"""Take an import back whole, unless later work rests on it; list what was imported."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Select, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import ImportFailed, ImportLocked
from storage.database import Database
from storage.tables import Base, UtcDateTime

_WORDS = {
    "recommendations": "recommendations",
    "decisions": "decisions that people made",
    "outcomes": "outcomes that people recorded",
    "account_plans": "account plans",
    "digest_subscriptions": "digest subscriptions",
}


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


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


async def history(database: Database) -> tuple[ImportSummary, ...]:
    """Return all imports, newest first."""
    imports, changes = _table("imports"), _table("import_changes")
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
        id = await _find(session, import_id)
        await _refuse_later_imports(session, id)
        restored = await _restore(session, id)  # first, so that changed rows hold nothing in place
        for child in Base.metadata.sorted_tables:
            await _refuse_what_rests(session, id, child)
        await _refuse_decisions(session, id)
        removed = await _remove(session, id)
        changes, imports = _table("import_changes"), _table("imports")
        await session.execute(delete(changes).where(changes.c.import_id == id))
        await session.execute(update(imports).where(imports.c.id == id).values(undone_at=now))
    return Undone(id, removed, restored)


async def _find(session: AsyncSession, given: str) -> str:
    """Return the import that is meant by an id or the beginning of one."""
    imports = _table("imports")
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
    changes = _table("import_changes")
    if not await session.scalar(select(changes.c.id).where(changes.c.import_id == id).limit(1)):
        raise ImportFailed(id, "It kept no record of its rows (the demo does not), so it stays.")
    return id


def _made(id: str, table: str) -> Select[Any]:
    """Select the rows of a table that an import made."""
    changes = _table("import_changes")
    return select(changes.c.row_id).where(
        changes.c.import_id == id, changes.c.table_name == table, changes.c.before.is_(None)
    )


async def _refuse_later_imports(session: AsyncSession, id: str) -> None:
    changes, imports = _table("import_changes"), _table("imports")
    later = changes.alias("later")
    first = select(func.min(changes.c.id)).where(changes.c.import_id == id).scalar_subquery()
    query = (
        select(imports.c.id, imports.c.source, imports.c.started_at)
        .join(later, later.c.import_id == imports.c.id)
        .join(
            changes,
            (changes.c.table_name == later.c.table_name) & (changes.c.row_id == later.c.row_id),
        )
        .where(changes.c.import_id == id, later.c.import_id != id, later.c.id > first)
        .distinct()
        .order_by(imports.c.started_at.desc())
    )
    found = (await session.execute(query)).all()
    if found:
        names = ", ".join(
            f"{one.id} ({one.source}, {one.started_at:%-d %b %Y %H:%M})" for one in found
        )
        raise ImportLocked(id, f"Later imports changed the same rows. Undo these first: {names}.")


async def _refuse_what_rests(session: AsyncSession, id: str, child: Table) -> None:
    """Refuse when rows that others brought belong to rows that would go."""
    for column in _holding(child):
        where = [column.in_(_made(id, _parent(column))), child.c.id.not_in(_made(id, child.name))]
        if child.name == "recommendations":  # those of accounts that go may go with them
            where.append(child.c.customer_id.not_in(_made(id, "customers")))
        count = await session.scalar(select(func.count()).select_from(child).where(*where)) or 0
        if count:
            raise ImportLocked(id, await _resting(session, child, where, count))


def _holding(child: Table) -> list[Column[Any]]:
    """Return the columns of a table by which its rows hold imported rows in place."""
    if child.name == "recommendations":
        return [child.c.owner_id]
    if child.name == "agent_activity_log" or "id" not in child.c:
        return []
    return [column for column in child.c if _parent(column)]


def _parent(column: Column[Any]) -> str:
    """Return the table of imported rows that a column points into, or nothing."""
    parents = [key.column.table.name for key in column.foreign_keys]
    return next((name for name in parents if "source_id" in _table(name).c), "")


async def _resting(session: AsyncSession, child: Table, where: list[Any], count: int) -> str:
    word = _WORDS.get(child.name, f"rows of {child.name}")
    by = ""
    if "import_id" in child.c:
        others = await session.scalars(select(child.c.import_id).where(*where).distinct().limit(5))
        names = ", ".join(sorted(str(one) for one in others if one))
        by = f" (of import {names}: undo that first)" if names else ""
    return f"{count:,} {word} rest on it{by}. They would be lost, so nothing was changed."


async def _refuse_decisions(session: AsyncSession, id: str) -> None:
    """Refuse when people decided about the accounts that would go."""
    decisions, recommendations = _table("decisions"), _table("recommendations")
    query = (
        select(func.count())
        .select_from(decisions)
        .join(recommendations, recommendations.c.id == decisions.c.recommendation_id)
        .where(
            recommendations.c.customer_id.in_(_made(id, "customers")),
            or_(recommendations.c.import_id.is_(None), recommendations.c.import_id != id),
        )
    )
    count = await session.scalar(query) or 0
    if count:
        raise ImportLocked(
            id,
            f"{count:,} decisions that people made rest on its accounts. They would be lost, so "
            "nothing was changed.",
        )


async def _restore(session: AsyncSession, id: str) -> int:
    """Give changed rows the values back that this import replaced."""
    changes = _table("import_changes")
    query = select(changes.c.table_name, changes.c.row_id, changes.c.before).where(
        changes.c.import_id == id, changes.c.before.is_not(None)
    )
    found = (await session.execute(query)).all()
    for name, row_id, before in found:
        table = _table(name)
        values = {key: _typed(table.c[key], value) for key, value in before.items()}
        await session.execute(update(table).where(table.c.id == row_id).values(**values))
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
                delete(table).where(table.c.id.in_(_made(id, table.name)))
            )
            removed += int(getattr(result, "rowcount", 0))
    return removed
