"""What all tests share: a fresh, migrated database of each kind."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings

from storage.database import Database
from storage.schema import migrate
from tests.databases import Databases
from tests.files import Files
from tests.postgres import Postgres

# A busy machine is slow now and then: time is measured in benchmarks, not in properties.
settings.register_profile("steward", deadline=None, max_examples=40)
settings.load_profile("steward")

# Nobody's own key is spent by a test: where Claude is talked to, it is a stand-in.
os.environ.pop("ANTHROPIC_API_KEY", None)

POSTGRES = os.environ.get("STEWARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")

EVERYWHERE = os.environ.get("STEWARD_TEST_DATABASE", "sqlite") == "postgresql"
"""Whether PostgreSQL stands wherever a test has a database."""


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Take back what a test sends logs to: its stream is gone when it is over."""
    root = logging.getLogger()
    handlers, level, loud = root.handlers[:], root.level, logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = handlers, loud
    root.setLevel(level)


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


@pytest.fixture(scope="session")
def files(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Where SQLite databases are taken from."""
    return Files(migrated_file, tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def databases(files: Files, postgres: Postgres | None) -> Databases:
    """Where tests whose subject is not the database take one from."""
    return _there(postgres) if EVERYWHERE else files


@pytest.fixture(params=["postgresql"] if EVERYWHERE else ["sqlite", "postgresql"])
async def database(
    request: pytest.FixtureRequest, files: Files, postgres: Postgres | None
) -> AsyncIterator[Database]:
    """An empty, migrated database: once a SQLite file, once PostgreSQL."""
    async with _opened(files if request.param == "sqlite" else _there(postgres)) as database:
        yield database


@pytest.fixture
async def sqlite(databases: Databases) -> AsyncIterator[Database]:
    """An empty, migrated SQLite database, for tests whose subject is not the database.

    Where STEWARD_TEST_DATABASE says postgresql, it is one of those.
    """
    async with _opened(databases) as database:
        yield database


@asynccontextmanager
async def _opened(databases: Databases) -> AsyncIterator[Database]:
    url = databases.take()
    database = Database(url)
    yield database
    await database.close()
    databases.give_back(url)


def _there(postgres: Postgres | None) -> Postgres:
    if postgres is None:
        pytest.skip("no PostgreSQL server answers at STEWARD_TEST_POSTGRES")
    return postgres
