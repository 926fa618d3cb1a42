"""`make chaos`: kill, repeat, race and travel in time, and count what was lost or came twice.

`python -m tests.chaos kills --kills 1000 --database sqlite` runs one; a database is `sqlite`, or
`postgresql` for a new one at STEWARD_TEST_POSTGRES with two replicas.
"""

import argparse
import asyncio
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from tests.chaos.kills import campaign
from tests.conftest import POSTGRES


async def _kills(database: str, kills: int, replicas: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as home:
        if database == "sqlite":
            found = await campaign(
                f"sqlite:///{home}/steward.db", Path(home), kills=kills, seed=seed
            )
        else:
            async with _new() as url:
                found = await campaign(url, Path(home), kills=kills, replicas=replicas, seed=seed)
    sys.stdout.write(f"{database}: {kills} kills, seed {seed}\n{found}\n\n")
    sys.stdout.flush()
    return found.is_clean


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


def main() -> None:
    """Run what is asked for; the exit code tells whether nothing was lost and nothing doubled."""
    asked = argparse.ArgumentParser(prog="python -m tests.chaos")
    asked.add_argument("what", choices=("kills",), default="kills", nargs="?")
    asked.add_argument("--database", choices=("sqlite", "postgresql"))
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--replicas", type=int, default=3)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    databases = (given.database,) if given.database else ("sqlite", "postgresql")
    clean = [asyncio.run(_kills(one, given.kills, given.replicas, given.seed)) for one in databases]
    sys.exit(0 if all(clean) else 1)


if __name__ == "__main__":
    main()
