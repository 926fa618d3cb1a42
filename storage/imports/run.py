"""Bring files in: recognise, read, then write all of it in one transaction."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from core.errors import Invalid
from storage.database import Database
from storage.imports.absent import Absences
from storage.imports.book import Book, row_id
from storage.imports.headers import bare
from storage.imports.keeping import Run, keep
from storage.imports.mapping import Mapping, load
from storage.imports.memory import recall
from storage.imports.missing import Coverage
from storage.imports.reading import Habits, Tally, findings, read
from storage.imports.recognition import Found, Left, files, recognise, sources
from storage.imports.report import FileReport, Finding, ImportReport
from storage.imports.sheet import Row, Source
from storage.imports.spool import Entry, Spool
from storage.imports.writing import Progress

MAX_BYTES = 500_000_000
MAX_ROWS = 1_000_000


@dataclass(slots=True)
class _Reading:
    """What reading the files gave."""

    reports: list[FileReport]
    coverage: Coverage


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
    seen = await recall(database, book, {one.source.name: one.source for one in found}.values())
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
            written=not dry_run,
            seconds=0.0,
        )
        if strict and draft.exit_code == 2:
            draft = replace(draft, written=False)
        told_of = Run(tuple(paths), now, seen, progress or _silent)
        report = await keep(database, draft, spool, book, told_of)
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
    absences = Absences(book.stored)
    reports = []
    for number, one in enumerate(found):
        tally = Tally()
        progress(f"reading {one.text.path.name}", number, len(found))
        for row in read(one, book, tally, habits, max_rows=max_rows):
            id = _spooled(row, number, one, book, spool, coverage)
            if not row.patch:
                absences.see(row.table, one.source.name, id, number)
        reports.append(_as_read(one, tally, findings(one, book, tally.rows)))
    complete = [
        replace(report, findings=report.findings + absences.findings(number))
        for number, report in enumerate(reports)
    ]
    return _Reading(complete, coverage)


def _spooled(
    row: Row, number: int, one: Found, book: Book, spool: Spool, coverage: Coverage
) -> str:
    """Put a row on its way; return its id."""
    source = one.source.name
    id = row.fills or row_id(source, row.table, row.source_id)
    if row.shared and book.knows(row.table, id):
        return id
    later = row.patch or row.fills is not None
    if not later:
        book.learn(row.table, id, source, row.source_id, row.values)
    if not row.patch:
        coverage.see(row.table, id, {**row.first, **row.values} if row.fills else row.values)
    entry = Entry(number, id, source, row.source_id, row.values, row.first)
    spool.add(row.table, entry, patch=later)
    return id


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
