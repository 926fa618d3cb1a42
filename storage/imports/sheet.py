"""How a source is declared: sources hold sheets, a sheet maps headers to the fields of a kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

from storage.imports.values import Converter

if TYPE_CHECKING:
    from storage.imports.book import Book

Values = dict[str, Any]


class Rejection(Exception):
    """A line cannot be kept: the column at fault, if it is one, and the reason."""

    def __init__(self, reason: str, column: str | None = None) -> None:
        """Take the reason as a person reads it and the column's header."""
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be kept under (source, source_id).

    `values` are what the file says; `first` are values for a row that is not there yet. With
    `patch` the row is only changed when it exists. `shared` rows may be named by many lines.
    With `fills`, the id of a row of another source, that row gets of `first` what it lacks.
    """

    table: str
    source_id: str
    values: Values
    first: Values = field(default_factory=dict)
    patch: bool = False
    shared: bool = False
    fills: str | None = None


@dataclass(slots=True)
class Line:
    """One record while it is being read: `values` by field, `cells` by bare header."""

    number: int
    values: Values
    cells: Mapping[str, str]

    def get(self, name: str) -> Any:
        """Return a field's value, None when the file has no such column or the cell is blank."""
        return self.values.get(name)

    def pick(self, *names: str) -> Values:
        """Return those of the fields that the file has columns for."""
        return {name: self.values[name] for name in names if name in self.values}


Builder = Callable[[Line, "Book"], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line can be: its fields with converters, and how they become rows.

    `names` are headers that the world uses for a field, best first; `notes` are sentences for
    what was noticed, with `{count}`, `{of}` and `{share}`.
    """

    name: str
    tables: tuple[str, ...]
    fields: Mapping[str, Converter]
    build: Builder
    required: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skip:
    """Lines to leave out: those whose `column` holds one of `words`, and why."""

    column: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a source.

    `signature` are headers without which it is something else, `absent` those that mark a
    look-alike; `columns` says which headers hold a field; `adjust` completes a line before its
    rows are built; `finish` yields rows once the file is at its end.
    """

    name: str
    kind: Kind
    signature: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    convert: Mapping[str, Converter] = field(default_factory=dict)
    skip: tuple[Skip, ...] = ()
    ignored: Mapping[str, str] = field(default_factory=dict)
    adjust: Callable[[Line, "Book"], None] | None = None
    finish: Callable[["Book"], Iterable[Row]] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    def converter(self, name: str) -> Converter:
        """Return the converter of a field."""
        return self.convert.get(name) or self.kind.fields[name]


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Files that Steward recognises and leaves alone, by name, and why."""

    files: tuple[str, ...]
    reason: str

    def fits(self, name: str) -> bool:
        """Tell whether a file of that name is meant."""
        return any(fnmatch(name.lower(), pattern) for pattern in self.files)


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of import: its sheets in the order in which they are read.

    `recalls` names tables whose rows, also those of earlier imports, later sheets look at. A
    `last` source is read after the others, whose accounts it joins; a `general` one takes the
    files that no other source knows; the ids in one that `borrows` may be those of another.
    """

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    unneeded: tuple[Unneeded, ...] = ()
    recalls: tuple[str, ...] = ()
    general: bool = False
    borrows: bool = False
    last: bool = False
