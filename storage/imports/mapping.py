"""A mapping file: TOML that tells which column of an export is which field."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import ImportFailed, Invalid
from core.members import members
from storage.imports import kinds
from storage.imports.reading import Habits
from storage.imports.recognition import sources
from storage.imports.sheet import Kind, Sheet, Source
from storage.imports.values import Converter, score

GUIDE = "storage/sources/README.md describes the format."


def all_kinds() -> dict[str, Kind]:
    """Return every kind of line, by name."""
    from storage.imports.kinds import accounts, history, money, people, support

    del accounts, history, money, people, support
    return {kind.name: kind for kind in members(kinds, Kind) if kind.tables}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnEntry(_Strict):
    """A column with more to say than its field: a score's scale and which end is good."""

    field: str
    scale: tuple[float, float] | None = None
    direction: Literal["health", "risk"] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.scale is None) != (self.direction is None):
            raise ValueError("a score needs both scale and direction")
        if self.scale and self.scale[0] >= self.scale[1]:
            raise ValueError("the scale runs from its low end to its high end")
        return self


class FileEntry(_Strict):
    """One file of the export: what it is, and its columns."""

    kind: str
    match: str = "*"
    columns: Annotated[dict[str, ColumnEntry], Field(min_length=1)]

    @field_validator("columns", mode="before")
    @classmethod
    def _short(cls, columns: object) -> object:
        """Let a column that has only its field be written as that."""
        if not isinstance(columns, dict):
            return columns
        return {
            k: {"field": told} if isinstance(told, str) else told for k, told in columns.items()
        }


class MappingFile(_Strict):
    """The whole mapping file."""

    source: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    dates: Literal["day-first", "month-first"] | None = None
    numbers: Literal["comma", "point"] | None = None
    time_zone: str | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    as_of: date | None = None
    file: tuple[FileEntry, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        try:
            return ZoneInfo(value).key if value else None
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"no time zone is called {value!r}, write one as Europe/Paris"
            ) from error


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that was understood: the source it makes or extends, and how files are written."""

    source: Source
    habits: Habits


def load(path: Path) -> Mapping:
    """Read a mapping file; raise Invalid with the line and the reason when it is wrong."""
    text = _text(path)
    try:
        told = MappingFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{path.name}: {error}. {GUIDE}", "mapping") from error
    except ValidationError as error:
        first = error.errors()[0]
        word = str(first["loc"][-1]) if first["loc"] else ""
        keys = [str(part) for part in first["loc"] if isinstance(part, str)]
        raise _wrong(path, text, _shown(keys, text) or word, first["msg"]) from error
    return Mapping(_source(told, path, text), _habits(told))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportFailed(str(path), f"The mapping cannot be read: {error}.") from error


def _shown(keys: list[str], text: str) -> str:
    return next((key for key in reversed(keys) if _line(text, key)), "")


def _line(text: str, word: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if word and word in line), 0)


def _wrong(path: Path, text: str, word: str, reason: str) -> Invalid:
    line = _line(text, word)
    where = f"line {line}, {word!r}" if line else f"{word!r}"
    return Invalid(f"{path.name}, {where}: {reason}. {GUIDE}", "mapping")


def _habits(told: MappingFile) -> Habits:
    return Habits(
        day_first=None if told.dates is None else told.dates == "day-first",
        decimal_comma=None if told.numbers is None else told.numbers == "comma",
        zone=ZoneInfo(told.time_zone) if told.time_zone else UTC,
        as_of=told.as_of,
        currency=told.currency,
    )


def _source(told: MappingFile, path: Path, text: str) -> Source:
    known = sources().get(told.source)
    if known is None and not told.file:
        raise _wrong(path, text, told.source, "it is no known source, so it needs a [[file]] part")
    base = known or Source(told.source, told.source, (), borrows=True)
    sheets = {sheet.name: sheet for sheet in base.sheets}
    for entry in told.file:
        sheet = _sheet(entry, sheets.get(entry.kind), path, text)
        sheets[sheet.name] = sheet
    return replace(base, sheets=tuple(sheets.values()), general=False)


def _sheet(entry: FileEntry, base: Sheet | None, path: Path, text: str) -> Sheet:
    """Return the sheet that a part of the mapping describes, or the known one with its changes."""
    kind = base.kind if base else all_kinds().get(entry.kind)
    if kind is None:
        names = ", ".join(sorted(all_kinds()))
        raise _wrong(path, text, entry.kind, f"no kind is called so; there are {names}")
    columns: dict[str, tuple[str, ...]] = dict(base.columns) if base else {}
    convert: dict[str, Converter] = dict(base.convert) if base else {}
    own: dict[str, str] = {}
    for header, column in entry.columns.items():
        if column.field and column.field not in kind.fields:
            names = ", ".join(kind.fields)
            raise _wrong(
                path, text, header, f"no field is called {column.field!r}; there are {names}"
            )
        own[column.field] = header
        columns[column.field] = (header, *columns.get(column.field, ()))
        if column.scale:
            convert[column.field] = score(*column.scale, risk=column.direction == "risk")
    ignored = {own[""]: "the mapping says so"} if "" in own else {}
    columns.pop("", None)
    if base:
        return replace(base, columns=columns, convert=convert)
    key = tuple(own[name] for name in kind.required if name in own)
    return Sheet(
        entry.kind, kind, key or tuple(own.values())[:1], columns, files=(entry.match.lower(),),
        convert=convert, ignored=ignored,
    )  # fmt: skip
