"""Read one file into rows, and keep account of every line that is not kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from itertools import islice

from core.errors import ImportFailed
from storage.imports.book import Book
from storage.imports.headers import bare
from storage.imports.recognition import Found
from storage.imports.records import Damage, Footer, Record, clean, records
from storage.imports.report import Finding, Rejected
from storage.imports.sheet import Line, Rejection, Row, Values
from storage.imports.style import observe
from storage.imports.values import Style, Unreadable, is_blank
from storage.tables import Base

MAX_TEXT = 20_000
"""Characters of a subject or a note that are kept."""

_SAMPLE = 2_000
_ESSENTIAL = frozenset({"name", "email", "source_id"})

COMMON_NOTES = {
    "cut": "{count} of {of} lines have a text longer than its place: cut to fit.",
    "borrowed": "{count} of {of} lines name their account by the id that another source gave it, "
    "and by nothing else: they were joined by that id.",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """What a mapping tells about how files are written; None means: see for yourself."""

    day_first: bool | None = None
    decimal_comma: bool | None = None
    zone: tzinfo = UTC
    as_of: date | None = None
    currency: str | None = None


@dataclass(slots=True)
class Tally:
    """What has been counted while a file was read."""

    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)


def read(found: Found, book: Book, tally: Tally, habits: Habits, *, max_rows: int) -> Iterator[Row]:
    """Yield the rows of a file; what happens to the other lines goes to `tally`."""
    book.begin(found.source, habits.as_of or _written(found))
    style = _style(found, habits)
    reader = _Reader(found, book, tally, style)
    for record in records(found.text, found.head):
        if isinstance(record, Footer):
            tally.skipped["the report's footer"] += 1
            continue
        tally.rows += 1
        if tally.rows > max_rows:
            raise ImportFailed(
                str(found.text.path),
                f"The file has more than {max_rows:,} rows. Split it into parts.",
            )
        yield from reader.rows(record)
    if found.sheet.finish:
        yield from (fitted(row, book, None) for row in found.sheet.finish(book))


def findings(found: Found, book: Book, of: int) -> tuple[Finding, ...]:
    """Put into sentences what was noticed in the file that was read last."""
    sentences = {**COMMON_NOTES, **found.sheet.kind.notes, **found.sheet.notes}
    return tuple(
        Finding(
            sentences[key].format(
                count=f"{noted.count:,}",
                of=f"{of:,}",
                share=f"{100 * noted.count / max(of, 1):.1f} %",
            ),
            noted.count,
            tuple(noted.lines),
        )
        for key, noted in book.notes.items()
        if noted.count
    )


class _Reader:
    def __init__(self, found: Found, book: Book, tally: Tally, style: Style) -> None:
        self._found, self._book, self._tally, self._style = found, book, tally, style
        self._seen: dict[tuple[str, str], int] = {}
        sheet = found.sheet
        self._fields = [
            (name, place, sheet.converter(name)) for name, place in found.columns.positions.items()
        ]
        self._skips = [
            (found.columns.cells.index(bare(skip.column)), skip)
            for skip in sheet.skip
            if bare(skip.column) in found.columns.cells
        ]

    def rows(self, record: Record | Damage) -> list[Row]:
        """Return the rows of a record; none when it is skipped or rejected."""
        if isinstance(record, Damage):
            self._reject(record.line, None, record.reason)
            return []
        cells = [clean(cell) for cell in record.cells]
        for place, skip in self._skips:
            if cells[place].lower() in skip.words:
                self._tally.skipped[skip.reason] += 1
                return []
        try:
            return self._built(record.line, cells)
        except Rejection as rejection:
            self._reject(record.line, rejection.column, rejection.reason)
            return []

    def _built(self, number: int, cells: list[str]) -> list[Row]:
        line = Line(
            number, self._values(cells), dict(zip(self._found.columns.cells, cells, strict=False))
        )
        if self._found.sheet.adjust:
            self._found.sheet.adjust(line, self._book)
        for name in self._found.sheet.kind.required:
            if line.get(name) is None:
                raise Rejection("the cell is empty and must not be", name)
        rows = [
            fitted(row, self._book, number)
            for row in self._found.sheet.kind.build(line, self._book)
        ]
        own = [row for row in rows if not row.shared and not row.patch]
        for row in own:
            self._once(row, number)
        for row in own:
            self._seen[row.table, row.source_id] = number
        return rows

    def _values(self, cells: list[str]) -> Values:
        values: Values = {}
        for name, place, convert in self._fields:
            cell = cells[place]
            try:
                values[name] = None if is_blank(cell) else convert(cell, self._style)
            except Unreadable as error:
                raise Rejection(str(error), name) from error
        return values

    def _once(self, row: Row, number: int) -> None:
        first = self._seen.get((row.table, row.source_id), number)
        if first != number:
            column = "id" if "id" in self._found.columns.fields else None
            raise Rejection(f"line {first} has the same id {row.source_id!r} and is kept", column)

    def _reject(self, line: int, column: str | None, reason: str) -> None:
        header = self._found.columns.fields.get(column, column) if column else None
        self._tally.rejected.append(Rejected(line, header, reason))


def fitted(row: Row, book: Book, line: int | None) -> Row:
    """Return a row whose texts fit their places; raise Rejection when its id or name does not."""
    if len(row.source_id) > 200:
        raise Rejection(f"its id has {len(row.source_id)} characters; 200 can be kept")
    limits = _limits(row.table)
    long = {
        name: limits[name]
        for name, value in row.values.items()
        if isinstance(value, str) and len(value) > limits[name]
    }
    if not long:
        return row
    for name in _ESSENTIAL & long.keys():
        raise Rejection(
            f"it has {len(row.values[name]):,} characters; {long[name]} can be kept", name
        )
    book.note("cut", line)
    row.values.update({name: row.values[name][: long[name] - 1] + "…" for name in long})
    return row


@lru_cache
def _limits(table: str) -> dict[str, int]:
    columns = Base.metadata.tables[table].columns
    return {column.name: getattr(column.type, "length", None) or MAX_TEXT for column in columns}


def _written(found: Found) -> date:
    return datetime.fromtimestamp(found.text.path.stat().st_mtime, UTC).date()


def _style(found: Found, habits: Habits) -> Style:
    return observe(
        _cells(found),
        delimiter=found.head.delimiter,
        day_first=habits.day_first,
        decimal_comma=habits.decimal_comma,
        zone=habits.zone,
    )


def _cells(found: Found) -> Iterable[str]:
    places = tuple(found.columns.positions.values())
    for record in islice(records(found.text, found.head), _SAMPLE):
        if isinstance(record, Record) and len(record.cells) > max(places, default=0):
            yield from (clean(record.cells[place]) for place in places)
