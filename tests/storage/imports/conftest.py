"""A folder for the files that the tests of imports write."""

from pathlib import Path

import pytest

from tests.storage.imports.exports import Exports


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    folder = tmp_path / "exports"
    folder.mkdir()
    return Exports(folder)
