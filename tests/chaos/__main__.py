"""`make chaos`: kill, repeat and race, and count what was lost or came twice.

`python -m tests.chaos kills --kills 100 --database sqlite` runs one. On PostgreSQL, in a database
of its own at STEWARD_TEST_POSTGRES, three replicas work at once.
"""

import argparse
import asyncio
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import asyncpg

from tests.chaos.digests import ZONES, Year, simulate
from tests.chaos.kills import Found, campaign
from tests.chaos.repeats import Repeated, repeat
from tests.conftest import POSTGRES

REPLICAS = 3
BEGINS = date(2026, 1, 1)


async def _kills(database: str, asked: argparse.Namespace) -> bool:
    async with _fresh(database) as (url, home, replicas):
        found = await campaign(url, home, kills=asked.kills, replicas=replicas, seed=asked.seed)
    return _told(f"{database}: {asked.kills} kills, seed {asked.seed}", found)


async def _repeats(database: str, asked: argparse.Namespace) -> bool:
    async with _fresh(database) as (url, home, replicas):
        found = await repeat(
            url, home, events=asked.events, races=asked.races, replicas=replicas, seed=asked.seed
        )
    return _told(f"{database}: repeats and races, seed {asked.seed}", found)


async def _digests(database: str, asked: argparse.Namespace) -> bool:
    async with _fresh(database) as (url, _, _):
        found = await simulate(
            url, begins=BEGINS, days=asked.days, zones=asked.zones, seed=asked.seed
        )
    return _told(f"{database}: {asked.days} days of digests in {asked.zones} zones", found)


def _told(what: str, found: Found | Repeated | Year) -> bool:
    sys.stdout.write(f"{what}\n{found}\n\n")
    sys.stdout.flush()
    return found.is_clean


@asynccontextmanager
async def _fresh(database: str) -> AsyncIterator[tuple[str, Path, int]]:
    """Give a database for one campaign, a folder, and how many processes may share it."""
    with tempfile.TemporaryDirectory() as home:
        if database == "sqlite":
            yield f"sqlite:///{home}/steward.db", Path(home), 1
            return
        async with _new() as url:
            yield url, Path(home), REPLICAS


@asynccontextmanager
async def _new() -> AsyncIterator[str]:
    """Give the address of a new PostgreSQL database, which is gone after the block."""
    name = f"steward_chaos_{uuid.uuid4().hex[:8]}"
    server = await asyncpg.connect(POSTGRES, timeout=3)
    await server.execute(f'create database "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        await server.execute(f'drop database if exists "{name}" with (force)')
        await server.close()


CAMPAIGNS = {"kills": _kills, "repeats": _repeats, "digests": _digests}


def main() -> None:
    """Run what is asked for; the exit code tells whether nothing was lost and nothing doubled."""
    asked = argparse.ArgumentParser(prog="python -m tests.chaos")
    asked.add_argument("what", choices=(*CAMPAIGNS, "all"), default="all", nargs="?")
    asked.add_argument("--database", choices=("sqlite", "postgresql"))
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--events", type=int, default=1000)
    asked.add_argument("--races", type=int, default=1000)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--zones", type=int, default=len(ZONES))
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    databases = (given.database,) if given.database else ("sqlite", "postgresql")
    chosen = CAMPAIGNS.values() if given.what == "all" else (CAMPAIGNS[given.what],)
    clean = [asyncio.run(one(database, given)) for one in chosen for database in databases]
    sys.exit(0 if all(clean) else 1)


if __name__ == "__main__":
    main()
