"""Keep the rows of a run on disk until all is read, so that writing is one short transaction."""

import pickle
from collections import defaultdict
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, NamedTuple

from storage.imports.sheet import Values

CHUNK = 500
"""Rows that are compared and written together."""

_IN_MEMORY = 16_000_000


class Entry(NamedTuple):
    """A row on its way into the database; `file` is the number of the file that brought it."""

    file: int
    id: str
    source: str
    source_id: str
    values: Values
    first: Values


class Spool:
    """Rows by table, patches apart; small runs stay in memory."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, bool], IO[bytes]] = {}
        self._waiting: dict[tuple[str, bool], list[Entry]] = defaultdict(list)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()

    def add(self, table: str, entry: Entry, *, patch: bool) -> None:
        """Put a row in."""
        key = (table, patch)
        self._waiting[key].append(entry)
        if len(self._waiting[key]) >= CHUNK:
            self._flush(key)

    def chunks(self, table: str, *, patch: bool) -> Iterator[list[Entry]]:
        """Take the rows of a table out again, in their order."""
        key = (table, patch)
        if self._waiting[key]:
            self._flush(key)
        file = self._files.get(key)
        if file is None:
            return
        file.seek(0)
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return

    def _flush(self, key: tuple[str, bool]) -> None:
        if key not in self._files:
            self._files[key] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 the spool closes it
        pickle.dump(self._waiting.pop(key), self._files[key], pickle.HIGHEST_PROTOCOL)
