"""The book with the planted texts, imported once."""

import asyncio
import shutil
from pathlib import Path

import pytest

from storage.database import Database
from tests.red_team.stage import fill


@pytest.fixture(scope="session")
def planted_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the book, imported once and copied for each module."""
    folder = tmp_path_factory.mktemp("planted")
    path = Path(shutil.copy(migrated_file, folder / "steward.db"))

    async def make() -> None:
        database = Database(f"sqlite:///{path}")
        await fill(database, folder)
        await database.close()

    asyncio.run(make())
    return path
