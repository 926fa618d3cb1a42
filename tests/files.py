"""SQLite databases for tests: copies of files, each in a folder of its own."""

import shutil
import uuid
from pathlib import Path


class Files:
    """The tests' databases as files; each is taken empty and migrated, and given back."""

    def __init__(self, migrated: Path, folder: Path) -> None:
        self._migrated, self._folder = migrated, folder

    def take(self) -> str:
        """Return the URL of an empty, migrated database that nobody else uses."""
        return self.copy(f"sqlite:///{self._migrated}")

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database that nobody has open."""
        folder = self._folder / uuid.uuid4().hex[:12]
        folder.mkdir()
        shutil.copy(_path(url), folder / "steward.db")
        return f"sqlite:///{folder / 'steward.db'}"

    def give_back(self, url: str) -> None:
        """Delete a database and what was put beside it."""
        shutil.rmtree(_path(url).parent)


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
