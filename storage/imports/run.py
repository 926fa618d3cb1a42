"""Bring files in: recognise, read, then write all of it in one transaction."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import ImportFailed, Invalid, Unreachable
from storage.database import Database
from storage.imports.book import Book, row_id
from storage.imports.headers import bare
from storage.imports.mapping import Mapping, load
from storage.imports.missing import Coverage
from storage.imports.reading import Habits, Tally, findings, read
from storage.imports.recognition import Found, Left, files, recognise, sources
from storage.imports.report import KEPT_IN_STORE, Counts, FileReport, Finding, ImportReport
from storage.imports.sheet import Row, Source
from storage.imports.spool import Entry, Spool
from storage.imports.writing import Progress, Writer
from storage.tables import Base, Import

MAX_BYTES = 500_000_000
MAX_ROWS = 1_000_000
_LOCK = 0x57E44D01
"""The number under which imports lock each other out on PostgreSQL."""


class _Undone(Exception):
    """Leaves the transaction without keeping anything."""


@dataclass(slots=True)
class _Reading:
    """What reading the files gave."""

    reports: list[FileReport]
    coverage: Coverage

    @property
    def rejected(self) -> bool:
        return any(report.rejected or report.state == "unreadable" for report in self.reports)


async def run(
    database: Database,
    paths: Sequence[Path],
    *,
    now: datetime,
    source: str | None = None,
    mapping: Path | None = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> ImportReport:
    """Import files and folders; raise ImportFailed or Invalid when nothing can be begun.

    With `dry_run` the report is the same and nothing is kept; with `strict` nothing is kept when
    any line is rejected. Rows are found again by their source and its id, so that the same file
    a second time changes nothing.
    """
    started = time.perf_counter()
    told = load(mapping) if mapping else None
    among = _among(source, told)
    found, left = await asyncio.to_thread(recognise, files(paths), among, max_bytes=max_bytes)
    book = Book(now=now, currency=told.habits.currency if told else None)
    seen = await _recall(database, book, {one.source.name: one.source for one in found}.values())
    with Spool() as spool:
        reading = await asyncio.to_thread(
            _read_all, found, book, spool,
            habits=told.habits if told else Habits(), max_rows=max_rows,
            progress=progress or _silent, now=now,
        )  # fmt: skip
        reports = reading.reports + [_unread(one) for one in left]
        draft = ImportReport(
            import_id=str(uuid4()),
            source=_label(found),
            files=tuple(reports),
            missing=reading.coverage.missing(),
            newest=reading.coverage.newest,
            dry_run=dry_run,
            strict=strict,
            written=not dry_run and not (strict and reading.rejected),
            seconds=0.0,
        )
        report = await _keep(
            database,
            draft,
            spool,
            book,
            paths=paths,
            now=now,
            seen=seen,
            progress=progress or _silent,
        )
    return replace(report, seconds=round(time.perf_counter() - started, 3))


def _silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""


def _among(name: str | None, told: Mapping | None) -> tuple[Source, ...]:
    known = sources()
    if told and told.source.sheets:
        return (told.source,)
    name = name or (told.source.name if told else None)
    if name and name not in known:
        raise Invalid(f"There is no source {name!r}. Known: {', '.join(sorted(known))}.", "source")
    chosen = [known[name]] if name else list(known.values())
    return tuple(sorted(chosen, key=lambda source: (source.general, source.last, source.name)))


def _label(found: Sequence[Found]) -> str:
    return "+".join(dict.fromkeys(one.source.name for one in found))[:40] or "none"


def _unread(left: Left) -> FileReport:
    ignored = dict.fromkeys(left.headers, "")
    return FileReport(str(left.path), left.state, left.reason, source=left.source, ignored=ignored)


async def _recall(database: Database, book: Book, used: Iterable[Source]) -> object:
    """Fill the book from the database; return a mark that changes with every import."""
    async with database.read() as session:
        for name in ("csms", "customers", "contacts"):
            await _learn(session, book, name, None)
        for source in used:
            book.begin(source.name, source.recalls, book.now.date())
            for name in source.recalls:
                await _learn(session, book, name, source.name)
        return await _mark(session)


async def _learn(session: AsyncSession, book: Book, name: str, source: str | None) -> None:
    table = Base.metadata.tables[name]
    keys = ("id", "source", "source_id", "name", "domain", "email")
    columns = [c for c in table.columns if source or c.name in keys]
    query = select(*columns)
    if source:
        query = query.where(table.c.source == source)
    for row in (await session.execute(query)).mappings():
        book.learn(name, row["id"], row["source"], row["source_id"], dict(row))


async def _mark(session: AsyncSession) -> object:
    imports = Base.metadata.tables["imports"]
    row = await session.execute(
        select(func.count(), func.count(imports.c.undone_at)).select_from(imports)
    )
    return tuple(row.one())


def _read_all(
    found: Sequence[Found],
    book: Book,
    spool: Spool,
    *,
    habits: Habits,
    max_rows: int,
    progress: Progress,
    now: datetime,
) -> _Reading:
    coverage = Coverage(now)
    reports = []
    for number, one in enumerate(found):
        tally = Tally()
        progress(f"reading {one.text.path.name}", number, len(found))
        for row in read(one, book, tally, habits, max_rows=max_rows):
            _spooled(row, number, one, book, spool, coverage)
        reports.append(_as_read(one, tally, findings(one, book, tally.rows)))
    return _Reading(reports, coverage)


def _spooled(
    row: Row, number: int, one: Found, book: Book, spool: Spool, coverage: Coverage
) -> None:
    source = one.source.name
    id = row_id(source, row.table, row.source_id)
    if row.shared and book.knows(row.table, id):
        return
    if not row.patch:
        book.learn(row.table, id, source, row.source_id, row.values)
        coverage.see(row.table, id, row.values)
    entry = Entry(number, id, source, row.source_id, row.values, row.first)
    spool.add(row.table, entry, patch=row.patch)


def _as_read(one: Found, tally: Tally, noticed: tuple[Finding, ...]) -> FileReport:
    fields = {header: name for name, header in one.columns.fields.items()}
    return FileReport(
        path=str(one.text.path),
        state="read",
        source=one.source.name,
        sheet=one.sheet.name,
        encoding=one.text.encoding,
        rows=tally.rows,
        skipped=tuple(tally.skipped.items()),
        rejected=tuple(tally.rejected),
        recognised={h: n for h, n in fields.items() if bare(h) == bare(n)},
        renamed={h: n for h, n in fields.items() if bare(h) != bare(n)},
        ignored=dict(one.columns.ignored),
        findings=noticed,
    )


async def _keep(
    database: Database,
    draft: ImportReport,
    spool: Spool,
    book: Book,
    *,
    paths: Sequence[Path],
    now: datetime,
    seen: object,
    progress: Progress,
) -> ImportReport:
    """Write the rows; a run that may not or need not be kept leaves no trace."""
    report = draft
    try:
        async with database.write() as session:
            if not await _alone(session) or await _mark(session) != seen:
                raise ImportFailed(
                    ", ".join(map(str, paths)),
                    "Another import was made while this one was read. Run it again.",
                )
            await _begin(session, draft, paths, now)
            writer = Writer(session, str(draft.import_id), book, progress)
            await writer.write(spool)
            report = _counted(draft, writer)
            if not report.written:
                raise _Undone
            await _finish(session, report, now)
    except _Undone:
        return replace(report, import_id=None)
    except OperationalError as error:
        raise Unreachable(f"The database {database.name} is busy or gone: {error.orig}") from error
    return report


async def _alone(session: AsyncSession) -> bool:
    """Let one import write at a time; SQLite lets one transaction write anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


async def _begin(
    session: AsyncSession, draft: ImportReport, paths: Sequence[Path], now: datetime
) -> None:
    await session.execute(
        insert(Import),
        [
            {
                "id": draft.import_id,
                "source": draft.source,
                "paths": [str(path) for path in paths],
                "started_at": now,
                "report": {},
            }
        ],
    )


async def _finish(session: AsyncSession, report: ImportReport, now: datetime) -> None:
    table = Base.metadata.tables["imports"]
    await session.execute(
        update(table)
        .where(table.c.id == report.import_id)
        .values(finished_at=now, report=report.as_dict(rejected=KEPT_IN_STORE))
    )


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
