"""Rows on their way into the tables: ids that come out the same each time, in an order that holds.

Rows of one account share the front of their ids and lie close together in every index; that is
what keeps ten thousand accounts a matter of seconds.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from pydantic_core import PydanticUndefined
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base, Imported

SOURCE = "demo"

_NAMESPACE = UUID("5a7e4a2d-0d5c-4c53-8d0e-2f6a54b1d9c7")


def identity(name: str) -> str:
    """Return the id of what the demo calls `name`."""
    return str(uuid5(_NAMESPACE, name))


def slug(name: str) -> str:
    """Return `lumiere-studio` for `Lumière Studio`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


class Rows:
    """Rows that wait to be written, and how many there were for each table."""

    def __init__(self, import_id: str) -> None:
        """Take the import that they belong to."""
        self.import_id = import_id
        self.counts: Counter[str] = Counter()
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: type[Base], **columns: Any) -> None:
        """Keep one row; columns that are left out get their table's default."""
        blank = _blank(table)
        row = blank | columns
        if len(row) != len(blank):
            raise KeyError(f"{table.__tablename__} has no {sorted(columns.keys() - blank.keys())}")
        self._waiting[str(table.__tablename__)].append(row)

    def imported(self, table: type[Imported], id: str, source_id: str, **columns: Any) -> None:
        """Keep one row that says where it came from."""
        origin = {"source": SOURCE, "source_id": source_id, "import_id": self.import_id}
        self.add(table, id=id, **origin, **columns)

    async def flush(self, session: AsyncSession) -> None:
        """Write what waits, parents first."""
        for table in Base.metadata.sorted_tables:
            if rows := self._waiting.pop(table.name, None):
                await session.execute(insert(table), rows)
                self.counts[table.name] += len(rows)


class Ledger:
    """Writes the rows of one account."""

    def __init__(self, rows: Rows, name: str, owner_id: str) -> None:
        """Take where the rows go, the account's name and its CSM."""
        self.rows = rows
        self.owner_id = owner_id
        self.slug = slug(name)
        self.account_id = identity(f"account/{self.slug}")
        self._written = 0

    def add(self, table: type[Imported], **columns: Any) -> str:
        """Keep one row of this account and return its id."""
        self._written += 1
        id = f"{self.account_id[:24]}{self._written:012x}"
        self.rows.imported(
            table, id, f"{self.slug}/{self._written}", customer_id=self.account_id, **columns
        )
        return id


@cache
def _blank(table: type[Base]) -> dict[str, Any]:
    return {
        name: None if field.default in (PydanticUndefined, ...) else field.default
        for name, field in table.model_fields.items()
    }
