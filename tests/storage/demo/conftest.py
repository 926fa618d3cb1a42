"""A filled demo portfolio, made once and only read."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.sources.demo import fill
from tests.storage.demo.moment import NOW, TODAY


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    path = tmp_path_factory.mktemp("demo") / "steward.db"
    shutil.copy(migrated_file, path)

    async def make() -> None:
        database = Database(f"sqlite:///{path}")
        await fill(database, today=TODAY, now=NOW)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def portfolio(filled_file: Path) -> AsyncIterator[Database]:
    """The demo's sixty accounts as of NOW; not to be written to."""
    database = Database(f"sqlite:///{filled_file}")
    yield database
    await database.close()
