"""An office for each scenario."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.scenarios.office import Office, open_office


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    async with open_office(sqlite) as opened:
        yield opened
