"""What stands in the way of making an import, or of taking one back."""

from typing import Any

from sqlalchemy import Column, Integer, Select, Table, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import ImportLocked
from storage.tables import Base

_WORDS = {
    "recommendations": "recommendations",
    "decisions": "decisions that people made",
    "outcomes": "outcomes that people recorded",
    "account_plans": "account plans",
    "digest_subscriptions": "digest subscriptions",
}


_LOCK = 0x57E44D01
"""The number under which imports lock each other out on PostgreSQL."""


async def alone(session: AsyncSession) -> bool:
    """Let one import, or undo, of a workspace write at a time; SQLite lets one write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    workspace = func.hashtext(func.current_schema())
    lock = func.pg_try_advisory_xact_lock(literal(_LOCK, Integer), workspace)
    return bool(await session.scalar(select(lock)))


def table_of(name: str) -> Table:
    """Return a table by its name."""
    return Base.metadata.tables[name]


def made(id: str, table: str) -> Select[Any]:
    """Select the rows of a table that an import made."""
    changes = table_of("import_changes")
    return select(changes.c.row_id).where(
        changes.c.import_id == id, changes.c.table_name == table, changes.c.before.is_(None)
    )


async def refuse_later_imports(session: AsyncSession, id: str) -> None:
    """Raise ImportLocked when a later import changed the same rows."""
    changes, imports = table_of("import_changes"), table_of("imports")
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


async def refuse_what_rests(session: AsyncSession, id: str) -> None:
    """Raise ImportLocked when rows of others, or decisions, rest on rows that would go."""
    for child in Base.metadata.sorted_tables:
        await _refuse_children(session, id, child)
    await _refuse_decisions(session, id)


async def _refuse_children(session: AsyncSession, id: str, child: Table) -> None:
    """Refuse when rows that others brought belong to rows that would go."""
    for column in _holding(child):
        where = [column.in_(made(id, _parent(column))), child.c.id.not_in(made(id, child.name))]
        if child.name == "recommendations":  # those of accounts that go may go with them
            where.append(child.c.customer_id.not_in(made(id, "customers")))
        count = await session.scalar(select(func.count()).select_from(child).where(*where)) or 0
        if count:
            raise ImportLocked(id, await _resting(session, child, where, count))


def _holding(child: Table) -> list[Column[Any]]:
    """Return the columns of a table by which its rows hold imported rows in place."""
    if child.name == "recommendations":
        return [child.c.owner_id]
    if "id" not in child.c:
        return []
    return [column for column in child.c if _parent(column)]


def _parent(column: Column[Any]) -> str:
    """Return the table of imported rows that a column points into, or nothing."""
    parents = [key.column.table.name for key in column.foreign_keys]
    return next((name for name in parents if "source_id" in table_of(name).c), "")


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
    decisions, recommendations = table_of("decisions"), table_of("recommendations")
    query = (
        select(func.count())
        .select_from(decisions)
        .join(recommendations, recommendations.c.id == decisions.c.recommendation_id)
        .where(
            recommendations.c.customer_id.in_(made(id, "customers")),
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
