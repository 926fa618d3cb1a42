"""Read a table's records one by one, each with the number of the line it begins on."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from core.errors import ImportFailed
from storage.imports.opening import Text

MAX_CELL = 5_000_000
"""Characters in one cell; more is an unclosed quotation mark, not a text."""

_DELIMITERS = ",;\t|"
_ONE_COLUMN = (
    "This is no table: its first line has one cell. Export it as CSV, with commas, semicolons, "
    "tabs or | between the cells."
)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the physical line on which it begins, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read as cells, where it begins, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Footer:
    """Lines at the end that belong to the report's lay-out and not to the table."""

    line: int


@dataclass(frozen=True, slots=True)
class Head:
    """A table's delimiter, its headers, and the line they are on."""

    delimiter: str
    headers: tuple[str, ...]
    line: int


class _Lines:
    """Physical lines of a file; remembers whether the end was reached while more was wanted."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.exhausted = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            self.exhausted = True
            raise StopIteration
        return line


def head(text: Text) -> Head:
    """Return the delimiter and headers of a file; raise ImportFailed when there are none."""
    with text.open() as file:
        delimiter = _delimiter(file)
        file.seek(0)
        for line, cells, _ in _parsed(file, delimiter):
            if any(cell.strip() for cell in cells) and not _announces(cells):
                if len(cells) == 1:
                    raise ImportFailed(str(text.path), _ONE_COLUMN)
                return Head(delimiter, tuple(clean(cell) for cell in cells), line)
    raise ImportFailed(str(text.path), "The file holds only blank lines. Export it again.")


def records(text: Text, top: Head) -> Iterator[Record | Damage | Footer]:
    """Yield every record after the headers, in the file's order."""
    with text.open() as file:
        yield from _without_footer(_body(file, top), len(top.headers))


def clean(cell: str) -> str:
    """Take marks, zero characters and outer blanks from a cell."""
    return cell.replace("\x00", "").strip("\ufeff \t\r\n\xa0")


def _delimiter(file: TextIO) -> str:
    for line in file:
        if line.lower().startswith("sep=") and len(line.strip()) == 5:
            return line[4]
        if line.strip():
            bare = re.sub(r'"[^"]*"', "", line)
            return max(_DELIMITERS, key=bare.count)
    return ","


def _announces(cells: list[str]) -> bool:
    """Recognise Excel's `sep=;` line, whatever it was cut at."""
    return cells[0].lower().startswith("sep=")


def _parsed(file: TextIO, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Yield the first line, the cells, and what is wrong with each record."""
    csv.field_size_limit(MAX_CELL)  # the module's own limit would refuse long texts
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], f"the line cannot be cut into cells ({error})"
            continue
        unclosed = (
            lines.exhausted
            and f"a quotation mark opened here never closes: {_swallowed(reader.line_num - line)}"
        )
        yield line, cells, unclosed or None


def _swallowed(lines: int) -> str:
    return f"the {lines} lines after it were read as one text" if lines else "close it"


def _body(file: TextIO, top: Head) -> Iterator[Record | Damage]:
    width = len(top.headers)
    for line, cells, damage in _parsed(file, top.delimiter):
        if line <= top.line:
            continue
        if damage:
            yield Damage(line, damage)
        elif len(cells) == width or not any(cells):
            yield Record(line, cells)
        else:
            yield _ragged(line, cells, width)


def _ragged(line: int, cells: list[str], width: int) -> Record | Damage:
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return Record(line, cells[:width])
    if len(cells) == 1:
        return Record(line, cells)  # perhaps a footer; judged when the file's end is known
    more = "more" if len(cells) > width else "fewer"
    return Damage(line, f"it has {len(cells)} cells, {more} than the {width} headers")


def _without_footer(
    body: Iterator[Record | Damage], width: int
) -> Iterator[Record | Damage | Footer]:
    """Set apart the single-cell lines that follow the last blank line of a wider table."""
    held: list[Record] = []
    for record in body:
        if width > 1 and isinstance(record, Record) and _maybe_footer(record, begun=bool(held)):
            held.append(record)
            continue
        yield from _judged(held, width)
        held = []
        if isinstance(record, Damage):
            yield record
        else:
            yield from _judged([record], width)
    yield from (Footer(record.line) for record in held if any(record.cells))


def _maybe_footer(record: Record, *, begun: bool) -> bool:
    filled = sum(bool(cell.strip()) for cell in record.cells)
    return filled == 0 or (begun and filled == 1 and bool(record.cells[0].strip()))


def _judged(held: list[Record], width: int) -> Iterator[Record | Damage]:
    """Give back lines that looked like a footer but were followed by more of the table."""
    for record in held:
        if len(record.cells) == width and any(record.cells):
            yield record
        elif any(record.cells):
            yield Damage(record.line, f"it has 1 cell, fewer than the {width} headers")
