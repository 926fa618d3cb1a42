"""What is known while files are read: accounts, people, links, and what was noticed."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from storage.imports.sheet import Line, Rejection, Row, Source, Values

_SPACE = UUID("6f0e0d1c-52f5-5d0c-9a53-2f6c9d1c7a11")
_SEVERAL = "?"
_BOTH = re.compile(r"(.+?) \((\S+@\S+\.\S+)\)")
"""HubSpot writes an owner as `Ana Lima (ana@steward.example)`."""

_LINES_SHOWN = 5


def row_id(source: str, table: str, source_id: str) -> str:
    """Return the id that a row of a source has in Steward, the same on every run."""
    return str(uuid5(_SPACE, f"{source}/{table}/{source_id}"))


@dataclass(slots=True)
class Noted:
    """How often something was noticed in a file, and where first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


class Names:
    """Find an id by a name; a name that stands for several finds none."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def add(self, name: str | None, id: str) -> None:
        """Let `name` stand for `id`."""
        if name:
            key = name.casefold()
            self._ids[key] = id if self._ids.get(key, id) == id else _SEVERAL

    def find(self, name: str | None) -> str | None:
        """Return the id that a name stands for; None when it is none or several."""
        found = self._ids.get(name.casefold()) if name else None
        return None if found == _SEVERAL else found

    def several(self, name: str | None) -> bool:
        """Tell whether a name stands for more than one id."""
        return bool(name) and self._ids.get(str(name).casefold()) == _SEVERAL


class Book:
    """The knowledge of one run; kept in memory, filled from the database and from what is read.

    `stored` holds the ids that were there before the run, by table and source; `links` what one
    file or line tells another, by name; `recalled` the rows of the tables that the source looks
    back at, by source id. `as_of` is the day on which the file at hand was written.
    """

    def __init__(self, *, now: datetime, currency: str | None = None) -> None:
        """Take the moment of the run and the currency of amounts that name none."""
        self.now = now
        self.currency = currency
        self.source = ""
        self.as_of: date = now.date()
        self.links: dict[str, dict[Any, Any]] = defaultdict(dict)
        self.recalled: dict[str, dict[str, Values]] = defaultdict(dict)
        self.notes: dict[str, Noted] = defaultdict(Noted)
        self.stored: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._recalls: frozenset[str] = frozenset()
        self._borrows = False
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[tuple[str, str], str] = {}
        self._by_source_id: dict[str, dict[str, Names]] = defaultdict(lambda: defaultdict(Names))
        self._names: dict[str, Names] = defaultdict(Names)
        self._addresses: dict[str, Names] = defaultdict(Names)
        self._contacts: dict[tuple[str, str], tuple[str, str]] = {}

    def begin(self, source: Source, as_of: date) -> None:
        """Turn to the next file."""
        self.source = source.name
        self._recalls = frozenset(source.recalls)
        self._borrows = source.borrows
        self.as_of = as_of
        self.notes = defaultdict(Noted)

    def learn(self, table: str, id: str, source: str, source_id: str, values: Values) -> None:
        """Take note of a row that is, or will be, in the database."""
        if table in {"customers", "csms", "contacts"}:
            self._ids[table].add(id)
            self._by_source_id[table][source].add(source_id, id)
            self._names[table].add(values.get("name"), id)
            self._addresses[table].add(values.get("domain") or values.get("email"), id)
        if table == "contacts" and values.get("email"):
            place = values["customer_id"], values["email"].lower()
            self._contacts.setdefault(place, (source, id))
        if table in self._recalls and source == self.source:
            self.recalled[table][source_id] = values

    def note(self, key: str, line: int | None = None) -> None:
        """Count something odd under a key that the sheet or its kind has a sentence for."""
        noted = self.notes[key]
        noted.count += 1
        if line is not None and len(noted.lines) < _LINES_SHOWN:
            noted.lines.append(line)

    def id_of(self, table: str, source_id: str) -> str:
        """Return the id of a row of the present source."""
        return row_id(self.source, table, source_id)

    def knows(self, table: str, id: str) -> bool:
        """Tell whether an account, person or contact of that id exists or was just read."""
        return id in self._ids[table]

    def same(self, table: str, source_id: str, id: str) -> None:
        """Let a source's id stand for a row that another source brought."""
        self._aliases[f"{self.source}/{table}", source_id] = id

    def find(self, table: str, source_id: str | None) -> str | None:
        """Return the row behind an id of the present source: its own, or one it stands for."""
        if not source_id:
            return None
        own = self.id_of(table, source_id)
        if self.knows(table, own):
            return own
        return self._aliases.get((f"{self.source}/{table}", source_id))

    def elsewhere(self, table: str, source_id: str | None) -> str | None:
        """Return the one row that other sources have under an id, None when none or several."""
        found = {
            names.find(source_id)
            for source, names in self._by_source_id[table].items()
            if source != self.source
        } - {None}
        return found.pop() if len(found) == 1 else None

    def _borrowed(self, table: str, source_id: str | None) -> str | None:
        """Return another source's row behind an id, for tables whose ids may come from there."""
        return self.elsewhere(table, source_id) if self._borrows else None

    def named(self, table: str, name: str | None) -> str | None:
        """Return the one row of that name, None when there is none or several."""
        return self._names[table].find(name)

    def at(self, table: str, address: str | None) -> str | None:
        """Return the one row with that domain or e-mail address."""
        return self._addresses[table].find(address)

    def acquaintance(self, account: str, address: str | None) -> str | None:
        """Return the contact of an account whom another source brought with that address."""
        source, id = self._contacts.get((account, (address or "").lower()), (self.source, None))
        return None if source == self.source else id

    def account(self, line: Line) -> str:
        """Return the account that a line belongs to; raise Rejection when it is not known."""
        id, name, address = (line.get(f"account_{part}") for part in ("id", "name", "domain"))
        found = self.find("customers", id) or self.named("customers", name)
        found = found or self.at("customers", address)
        if not found and (not (name or address) or self._names["customers"].several(name)):
            found = self._borrowed("customers", id)
            if found:
                self.note("borrowed", line.number)
        if found:
            return found
        given = next((key for key in ("id", "name", "domain") if line.get(f"account_{key}")), None)
        if given is None:
            raise Rejection("it names no account", "account_id")
        if self._names["customers"].several(name):
            raise Rejection(f"there are several accounts called {name!r}", "account_name")
        raise Rejection(f"there is no account {line.get(f'account_{given}')!r}", f"account_{given}")

    def contact(self, line: Line) -> str | None:
        """Return the contact that a line names, if it is known."""
        id, address = line.get("contact_id"), line.get("contact_email")
        known = self.find("contacts", id) or self.at("contacts", address)
        return known or (None if address else self._borrowed("contacts", id))

    def owner(self, line: Line) -> tuple[str | None, tuple[Row, ...]]:
        """Return the CSM that a line names, with the row to make when it names a stranger."""
        id, name, address = (line.get(f"owner_{part}") for part in ("id", "name", "email"))
        name = name or (id if id and " " in id else None)  # a custom field may hold the name itself
        if name and (both := _BOTH.fullmatch(name)):
            name, address = both[1], address or both[2].lower()
        known = self.find("csms", id) or self.at("csms", address) or self.named("csms", name or id)
        known = known or (None if name or address else self._borrowed("csms", id))
        if known or not (name or address):
            if not known:
                self.note("owner_unknown" if id else "owner_none", line.number)
            return known, ()
        row = _stranger(name, address)
        return self.id_of("csms", row.source_id), (row,)


def _stranger(name: str | None, address: str | None) -> Row:
    values: Values = {"name": name or address}
    if address:
        return Row("csms", f"email:{address}", {**values, "email": address}, shared=True)
    return Row("csms", f"name:{str(name).casefold()}", values, shared=True)


OWNER_NOTES: Mapping[str, str] = {
    "owner_unknown": "{count} of {of} lines name an owner who is not among the people in this "
    "import: nobody owns them. Import the owners or users file as well.",
    "owner_none": "{count} of {of} lines name no owner: nobody owns them. Give them to a CSM, or "
    "ask as an admin.",
}
