"""What earlier imports of a source brought and the present one no longer has."""

from collections import defaultdict
from collections.abc import Mapping

from storage.imports.report import Finding

_LISTS = {"customers": "account", "contacts": "contact"}
"""Tables of which an export is a whole list, and what a row of them is called."""


class Absences:
    """Notes which rows a run has, and tells which of those that were there before it has not."""

    def __init__(self, before: Mapping[tuple[str, str], set[str]]) -> None:
        """Take the ids that each table and source had before the run."""
        self._before = before
        self._seen: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._last: dict[tuple[str, str], int] = {}

    def see(self, table: str, source: str, id: str, file: int) -> None:
        """Take note of a row and the number of the file that has it."""
        if table in _LISTS:
            self._seen[table, source].add(id)
            self._last[table, source] = file

    def findings(self, file: int) -> tuple[Finding, ...]:
        """Return what to say at the last file of a list; nothing when it holds less than half.

        A file with few of the rows is a part of the list, not a later state of it.
        """
        found = []
        for (table, source), last in self._last.items():
            before = self._before.get((table, source), set())
            absent = len(before - self._seen[table, source])
            if last == file and 0 < absent <= len(before) / 2:
                found.append(Finding(_sentence(absent, _LISTS[table]), absent))
        return tuple(found)


def _sentence(count: int, what: str) -> str:
    if count == 1:
        return (
            f"1 {what} that was imported before is not in this import, or its line was left out: "
            "it is kept. Say on which day it left if it did."
        )
    return (
        f"{count:,} {what}s that were imported before are not in this import, or their lines were "
        "left out: they are kept. Say on which day they left if they did."
    )
