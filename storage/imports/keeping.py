"""Keep what was read: one transaction, one import at a time, all of it or nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import ImportFailed, Unreachable
from storage.audit import COMMAND_LINE, Entry, record
from storage.database import Database
from storage.imports.book import Book
from storage.imports.locks import alone
from storage.imports.memory import Mark, mark
from storage.imports.report import KEPT_IN_STORE, Counts, Finding, ImportReport
from storage.imports.sheet import Values
from storage.imports.spool import Spool
from storage.imports.writing import Progress, Writer
from storage.tables import Base


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its paths, its moment, where imports stood when it read, and whom to tell."""

    paths: tuple[Path, ...]
    now: datetime
    seen: Mark
    progress: Progress


class _Undone(Exception):
    """Leaves the transaction without keeping anything."""


async def keep(
    database: Database, draft: ImportReport, spool: Spool, book: Book, run: Run
) -> ImportReport:
    """Write the rows; a run that may not or need not be kept leaves no trace."""
    report = draft
    try:
        async with database.write() as session:
            if not await alone(session) or await mark(session) != run.seen:
                raise ImportFailed(
                    ", ".join(map(str, run.paths)),
                    "Another import was made while this one was read. Run it again.",
                )
            await _begin(session, draft, run)
            writer = Writer(session, str(draft.import_id), book, run.progress)
            await writer.write(spool)
            report = _counted(draft, writer)
            if not report.written:
                raise _Undone
            await _finish(session, report, run.now)
            await record(session, _entry(report, run.now))
    except _Undone:
        return replace(report, import_id=None)
    except OperationalError as error:
        raise Unreachable(f"The database {database.name} is busy or gone: {error.orig}") from error
    return report


async def _begin(session: AsyncSession, draft: ImportReport, run: Run) -> None:
    row: Values = {
        "id": draft.import_id,
        "source": draft.source,
        "paths": [str(path) for path in run.paths],
        "started_at": run.now,
        "report": {},
    }
    await session.execute(insert(Base.metadata.tables["imports"]), [row])


async def _finish(session: AsyncSession, report: ImportReport, now: datetime) -> None:
    table = Base.metadata.tables["imports"]
    await session.execute(
        update(table)
        .where(table.c.id == report.import_id)
        .values(finished_at=now, report=report.as_dict(rejected=KEPT_IN_STORE))
    )


def _entry(report: ImportReport, now: datetime) -> Entry:
    """Return what the audit log is told; row by row, `import_changes` keeps what was before."""
    totals = report.totals
    rows = {"new": totals.new, "changed": totals.changed}
    detail = {"source": report.source, **rows}
    return Entry("import.keep", str(report.import_id), by=COMMAND_LINE, at=now, detail=detail)


def _counted(draft: ImportReport, writer: Writer) -> ImportReport:
    """Add to every file's report what became of its rows."""
    counted = []
    for number, file in enumerate(draft.files):
        tables = tuple(
            Counts(name, count["new"], count["changed"], count["unchanged"])
            for (of, name), count in writer.counted.items()
            if of == number
        )
        counted.append(
            replace(file, tables=tables, findings=file.findings + _orphans(writer, number))
        )
    report = replace(draft, files=tuple(counted))
    changes = report.totals.new + report.totals.changed
    return replace(report, written=draft.written and changes > 0)


def _orphans(writer: Writer, number: int) -> tuple[Finding, ...]:
    count = writer.orphans[number]
    if not count:
        return ()
    text = f"{count:,} lines name a parent or manager who is not in the data: left empty."
    return (Finding(text, count),)
