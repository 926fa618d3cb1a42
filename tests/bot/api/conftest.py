"""The API over real services, with two CSMs, a manager, an admin and a small book."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest
from starlette.types import ASGIApp

from bot.api.app import api_app
from bot.api.parts import ApiParts
from bot.services import Services, build
from bot.settings import Settings
from bot.throttle import Throttle
from storage.database import Database
from storage.tables import Contract, Csm, Customer
from storage.tokens import Tokens, new_secret
from tests.bot.asgi import Answer, ask
from tests.storage.book import NOW, day, row, save

PATH = "/api/intelligence/next-best-action"
SPACE = UUID("5eed0000-0000-4000-8000-000000000000")


def id_of(name: str) -> str:
    """The id of a person or account of the book."""
    return str(uuid5(SPACE, name))


@dataclass
class Front:
    """The API as a caller meets it, at a moment that the test sets."""

    app: ASGIApp
    services: Services
    tokens: Tokens
    secrets: dict[str, str]
    clock: list[datetime]
    redrawn: list[tuple[str, date]] = field(default_factory=list)

    async def get(self, path: str = "", who: str | None = "ana", **headers: str) -> Answer:
        return await self._ask(path, "GET", b"", who, headers)

    async def post(
        self, path: str, said: object = None, who: str | None = "ana", **headers: str
    ) -> Answer:
        sent = said if isinstance(said, bytes) else json.dumps(said).encode()
        body = b"" if said is None else sent
        if said is not None:
            headers["content_type"] = "application/json"
        return await self._ask(path, "POST", body, who, headers)

    async def best(self, account: str = "beta", who: str = "ana") -> dict[str, Any]:
        """An account's best action."""
        answer = await self.get(f"?customerId={id_of(account)}", who)
        assert answer.status == 200, answer.body
        return dict(answer.json["items"][0])

    async def _ask(
        self, path: str, method: str, body: bytes, who: str | None, headers: dict[str, str]
    ) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who is not None:
            sent["authorization"] = f"Bearer {self.secrets[who]}"
        at = path if path.startswith(("/api", "/docs", "/open")) else PATH + path
        return await ask(self.app, at, method=method, body=body, headers=sent)


async def _book(database: Database) -> None:
    people = {"mara": "manager", "ana": "csm", "ben": "csm", "ada": "admin"}
    await save(
        database,
        *(
            row(
                Csm,
                id=id_of(name),
                name=f"{name.capitalize()} Test",
                email=f"{name}@steward.example",
                role=role,
                manager_id=id_of("mara") if name == "ana" else None,
            )
            for name, role in people.items()
        ),
        *(
            row(
                Customer,
                id=id_of(name),
                name=f"{name.capitalize()} Inc",
                csm_id=id_of(owner) if owner else None,
                signed_up_on=day(400),
                segment=segment,
            )
            for name, owner, segment in (
                ("beta", "ana", "enterprise"),
                ("alpha", "ana", "smb"),
                ("gamma", "ben", "smb"),
                ("free", None, "smb"),
            )
        ),
        *(
            row(Contract, customer_id=id_of(name), starts_on=day(300), ends_on=day(-ends), arr=arr)
            for name, ends, arr in (
                ("beta", 60, 120_000.0),
                ("alpha", 85, 200_000.0),
                ("gamma", 70, 90_000.0),
                ("free", 40, 50_000.0),
            )
        ),
    )


@asynccontextmanager
async def open_front(database: Database, **given: Any) -> AsyncIterator[Front]:
    """Fill the book and give everybody a token; `given` are other parts than usual."""
    await _book(database)
    clock = [NOW]
    settings = Settings(database_url=database.url.render_as_string(hide_password=False))
    built = build(settings, clock=lambda: clock[0])
    tokens = Tokens(built.database)
    secrets = {}
    for number, name in enumerate(("ana", "ben", "mara", "ada")):
        secrets[name] = new_secret(f"{number}" * 43)
        await tokens.create(secrets[name], csm_id=id_of(name), name=name, by="test", now=NOW)
    redrawn: list[tuple[str, date]] = []
    parts = ApiParts(
        built,
        tokens,
        lambda recommendation, today: redrawn.append((recommendation, today)),
        **({"throttle": Throttle(most=100_000)} | given),
    )
    try:
        yield Front(api_app(parts), built, tokens, secrets, clock, redrawn)
    finally:
        await built.database.close()


@pytest.fixture
async def front(database: Database) -> AsyncIterator[Front]:
    """The API over an own database of each kind."""
    async with open_front(database) as front:
        yield front


@pytest.fixture
async def lite(sqlite: Database) -> AsyncIterator[Front]:
    """The API over SQLite, for tests whose subject is not the database."""
    async with open_front(sqlite) as front:
        yield front
