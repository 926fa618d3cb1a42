"""Take an import back whole, unless later work rests on it; list what was imported."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import ImportFailed, ImportLocked
from storage.audit import COMMAND_LINE, Entry, record
from storage.database import Database
from storage.imports.locks import alone, made, refuse_later_imports, refuse_what_rests, table_of
from storage.tables import Base, UtcDateTime


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One import, for a list."""

    id: str
    source: str
    paths: tuple[str, ...]
    started_at: datetime
    undone_at: datetime | None
    rows: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: rows that went, and rows that have their former values again."""

    import_id: str
    removed: int
    restored: int


async def history(database: Database) -> tuple[ImportSummary, ...]:
    """Return all imports, newest first."""
    imports, changes = table_of("imports"), table_of("import_changes")
    rows = (
        select(changes.c.import_id, func.count().label("rows"))
        .group_by(changes.c.import_id)
        .subquery()
    )
    query = (
        select(imports, rows.c.rows)
        .outerjoin(rows, rows.c.import_id == imports.c.id)
        .order_by(imports.c.started_at.desc(), imports.c.id)
    )
    async with database.read() as session:
        found = (await session.execute(query)).mappings()
        return tuple(
            ImportSummary(
                row["id"], row["source"], tuple(row["paths"]), row["started_at"],
                row["undone_at"], row["rows"] or 0,
            )
            for row in found
        )  # fmt: skip


async def undo(database: Database, import_id: str, now: datetime) -> Undone:
    """Take one import back; raise ImportLocked when later imports or decisions rest on it."""
    async with database.write() as session:
        if not await alone(session):
            raise ImportLocked(import_id, "Another import is being made. Undo this one after it.")
        id = await _find(session, import_id)
        await refuse_later_imports(session, id)
        restored = await _restore(session, id)  # first, so that changed rows hold nothing in place
        await refuse_what_rests(session, id)
        removed = await _remove(session, id)
        changes, imports = table_of("import_changes"), table_of("imports")
        await session.execute(delete(changes).where(changes.c.import_id == id))
        await session.execute(update(imports).where(imports.c.id == id).values(undone_at=now))
        rows = {"removed": removed, "restored": restored}
        await record(session, Entry("import.undo", id, by=COMMAND_LINE, at=now, detail=rows))
    return Undone(id, removed, restored)


async def _find(session: AsyncSession, given: str) -> str:
    """Return the import that is meant by an id or the beginning of one."""
    imports = table_of("imports")
    query = select(imports.c.id, imports.c.undone_at).where(
        imports.c.id.startswith(given, autoescape=True)
    )
    found = (await session.execute(query)).all() if given else []
    if not found:
        raise ImportFailed(given, "There is no such import. See them with steward import --list.")
    if len(found) > 1:
        raise ImportFailed(given, "Several imports begin like this. Write more of the id.")
    if found[0].undone_at:
        raise ImportFailed(
            given, f"It was undone already, on {found[0].undone_at:%-d %b %Y at %H:%M} UTC."
        )
    id = str(found[0].id)
    changes = table_of("import_changes")
    if not await session.scalar(select(changes.c.id).where(changes.c.import_id == id).limit(1)):
        raise ImportFailed(id, "It kept no record of its rows (the demo does not), so it stays.")
    return id


async def _restore(session: AsyncSession, id: str) -> int:
    """Give changed rows the values back that this import replaced."""
    changes = table_of("import_changes")
    query = select(changes.c.table_name, changes.c.row_id, changes.c.before).where(
        changes.c.import_id == id, changes.c.before.is_not(None)
    )
    found = (await session.execute(query)).all()
    alike: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for name, row_id, before in found:
        columns = table_of(name).c
        former = {f"former_{key}": _typed(columns[key], value) for key, value in before.items()}
        alike[name, tuple(sorted(before))].append(former | {"key": row_id})
    connection = await session.connection()
    for (name, fields), rows in alike.items():
        table = table_of(name)
        values = {key: bindparam(f"former_{key}", type_=table.c[key].type) for key in fields}
        statement = update(table).where(table.c.id == bindparam("key")).values(values)
        await connection.execute(statement, rows)
    return len(found)


def _typed(column: Column[Any], value: Any) -> Any:
    if value is not None and isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


async def _remove(session: AsyncSession, id: str) -> int:
    """Delete the rows that this import made, those that refer to others first."""
    removed = 0
    for table in reversed(Base.metadata.sorted_tables):
        if "source_id" in table.c:
            result = await session.execute(
                delete(table).where(table.c.id.in_(made(id, table.name)))
            )
            removed += int(getattr(result, "rowcount", 0))
    return removed
