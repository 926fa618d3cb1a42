"""The chain over the audit log: each entry's hash covers all that it says and the hash before it.

Every actor has a chain of their own, so that people who do things at the same time do not wait for
each other. Where each ends is kept apart from it: entries missing at its end are noticed too.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

BEGINNING = ""
"""What stands for the hash before an actor's first entry."""

COVERED = (
    *("id", "at", "actor", "actor_name", "action", "subject", "customer_id", "detail"),
    *("before", "after", "channel", "ts", "request_key", "result", "number", "prev_hash"),
)
"""The columns that a hash covers: all but the hash itself."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """Something about the log that is not as it was written: which entry or actor, and what."""

    actor: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where an actor's chain ends."""

    number: int
    hash: str


def digest(row: Row) -> str:
    """Return the hash of an entry."""
    said = json.dumps([row[name] for name in COVERED], sort_keys=True, default=plain)
    return hashlib.sha256(said.encode()).hexdigest()


def plain(value: object) -> str:
    """Write a moment or day the same way, whatever zone or database it comes from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


class Check:
    """Follows the chains, entry by entry, and collects what is wrong with them."""

    def __init__(self, heads: Mapping[str, Head]) -> None:
        """Take where the chains end."""
        self._heads = heads
        self._ends: dict[str, Head] = {}
        self.entries = 0
        self.breaks: list[Break] = []

    def follow(self, row: Row) -> None:
        """Look at the next entry; an actor's entries come in the order of their numbers."""
        actor, self.entries = str(row["actor"]), self.entries + 1
        last = self._ends.get(actor, Head(0, BEGINNING))
        if row["number"] != last.number + 1:
            missing = f"entries between {last.number} and {row['number']} are missing"
            self._broken(actor, row["id"], missing)
        elif row["prev_hash"] != last.hash:
            self._broken(actor, row["id"], "it does not follow the entry before it")
        if digest(row) != row["hash"]:
            self._broken(actor, row["id"], "it was changed")
        self._ends[actor] = Head(row["number"], row["hash"])

    def finish(self) -> None:
        """Compare where the chains end with where they should."""
        for actor in sorted(self._heads.keys() | self._ends.keys()):
            if self._ends.get(actor) != self._heads.get(actor):
                number = self._heads[actor].number if actor in self._heads else 0
                self._broken(actor, "the end", f"the last entry is not number {number} any more")

    def _broken(self, actor: str, where: str, says: str) -> None:
        self.breaks.append(Break(actor, where, says))
