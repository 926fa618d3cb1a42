"""What all tests share: a fresh, migrated database of each kind."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings

from storage.database import Database
from storage.schema import migrate
from tests.postgres import Postgres

# A busy machine is slow now and then: time is measured in benchmarks, not in properties.
settings.register_profile("steward", deadline=None, max_examples=40)
settings.load_profile("steward")

# Nobody's own key is spent by a test: where Claude is talked to, it is a stand-in.
os.environ.pop("ANTHROPIC_API_KEY", None)

POSTGRES = os.environ.get("STEWARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "steward.db"

    async def make() -> None:
        database = Database(f"sqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres | None]:
    """The server that databases are taken from, None where none answers."""
    server = Postgres(POSTGRES)
    try:
        server.check()
    except (OSError, asyncpg.PostgresError):
        server.close()
        yield None
        return
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    migrated_file: Path,
    postgres: Postgres | None,
) -> AsyncIterator[Database]:
    """An empty, migrated database: once a SQLite file, once PostgreSQL."""
    if request.param == "sqlite":
        async for database in _sqlite(tmp_path, migrated_file):
            yield database
        return
    if postgres is None:
        pytest.skip("no PostgreSQL server answers at STEWARD_TEST_POSTGRES")
    async for database in _postgresql(postgres):
        yield database


@pytest.fixture
async def sqlite(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Database]:
    """An empty, migrated SQLite database, for tests whose subject is not the database."""
    async for database in _sqlite(tmp_path, migrated_file):
        yield database


async def _sqlite(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Database]:
    path = tmp_path / "steward.db"
    shutil.copy(migrated_file, path)
    database = Database(f"sqlite:///{path}")
    yield database
    await database.close()


async def _postgresql(postgres: Postgres) -> AsyncIterator[Database]:
    url = postgres.take()
    database = Database(url)
    yield database
    await database.close()
    postgres.give_back(url)
