"""Write rows in bulk: those not there yet, those that differ; and keep what was there before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import Table, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from storage import tables
from storage.imports.book import Book
from storage.imports.sheet import Values
from storage.imports.spool import CHUNK, Entry, Spool
from storage.tables import Base, Imported

ORDER = (
    "csms", "customers", "contacts", "contracts", "renewal_pipeline", "expansion_opportunities",
    "support_tickets", "health_score_history", "usage_metrics", "meetings", "activities",
    "risk_signals", "account_plans",
)  # fmt: skip
"""Tables in the order in which their rows can refer to each other."""

_OWN_KIND = {"customers": "parent_id", "csms": "manager_id"}

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

Counted = dict[tuple[int, str], Counter[str]]


class Writer:
    """Writes the rows of one import inside the caller's transaction."""

    def __init__(
        self, session: AsyncSession, import_id: str, book: Book, progress: Progress
    ) -> None:
        """Take the open transaction, the import that writes, and which ids exist."""
        self._session = session
        self._import_id = import_id
        self._book = book
        self._progress = progress
        self._touched: set[tuple[str, str]] = set()
        self._later: dict[str, dict[str, str]] = defaultdict(dict)
        self.counted: Counted = defaultdict(Counter)
        self.orphans: Counter[int] = Counter()

    async def write(self, spool: Spool) -> None:
        """Write everything in a spool."""
        for number, name in enumerate(ORDER):
            self._progress(f"writing {name}", number, len(ORDER))
            for chunk in spool.chunks(name, patch=False):
                await self._write(Base.metadata.tables[name], chunk, patch=False)
            await self._refer(name)
            for chunk in spool.chunks(name, patch=True):
                await self._write(Base.metadata.tables[name], chunk, patch=True)
        await self._measure()

    async def _write(self, table: Table, chunk: list[Entry], *, patch: bool) -> None:
        stored = await self._stored(table, [entry.id for entry in chunk])
        new: list[Entry] = []
        changed: list[tuple[Entry, Values]] = []
        for entry in chunk:
            self._resolve_parent(table.name, entry)
            before = stored.get(entry.id)
            if before is None:
                if not patch:
                    new.append(entry)
                continue
            entry = _filled(entry, before) if patch else entry
            differs = {k: before[k] for k, value in entry.values.items() if before[k] != value}
            if differs:
                changed.append((entry, {**differs, "import_id": before["import_id"]}))
            else:
                self.counted[entry.file, table.name]["unchanged"] += 1
        await self._insert(table, new)
        await self._update(table, changed)

    async def _stored(self, table: Table, ids: list[str]) -> dict[str, Mapping[str, Any]]:
        rows = await self._session.execute(select(table).where(table.c.id.in_(ids)))
        return {row["id"]: dict(row) for row in rows.mappings()}

    def _resolve_parent(self, name: str, entry: Entry) -> None:
        """Drop a reference to a parent that nothing brought."""
        field = _OWN_KIND.get(name, "")
        parent = entry.values.get(field)
        if parent and (parent == entry.id or not self._book.knows(name, parent)):
            entry.values[field] = None
            self.orphans[entry.file] += 1

    async def _measure(self) -> None:
        """Let PostgreSQL count what is there; until it has, it reads whole tables to find a row."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        grown = {name for (_, name), count in self.counted.items() if count["new"] >= CHUNK}
        for name in sorted(grown):
            await self._session.execute(text(f'analyze "{name}"'))

    async def _insert(self, table: Table, new: list[Entry]) -> None:
        if not new:
            return
        defaults = _defaults(table.name)
        field = _OWN_KIND.get(table.name, "")
        rows = []
        for entry in new:
            values = {**defaults, **entry.first, **entry.values}
            if values.get(field):
                self._later[table.name][entry.id] = values[field]
                values[field] = None
            rows.append(
                values
                | {
                    "id": entry.id,
                    "source": entry.source,
                    "source_id": entry.source_id,
                    "import_id": self._import_id,
                }
            )
            self.counted[entry.file, table.name]["new"] += 1
        await self._session.execute(insert(table), rows)
        await self._remember(table.name, [(entry.id, None) for entry in new])

    async def _update(self, table: Table, changed: list[tuple[Entry, Values]]) -> None:
        groups: dict[tuple[str, ...], list[Values]] = defaultdict(list)
        for entry, before in changed:
            fields = tuple(sorted(before.keys() - {"import_id"}))
            groups[fields].append({f"new_{k}": entry.values[k] for k in fields} | {"key": entry.id})
            self.counted[entry.file, table.name]["changed"] += 1
        for fields, rows in groups.items():
            values: dict[str, Any] = {
                k: bindparam(f"new_{k}", type_=table.c[k].type) for k in fields
            }
            statement = (
                update(table)
                .where(table.c.id == bindparam("key"))
                .values(**values, import_id=self._import_id)
            )
            connection = await self._session.connection()
            await connection.execute(statement, rows)
        await self._remember(table.name, [(entry.id, before) for entry, before in changed])

    async def _refer(self, name: str) -> None:
        """Set references between rows of one table once all of them are there."""
        if not self._later[name]:
            return
        table, field = Base.metadata.tables[name], _OWN_KIND[name]
        statement = (
            update(table).where(table.c.id == bindparam("key")).values({field: bindparam("parent")})
        )
        connection = await self._session.connection()
        rows = [{"key": id, "parent": parent} for id, parent in self._later[name].items()]
        await connection.execute(statement, rows)

    async def _remember(self, name: str, states: Iterable[tuple[str, Values | None]]) -> None:
        """Note what a row was before; only the first touch of an import tells that."""
        rows: list[Values] = [
            {
                "import_id": self._import_id,
                "table_name": name,
                "row_id": id,
                "before": before and {k: plain(value) for k, value in before.items()},
            }
            for id, before in states
            if (name, id) not in self._touched
        ]
        self._touched.update((name, str(row["row_id"])) for row in rows)
        if rows:
            changes = Base.metadata.tables["import_changes"]
            await self._session.execute(insert(changes), rows)


def _filled(entry: Entry, before: Mapping[str, Any]) -> Entry:
    """Return a patch that also gives a row what it lacks."""
    lacking = {name: value for name, value in entry.first.items() if before[name] is None}
    return entry._replace(values={**lacking, **entry.values}) if lacking else entry


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _defaults(name: str) -> Values:
    """Return the values that a new row has when nothing is said about them."""
    fields = _model(name).model_fields
    given = {column: fields[column].default for column in fields}
    return {
        column.name: None if given[column.name] is PydanticUndefined else given[column.name]
        for column in Base.metadata.tables[name].columns
    }


def _model(name: str) -> type[SQLModel]:
    return next(
        model
        for model in vars(tables).values()
        if isinstance(model, type)
        and issubclass(model, Imported)
        and getattr(model, "__tablename__", None) == name
    )
