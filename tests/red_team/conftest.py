"""The book with the planted texts, imported once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases, filled
from tests.red_team.stage import fill


@pytest.fixture(scope="session")
def planted(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database with the book, imported once."""
    folder: Path = tmp_path_factory.mktemp("planted")
    return filled(databases, lambda database: fill(database, folder))


@pytest.fixture(scope="module")
def module_copy(databases: Databases, planted: str) -> Iterator[str]:
    """A copy of it for a module."""
    url = databases.copy(planted)
    yield url
    databases.give_back(url)


@pytest.fixture
def own_copy(databases: Databases, planted: str) -> Iterator[str]:
    """A copy of it for one test alone."""
    url = databases.copy(planted)
    yield url
    databases.give_back(url)
