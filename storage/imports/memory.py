"""Fill a book with what the database holds already."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.imports.book import Book
from storage.imports.sheet import Source
from storage.tables import Base

Mark = tuple[int, int]
"""How many imports were made and undone: it changes with every one."""


async def recall(database: Database, book: Book, used: Iterable[Source]) -> Mark:
    """Fill the book for the sources that are used; return where the imports stand."""
    async with database.read() as session:
        for name in ("csms", "customers", "contacts"):
            await _learn(session, book, name, None)
        for source in used:
            book.begin(source, book.now.date())
            for name in source.recalls:
                await _learn(session, book, name, source.name)
        return await mark(session)


async def _learn(session: AsyncSession, book: Book, name: str, source: str | None) -> None:
    table = Base.metadata.tables[name]
    keys = ("id", "source", "source_id", "name", "domain", "email", "customer_id")
    columns = [c for c in table.columns if source or c.name in keys]
    query = select(*columns).order_by(table.c.id)
    if source:
        query = query.where(table.c.source == source)
    for row in (await session.execute(query)).mappings():
        book.stored[name, row["source"]].add(row["id"])
        book.learn(name, row["id"], row["source"], row["source_id"], dict(row))


async def mark(session: AsyncSession) -> Mark:
    """Return where the imports stand."""
    imports = Base.metadata.tables["imports"]
    row = await session.execute(
        select(func.count(), func.count(imports.c.undone_at)).select_from(imports)
    )
    made, undone = row.one()
    return made, undone
