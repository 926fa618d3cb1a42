"""How soon Slack hears that an event or a click arrived, beside a Bolt that does nothing.

Each is a process of its own: `steward serve`, the empty Bolt behind the same server and gate, the
stand-in for Slack, and this one, which sends. Bursts go to one and the other in turn; what follows
an acknowledgement is done before the next burst.
"""

import asyncio
import copy
import os
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import aiohttp
import asyncpg
from sqlalchemy import func, make_url, select

from bot.cards.top import top_card
from bot.playground.slack import LocalSlack, events
from bot.playground.slack.methods.conversations import direct
from bot.playground.slack.wire import Json
from core.recommendations import Recommendation
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import OUTBOX
from storage.recommendations import Recommendations
from storage.schema import migrate
from storage.tables import Customer
from tests.benchmarks.ack_server import EMAIL, SECRET
from tests.benchmarks.burst import burst, click_request, event_request
from tests.benchmarks.result import Result, words
from tests.conftest import POSTGRES
from tests.end_to_end.processes import STEWARD, process, until
from tests.scenarios.office import beta_for
from tests.storage.book import begin, row, save

BURSTS = {10: 10, 50: 3, 100: 2}
"""How many at once, and how often; the first burst of each only warms up."""

AIM = "twice the empty one"
MODULE = (STEWARD[0], "-m", "tests.benchmarks.ack_server")
PATIENCE = 300.0
SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-playground",
    "SLACK_SIGNING_SECRET": SECRET,
    "STEWARD_QUESTIONS_A_MINUTE": "100000",
    "STEWARD_CLICKS_A_MINUTE": "100000",
    "STEWARD_LOG_LEVEL": "WARNING",
}


async def acks(home: Path) -> list[Result]:
    """Measure over SQLite and over PostgreSQL."""
    found = await _measured(home, f"sqlite:///{home / 'steward.db'}", "SQLite")
    async with _postgres() as url:
        if url:
            found += await _measured(home, url, "PostgreSQL")
    return found


@dataclass(slots=True)
class _Town:
    """Who sends, and what can still be clicked."""

    slack: LocalSlack
    user: str
    open: list[Recommendation]

    def event(self) -> bytes:
        """Return the request of a question."""
        backend = self.slack.backend
        message = events.typed_message(backend, self.user, "help", "")
        place = direct(backend, self.user)
        return event_request(
            events.envelope(backend, events.message_event(backend, place, message))
        )

    def click(self) -> bytes:
        """Return the request of Accept on what nobody clicked on yet, in a list of five."""
        backend, channel = self.slack.backend, direct(self.slack.backend, self.user)
        blocks = _blocks([self.open.pop(), *self.open[:4]])
        block, element = next(
            (block, element)
            for block in blocks
            for element in block.get("elements", ())
            if element.get("action_id") == "recommendation.accept"
        )
        message = {
            "type": "message",
            "user": backend.workspace.bot_user,
            "ts": f"1700000000.{len(self.open):06d}",
            "text": "Your top actions",
            "blocks": blocks,
        }
        payload = events.interaction(backend, "block_actions", self.user)
        payload |= events.message_place(backend, self.user, channel, message)
        pressed = events.action(backend, block, element, {})
        return click_request(payload | {"state": {"values": {}}, "actions": [pressed]})


def _blocks(listed: list[Recommendation]) -> list[Json]:
    now = datetime.now(UTC)
    shown = top_card(listed, heading="Your top actions", today=now.date(), now=now, total=9)
    return [copy.deepcopy(dict(block)) for block in shown.blocks]


async def _measured(home: Path, url: str, store: str) -> list[Result]:
    database = Database(url)
    await migrate(database)
    town = await _settled(database)
    async with AsyncExitStack() as stack:
        servers = _Servers(home, url, stack)
        slack = await servers.begin("slack")
        ours, empty = [await servers.begin(kind, slack) for kind in ("steward", "gated")]
        results = []
        for what, make in (("event", town.event), ("click", town.click)):
            for size, times in BURSTS.items():
                both = await _bursts(database, make, size, times, (ours, empty))
                results.append(_result(f"{what} → ack, {size} at once", store, *both))
    await database.close()
    return results


async def _bursts(
    database: Database,
    make: Callable[[], bytes],
    size: int,
    times: int,
    ports: tuple[int, int],
) -> list[list[float]]:
    took: list[list[float]] = [[], []]
    for round in range(1 + times):
        for place, port in enumerate(ports):
            seconds = await burst(port, [make() for _ in range(size)])
            await _quiet(database)
            took[place] += seconds if round else []
    return took


async def _quiet(database: Database) -> None:
    """Return when all that was acknowledged is done, and what it had to send is sent."""
    inbox, deadline = Inbox(database), time.monotonic() + PATIENCE
    unsent = select(func.count()).where(OUTBOX.c.settled_at.is_(None))
    while time.monotonic() < deadline:
        async with database.read() as session:
            letters = await session.scalar(unsent)
        if not letters and not (await inbox.backlog()).waiting:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the work after the acknowledgements did not come to an end")


def _result(what: str, store: str, ours: list[float], empty: list[float]) -> Result:
    mine, bare = _percentiles(ours), _percentiles(empty)
    ratios = " and ".join(f"{one / other:.1f}" for one, other in zip(mine, bare, strict=True))
    beside = " / ".join(words(one) for one in bare)
    return Result(
        f"{what}, {store}",
        words(mine[0]),
        f"{words(mine[1])} (p99)",
        AIM,
        f"{ratios} times the empty one ({beside}), {len(ours)} times",
    )


def _percentiles(seconds: list[float]) -> tuple[float, float]:
    found = quantiles(seconds, n=100, method="inclusive")
    return found[49], found[98]


async def _settled(database: Database) -> _Town:
    """Store a book with a recommendation for each click, and let Ana move in."""
    await begin(database)
    clicks = sum(size * (times + 1) for size, times in BURSTS.items()) * 2 + 5
    ids = [f"account-{number}" for number in range(clicks)]
    await save(database, *(row(Customer, id=one, name=one, csm_id="ana") for one in ids))
    offers = [beta_for(one, one) for one in ids]
    offered = await Recommendations(database).offer(offers, now=datetime.now(UTC))
    slack = LocalSlack(signing_secret=SECRET)
    ana = slack.add_user("Ana Souza", email=EMAIL, tz="Europe/Berlin")
    return _Town(slack, ana, list(offered))


@dataclass(slots=True)
class _Servers:
    """Processes that serve until the stack is left."""

    home: Path
    url: str
    stack: AsyncExitStack

    async def begin(self, kind: str, slack: int = 0) -> int:
        """Start one and return its port; `slack` is the port of the stand-in that it calls."""
        port, store = _free_port(), make_url(self.url).get_backend_name()
        log = self.home / f"{kind}-{store}.log"
        command = (*STEWARD, "serve") if kind == "steward" else (*MODULE, kind, str(port))
        settings = SETTINGS | {
            "DATABASE_URL": self.url,
            "PORT": str(port),
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        }
        await self.stack.enter_async_context(process(*command, environment=settings, log=log))
        await until(lambda: _answers(port), kind, log)
        return port


async def _answers(port: int) -> bool:
    url = f"http://127.0.0.1:{port}/healthz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status > 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    """Give a database of its own on the tests' server, or nothing where none answers."""
    name = f"steward_acks_{os.getpid()}"
    try:
        await _on_server(f'create database "{name}"')
    except OSError:
        yield ""
        return
    yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    await _on_server(f'drop database "{name}" with (force)')


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(POSTGRES)
    await connection.execute(statement)
    await connection.close()
