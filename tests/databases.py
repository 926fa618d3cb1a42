"""What a test takes its database from: files, or a server."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from storage.database import Database


class Databases(Protocol):
    """Gives databases by their URL, and takes them back."""

    def take(self) -> str:
        """Return the URL of an empty, migrated database that nobody else uses."""

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database that nobody has open."""

    def give_back(self, url: str) -> None:
        """Take a database back that nobody has open."""


def filled(databases: Databases, fill: Callable[[Database], Coroutine[Any, Any, Any]]) -> str:
    """Return the URL of a database that was filled once, to be copied by many tests."""
    url = databases.take()

    async def make() -> None:
        database = Database(url)
        await fill(database)
        await database.close()

    asyncio.run(make())
    return url


def url_of(database: Database) -> str:
    """Return the URL at which somebody else opens the same database."""
    return database.url.render_as_string(hide_password=False)
