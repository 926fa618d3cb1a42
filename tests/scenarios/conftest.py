"""An office for each scenario, or the demo portfolio as it is today."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.sources.demo import fill
from tests.scenarios.office import Office, open_office


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    async with open_office(sqlite) as opened:
        yield opened


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The demo portfolio as of now, made once and copied for each test."""
    path = tmp_path_factory.mktemp("demo") / "steward.db"
    shutil.copy(migrated_file, path)

    async def make() -> None:
        database, now = Database(f"sqlite:///{path}"), datetime.now(UTC)
        await fill(database, today=now.date(), now=now)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def demo(tmp_path: Path, filled_file: Path) -> Path:
    """A file with the demo portfolio, for one test alone."""
    return Path(shutil.copy(filled_file, tmp_path / "demo.db"))
