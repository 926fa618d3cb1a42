"""Kill Steward at random moments under load, and count what was lost and what came twice."""

import asyncio
import random
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from sqlalchemy import text

from bot.playground.slack import LocalSlack
from storage.accounts import Accounts
from storage.database import Database
from storage.people import People
from storage.schema import migrate
from storage.sources.demo import fill
from storage.sources.demo.people import MANAGER
from storage.tables import DigestSubscription
from tests.chaos.herd import Herd, free_port, herd
from tests.chaos.town import AnyReplica, Town

LEASE = 3.0
"""Seconds; the shortest that Steward allows, so that a campaign of many kills takes minutes."""

FIRST = 10
"""So many questions are asked in peace, so that there is something to press."""

LONGEST_LIFE = 1.5
"""Seconds that a process serves at most before it is killed."""

MORNING = 9
"""The hour at which channels want their digests."""

QUIET = 600.0
"""So long the work that was left may take after the last kill."""


@dataclass(slots=True)
class Found:
    """What a campaign found; every line but the first ones must be zero."""

    kills: int = 0
    acknowledged_events: int = 0
    acknowledged_clicks: int = 0
    decisions: int = 0
    digests: int = 0
    seconds: int = 0
    events_without_answer: int = 0
    answers_twice: int = 0
    clicks_without_work: int = 0
    decisions_twice: int = 0
    versions_out_of_step: int = 0
    digests_lost: int = 0
    digests_twice: int = 0
    letters_unsent: int = 0
    letters_twice: int = 0
    damaged: int = 0

    def __str__(self) -> str:
        return "\n".join(
            f"{one.name.replace('_', ' '):<24}{getattr(self, one.name):>8}" for one in fields(self)
        )

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was lost and nothing came twice."""
        return not any(getattr(self, one.name) for one in fields(self)[6:])


async def campaign(
    url: str, home: Path, *, kills: int, replicas: int = 1, seed: int = 0, rate: float = 4.0
) -> Found:
    """Run one: `rate` questions and as many clicks a second, `kills` kills, then wait and count."""
    dice, began = random.Random(seed), time.monotonic()
    database = Database(url)
    await prepare(database)
    ports = tuple(free_port() for _ in range(replicas))
    timeout = aiohttp.ClientTimeout(total=3.0)
    async with LocalSlack().serving() as slack, aiohttp.ClientSession(timeout=timeout) as session:
        slack.deliver_to(AnyReplica(session, ports, dice))
        town = Town(slack, dice, await book(database))
        town.settle()
        async with herd(environment(url, slack), home / "steward.log") as running:
            await asyncio.gather(*(running.start(port) for port in ports))
            await asyncio.gather(*(town.ask() for _ in range(FIRST)))
            await until_quiet(database)
            load = asyncio.create_task(_load(town, rate, database))
            await _kill(running, dice, ports, kills, load)
            load.cancel()
            await asyncio.wait([load])
            await until_quiet(database)
        found = await _count(database, town)
    await database.close()
    found.kills, found.seconds = kills, int(time.monotonic() - began)
    return found


async def prepare(database: Database) -> None:
    """Make the tables and the demo portfolio as of now."""
    await migrate(database)
    now = datetime.now(UTC)
    await fill(database, today=now.date(), now=now)


async def book(database: Database) -> dict[str, list[str]]:
    """Return whose accounts are called what; the manager asks about those of all."""
    people, book = People(database), defaultdict(list)
    owners = {one.id: one.email for one in await people.everyone()}
    for one in await Accounts(database).names(None):
        if one.owner_id in owners:
            book[owners[one.owner_id]].append(one.name)
            book[MANAGER.email].append(one.name)
    return {email: names[:8] for email, names in book.items()}


def environment(url: str, slack: LocalSlack) -> dict[str, str]:
    """Return the settings of a process that serves this workspace from this database."""
    return {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "STEWARD_SLACK_API_URL": slack.api_url,
        "SLACK_API_URL": slack.api_url,
        "STEWARD_HOST": "127.0.0.1",
        "STEWARD_LOG_LEVEL": "WARNING",
        "STEWARD_LEASE_SECONDS": str(LEASE),
        "STEWARD_QUESTIONS_A_MINUTE": "100000",
        "STEWARD_CLICKS_A_MINUTE": "100000",
    }


async def _load(town: Town, rate: float, database: Database) -> None:
    """Let people ask, click and want digests at random moments, and Slack stumble."""
    async with asyncio.TaskGroup() as doing:
        while True:
            await asyncio.sleep(town.dice.expovariate(2 * rate))
            doing.create_task(town.dice.choice((town.ask, town.press))())
            if town.dice.random() < 0.08:
                town.stumble()
            if town.dice.random() < 0.02:
                doing.create_task(_subscribe(town, database))


async def _subscribe(town: Town, database: Database) -> None:
    """Have a channel want a digest whose hour has just come where it is: in the morning."""
    now = datetime.now(UTC)
    zone = f"Etc/GMT{now.hour - MORNING:+d}"  # the signs of these zones are the other way round
    local, owner = now.astimezone(ZoneInfo(zone)), town.dice.choice([*town.people.values()])
    subscription = DigestSubscription(
        id=str(uuid.uuid4()),
        channel=town.open_channel(),
        kind="channel",
        csm_id=(await People(database).by_email(owner)).id,
        timezone=zone,
        local_time=f"{local:%H:%M}",
        weekdays="1234567",
        holidays="none",
        created_at=now,
        changed_at=now,
        begins_on=local.date(),
    )
    async with database.write() as session:
        session.add(subscription)


async def _kill(
    running: Herd,
    dice: random.Random,
    ports: tuple[int, ...],
    kills: int,
    load: asyncio.Task[None],
) -> None:
    for _ in range(kills):
        await asyncio.sleep(dice.uniform(0.0, LONGEST_LIFE))
        if load.done():
            load.result()
        port = dice.choice(ports)
        running.kill(port)
        await running.start(port)


async def until_quiet(database: Database) -> None:
    """Return when nothing is left to do, or when that takes too long."""
    deadline = time.monotonic() + QUIET
    while time.monotonic() < deadline:
        async with database.read() as session:
            waiting = await session.scalar(text(_WAITING))
        if not waiting:
            return
        await asyncio.sleep(0.1)


_WAITING = """
select (select count(*) from inbox where done_at is null)
     + (select count(*) from outbox where state in ('ready', 'sending', 'unknown'))
     + (select count(*) from digest_subscriptions where enabled) - (
         select count(*) from digest_deliveries where state in ('sent', 'missed'))
"""


async def _count(database: Database, town: Town) -> Found:
    answers = town.answers()
    found = Found(acknowledged_events=len(town.asked), acknowledged_clicks=town.pressed)
    replies = {f"reply:{one}" for one in town.asked}
    found.events_without_answer = len(replies - answers.keys())
    found.answers_twice = sum(n > 1 for key, n in answers.items() if key.startswith("reply:Ev"))
    found.letters_twice = sum(n > 1 for n in answers.values())
    async with database.read() as session:

        async def number(statement: str) -> int:
            return int(await session.scalar(text(statement)) or 0)

        found.decisions = await number("select count(*) from decisions")
        found.clicks_without_work = await number(
            "select count(*) from inbox where kind = 'click' and done_at is null"
        )
        found.decisions_twice = await number(
            "select count(*) from (select 1 from decisions group by request_key"
            " having count(*) > 1) as twice"
        )
        found.versions_out_of_step = await number(
            "select count(*) from recommendations r where r.version <> 1 + "
            "(select count(*) from decisions d where d.recommendation_id = r.id)"
        )
        found.digests = await number("select count(*) from digest_subscriptions")
        found.digests_lost = found.digests - sum(key.startswith("digest:") for key in answers)
        found.digests_twice = await number(
            "select count(*) - count(distinct subscription_id) from digest_deliveries"
        )
        found.letters_unsent = await number(
            "select count(*) from outbox where state in ('ready', 'sending', 'unknown', 'dead')"
        )
        if database.is_sqlite:
            check = await session.scalar(text("pragma integrity_check"))
            found.damaged = int(check != "ok")
    return found
