"""Turn cells into values, or say why a cell cannot be read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

BLANK = frozenset({"", "-", "--", "n/a", "#n/a", "null", "none", "nan", "(blank)", "(not set)"})
"""Cells that say nothing, in lower case."""

_EARLIEST, _LATEST = 1980, 2100
_NO_END = 2900


class Unreadable(ValueError):
    """A cell cannot be read as what its column holds; the message says why."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes: which way round dates are, the decimal mark, its time zone.

    `day_first` is None when nothing in the file says whether 3/4 is in March or in April.
    """

    day_first: bool | None = None
    decimal_comma: bool = False
    zone: tzinfo = UTC


Converter = Callable[[str, Style], Any]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS = re.compile(r"\s*[\r\n\x85\u2028\u2029]\s*")
_GROUPED = re.compile(r"-?\d{1,3}([.,' \u00a0\u202f]\d{3})+")
_UNIT = r"(?:[A-Z]{2,3}|[A-Z]{0,3}[$€£¥₹]|%)"
_AMOUNT = re.compile(
    rf"([-+(]?)\s*{_UNIT}?\s*([-+(]?)([\d.,'\s]*\d[.,]?)\s*([kKmM]?)\)?\s*{_UNIT}?"
)
_PLAIN = re.compile(r"-?\d{1,300}(\.\d+)?(E[+-]?\d{1,2})?")
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6}
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?")
_EMAIL = re.compile(r"[^@\s\"<>,;:()\[\]]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def text(cell: str, style: Style) -> str:
    """Keep a text as it is, on one line; a leading = or + has no meaning here.

    A name that breaks the line would say on a card what looks like Steward's own words.
    """
    return _BREAKS.sub(" ", passage(cell, style))


def passage(cell: str, style: Style) -> str:
    """Keep a text of several lines as it is, without control characters."""
    del style
    return _CONTROL.sub("", cell).strip()


def identifier(cell: str, style: Style) -> str:
    """Keep an id; spreadsheets that write 123.0 for 123 are undone."""
    bare = text(cell, style)
    return bare[:-2] if bare.endswith(".0") and bare[:-2].isdigit() else bare


def number(cell: str, style: Style) -> float:
    """Read a number with or without currency, thousands marks and either decimal mark."""
    if _PLAIN.fullmatch(cell) and not (style.decimal_comma and "." in cell):
        return float(cell)
    found = _AMOUNT.fullmatch(cell)
    if not found:
        raise Unreadable(f"{_shown(cell)} is not a number")
    value = float(_plain(found[3].strip(), style)) * _TIMES[found[4].lower()]
    return -value if found[1] in {"-", "("} or found[2] in {"-", "("} else value


def _plain(bare: str, style: Style) -> str:
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return re.sub(r"[' \u00a0\u202f]", "", bare)
    mark = bare[last]
    if _GROUPED.fullmatch(bare) and (bare.count(mark) > 1 or _thousands(mark, style)):
        return re.sub(r"\D", "", bare)
    return re.sub(r"\D", "", bare[:last]) + "." + bare[last + 1 :]


def _thousands(mark: str, style: Style) -> bool:
    return (mark == ".") == style.decimal_comma


def whole(cell: str, style: Style) -> int:
    """Read a whole number."""
    value = number(cell, style)
    if value != int(value) or abs(value) > 2_000_000_000:
        raise Unreadable(f"{_shown(cell)} is not a whole number that can be kept")
    return int(value)


def flag(cell: str, style: Style) -> bool:
    """Read yes or no."""
    word = text(cell, style).lower()
    if word in {"true", "t", "yes", "y", "1", "1.0", "x"}:
        return True
    if word in {"false", "f", "no", "n", "0", "0.0"}:
        return False
    raise Unreadable(f"{_shown(cell)} is neither yes nor no")


def email(cell: str, style: Style) -> str | None:
    """Read an e-mail address in lower case; None when it is none (hashed, a name, a phone)."""
    address = text(cell, style).lower().removeprefix("mailto:")
    return address if _EMAIL.fullmatch(address) and len(address) <= 320 else None


def domain(cell: str, style: Style) -> str | None:
    """Read the domain of a web or e-mail address; None when there is none in it."""
    bare = text(cell, style).lower().split("@")[-1]
    host = re.sub(r"^[a-z]+://", "", bare).split("/")[0].split(":")[0].removeprefix("www.")
    return host if _HOST.fullmatch(host) and len(host) <= 253 else None


def day(cell: str, style: Style) -> date | None:
    """Read a day; None for the far years that exports write for "no end"."""
    if len(cell) == 10 and cell[4:5] == "-":
        try:
            on = date.fromisoformat(cell)
        except ValueError:
            on = None
        if on:
            return on if _plausible(on, cell) else None
    when = moment(cell, style)
    return when.date() if when else None


def moment(cell: str, style: Style) -> datetime | None:
    """Read a moment; one without a zone is in the file's."""
    try:
        when = datetime.fromisoformat(cell)
    except ValueError:
        when = _other_moment(cell, style)
    if not _plausible(when, cell):
        return None
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=style.zone).astimezone(UTC)


def _plausible(when: date, cell: str) -> bool:
    """Tell whether a day is one at all and not "no end"; raise Unreadable for a wrong one."""
    if when.year >= _NO_END:
        return False
    if when.year == 1970:
        raise Unreadable(
            f"{_shown(cell)} lies in 1970: the export wrote seconds where milliseconds belong, "
            "or has no time here"
        )
    if not _EARLIEST <= when.year <= _LATEST:
        raise Unreadable(f"{_shown(cell)} lies outside {_EARLIEST} to {_LATEST}")
    return True


def _other_moment(cell: str, style: Style) -> datetime:
    if re.fullmatch(r"\d{10}|\d{13}", cell):
        return datetime.fromtimestamp(int(cell[:10]), UTC)
    return _written(cell, style)


def _written(cell: str, style: Style) -> datetime:
    """Read 31.12.2026, 12/31/2026 3:05 PM, 2026-1-5 4:05:06 and their like."""
    found = _SLASHED.match(cell)
    if not found:
        raise Unreadable(f"{_shown(cell)} is not a date")
    year, month, number_of_day = _order(found, style)
    clock = _CLOCK.search(cell, found.end())
    hour, minute, second = _time(clock) if clock else (0, 0, 0)
    try:
        return datetime(year, month, number_of_day, hour, minute, second)  # noqa: DTZ001 the caller knows the file's zone
    except ValueError as error:
        raise Unreadable(f"{_shown(cell)} is not a date: {error}") from error


def _order(found: re.Match[str], style: Style) -> tuple[int, int, int]:
    a, b, c = (int(part) for part in found.groups())
    if a > 31:
        return a, b, c
    year = c + 2000 if c < 100 else c
    if a > 12 or "." in found[0]:
        return year, b, a
    if b > 12 or a == b:
        return year, a, b
    if style.day_first is None:
        raise Unreadable(
            f"{_shown(found[0])} can be read two ways: "
            'write dates = "day-first" or dates = "month-first" into a mapping'
        )
    return (year, b, a) if style.day_first else (year, a, b)


def _time(clock: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    half = (clock[4] or "").lower()[:1]
    return (hour % 12 + (12 if half == "p" else 0) if half else hour), minute, second


def choice(words: Mapping[str, str]) -> Converter:
    """Return a converter that finds known words in a cell; None for any other."""

    def convert(cell: str, style: Style) -> str | None:
        word = re.sub(r"[^a-z0-9]+", " ", text(cell, style).lower()).strip()
        return words.get(word)

    return convert


def score(low: float, high: float, *, risk: bool) -> Converter:
    """Return a converter from a scale to 0-100 where higher is healthier."""

    def convert(cell: str, style: Style) -> float:
        value = number(cell, style)
        if not low <= value <= high:
            raise Unreadable(f"{_shown(cell)} lies outside the scale {low:g} to {high:g}")
        share = 100 * (value - low) / (high - low)
        return round(100 - share if risk else share, 4)

    return convert


def is_blank(cell: str) -> bool:
    """Tell whether a cell says nothing."""
    return len(cell) < 10 and cell.lower() in BLANK


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:39] + "…")
