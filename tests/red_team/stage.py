"""Ana before Steward, over a book in which every planted text stands somewhere."""

import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from httpx2 import AsyncClient
from pydantic import SecretStr
from rich.console import Console
from sqlalchemy import Select, Table, select

from bot.assistant import Reply
from bot.cli.imports import imported
from bot.services import Services, build
from bot.settings import Settings
from bot.tools.tool import Asker
from core.recommendations import CsmId, Decision, DecisionKind
from storage.conversations import Place
from storage.database import Database
from storage.imports.book import row_id
from storage.people import Csm as Person
from storage.tables import Base, Csm, Imported
from tests.red_team.exports import write

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""A Friday."""

NOWHERE = "http://127.0.0.1:9"

_PASSING = frozenset({"conversation_turns", "model_usage", "audit_heads"})
"""What every question leaves behind, whatever it asks."""

_BOOK = frozenset(str(one.__tablename__) for one in Imported.__subclasses__() if one is not Csm)
"""What was imported, which is much to read after each question."""

State = Mapping[str, list[tuple[Any, ...]]]


@dataclass(slots=True)
class Stage:
    """Ana, and what she can do; each of her messages has a key of its own."""

    services: Services
    ana: Person
    _said: int = field(default=0)

    async def ask(self, text: str, place: Place | None = None) -> Reply:
        """Let Ana write something."""
        return await self.services.assistant.answer(text, self._asker(), place)

    async def other(self, email: str) -> "Stage":
        """Return the same with somebody else in Ana's place."""
        return Stage(self.services, await self.services.people.by_email(email))

    async def accept(self, account: str) -> None:
        """Let Ana accept what is recommended for an account, by its button."""
        advice = await self.services.advisor.for_account(id_of(account), asker := self._asker())
        assert advice.best is not None
        await self.services.recommendations.decide(
            advice.best.id,
            Decision(DecisionKind.ACCEPT, by=CsmId(self.ana.id), by_name=self.ana.name, at=NOW),
            request_key=asker.request_key,
            today=NOW.date(),
        )

    async def press(self, tool: str, account: str) -> Reply:
        """Let Ana press a button that asks about an account, by its id in the exports."""
        return await self.services.assistant.pick(tool, id_of(account), self._asker())

    async def state(self) -> State:
        """Return all that could have been changed: every table but book and conversation.

        Recommendations count once somebody decided about them.
        """
        return await _read(self.services.database, frozenset(Base.metadata.tables) - _BOOK)

    async def book(self) -> State:
        """Return all that was imported."""
        return await _read(self.services.database, _BOOK)

    def _asker(self) -> Asker:
        self._said += 1
        return Asker(
            self.ana,
            NOW,
            f"{self.ana.id}{self._said}",
            channel="D1",
            thread=None,
            slack_user_id="UANA",
        )


def id_of(account: str) -> str:
    """Return Steward's id of an account of the exports."""
    return row_id("csv", "customers", account)


async def book(planted: str) -> State:
    """Return all that was imported, as it was then."""
    database = Database(planted)
    try:
        return await _read(database, _BOOK)
    finally:
        await database.close()


async def _read(database: Database, names: frozenset[str]) -> State:
    tables = {name: Base.metadata.tables[name] for name in sorted(names - _PASSING)}
    async with database.read() as session:
        return {
            name: [tuple(row) for row in await session.execute(_rows(table))]
            for name, table in tables.items()
        }


def _rows(table: Table) -> Select[Any]:
    of = table.c
    if table.name == "agent_activity_log":
        # That somebody was refused is noted, and changes nothing.
        return select(table).where(of.action != "access.deny").order_by(of.id)
    if table.name == "recommendations":
        return select(of.id, of.status, of.version).where(of.version > 1).order_by(of.id)
    return select(table).order_by(*table.primary_key)


async def fill(database: Database, folder: Path) -> None:
    """Import the book as `steward import` does, and let Ana get her digest at 8."""
    console = Console(file=io.StringIO())
    code = await imported(
        database, write(folder, NOW), source=None, mapping=None, dry_run=False, strict=True,
        undo=None, list_=False, as_json=False, console=console, now=NOW,
    )  # fmt: skip
    assert code == 0


@asynccontextmanager
async def seated(copy: str, http_client: AsyncClient | None = None) -> AsyncIterator[Stage]:
    """Seat Ana before a copy of the book; she accepted for Gamma Ltd and gets a digest."""
    key = SecretStr("sk-test") if http_client else None
    settings = Settings(database_url=copy, anthropic_api_key=key, anthropic_base_url=NOWHERE)
    services = build(settings, clock=lambda: NOW, http_client=http_client)
    stage = Stage(services, await services.people.by_email("ana@steward.example"))
    await stage.accept("Gamma Ltd")
    await stage.ask("send me my digest at 8")
    yield stage
    await services.claude.close()
    await services.database.close()
