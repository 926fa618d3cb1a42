"""Builders for small exports, and what the tests of imports ask the database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.imports import ImportReport, run
from storage.imports.report import FileReport
from storage.tables import Base

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Exports:
    """A folder of files that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        """Write a file of lines and return where it is."""
        path = self.folder / name
        path.write_bytes(end.join([*lines, ""]).encode(encoding))
        return path

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


async def bring(database: Database, *paths: Path, **options: Any) -> ImportReport:
    """Import files at a fixed moment."""
    return await run(database, list(paths), now=options.pop("now", NOW), **options)


def of(report: ImportReport, name: str) -> FileReport:
    """Return the part of a report that is about one file."""
    return next(file for file in report.files if Path(file.path).name == name)


async def rows(database: Database, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of a table, sorted."""
    found = Base.metadata.tables[table]
    async with database.read() as session:
        result = await session.execute(select(*(found.c[name] for name in columns)))
        return sorted((tuple(row) for row in result), key=repr)


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables but the records of imports and the audit log."""
    return {
        name: await rows(database, name, *(column.name for column in table.columns))
        for name, table in Base.metadata.tables.items()
        if name not in {"imports", "import_changes", "agent_activity_log", "audit_heads"}
    }
