"""A filled demo portfolio, made once and only read."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.sources.demo import fill
from tests.databases import Databases, filled
from tests.storage.demo.moment import NOW, TODAY


@pytest.fixture(scope="session")
def demo(databases: Databases) -> str:
    """The URL of the demo's sixty accounts as of NOW."""
    return filled(databases, lambda database: fill(database, today=TODAY, now=NOW))


@pytest.fixture
async def portfolio(demo: str) -> AsyncIterator[Database]:
    """The demo's sixty accounts as of NOW; not to be written to."""
    database = Database(demo)
    yield database
    await database.close()
