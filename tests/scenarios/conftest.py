"""An office for each scenario, or the demo portfolio as it is today."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.sources.demo import fill
from tests.databases import Databases, filled
from tests.scenarios.office import Office, open_office


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    async with open_office(sqlite) as opened:
        yield opened


@pytest.fixture(scope="session")
def portfolio(databases: Databases) -> str:
    """The demo portfolio as of now, made once and copied for each test."""
    now = datetime.now(UTC)
    return filled(databases, lambda database: fill(database, today=now.date(), now=now))


@pytest.fixture
def demo(databases: Databases, portfolio: str) -> Iterator[str]:
    """The URL of a database with the demo portfolio, for one test alone."""
    url = databases.copy(portfolio)
    yield url
    databases.give_back(url)
