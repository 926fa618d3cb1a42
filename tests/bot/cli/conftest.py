"""The command line in this process, over a database of its own."""

import asyncio
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.commands import application
from bot.cli.saying import line
from core.errors import StewardError
from storage.database import Database
from storage.sources.demo import fill

OURS = ("STEWARD_", "SLACK_", "ANTHROPIC_", "DATABASE_URL", "PORT")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Steward:
    """Runs commands over one database file."""

    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> Said:
        names = [name for name in os.environ if name.startswith(OURS)]
        settings: dict[str, str | None] = dict.fromkeys(names)
        settings |= {"DATABASE_URL": self.url, "COLUMNS": "120", **environment}
        ran = CliRunner().invoke(application(), arguments, input=typed, env=settings)
        if isinstance(ran.exception, StewardError):
            return Said(1, ran.stdout, line(ran.exception))
        if ran.exception is not None and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        return Said(ran.exit_code, ran.stdout, ran.stderr)


@pytest.fixture
def steward(tmp_path: Path) -> Steward:
    """Commands over a database that does not exist yet."""
    return Steward(tmp_path / "steward.db")


@pytest.fixture(scope="session")
def demo_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the first of the demo portfolio's accounts, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(migrated_file, path)

    async def make() -> None:
        database, now = Database(f"sqlite:///{path}"), datetime.now(UTC)
        await fill(database, accounts=8, today=now.date(), now=now)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Steward:
    """Commands over a copy of it."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_file, path)
    return Steward(path)
