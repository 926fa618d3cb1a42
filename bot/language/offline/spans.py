"""A stretch of time that is over or still runs: "last 90 days", "this quarter", "last year"."""

import re
from datetime import date, timedelta
from typing import Any

from bot.language.periods import start

_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "couple of": 2, "few": 3,
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
_UNIT = r"(day|week|fortnight|month|quarter|qtr|year)s?"
_NUMBER = r"(\d{1,4}|" + "|".join(_COUNTS) + ")"
_ROLLING = re.compile(
    rf"\b(?:last|past|previous|latest|over|in|for|during|since)?\s*(?:the )?"
    rf"(?:last|past|previous|latest)? ?{_NUMBER} {_UNIT}\b"
)
_PAST = re.compile(rf"\b(?:the past|past) {_UNIT}\b")
_RUNNING = re.compile(
    rf"\b(?:this|current|the current) {_UNIT}\b|\b{_UNIT} to date\b|\b(ytd|qtd|mtd)\b|\b(today)\b"
)
_OVER = re.compile(rf"\b(?:last|previous) {_UNIT}\b")
_SHORT = {"ytd": "year", "qtd": "quarter", "mtd": "month", "today": "day"}
MOST = 3660


def read(text: str, today: date) -> dict[str, Any]:
    """Return `days`, and `until` for a period that is over; nothing when no time is named."""
    text = text.lower()
    if match := _ROLLING.search(text):
        number = int(match[1]) if match[1].isdigit() else _COUNTS[match[1]]
        return {"days": max(1, min(MOST, number * _DAYS[_unit(match[2])]))}
    if match := _PAST.search(text):
        return {"days": _DAYS[_unit(match[1])]}
    if match := _RUNNING.search(text):
        unit = next(filter(None, match.groups()))
        first = _first(_unit(_SHORT.get(unit, unit)), today, 0)
        return {"days": (today - first).days + 1}
    if match := _OVER.search(text):
        return _over(_unit(match[1]), today)
    return {}


def _over(unit: str, today: date) -> dict[str, Any]:
    """Return the whole week, month, quarter or year before the one that runs."""
    last = _first(unit, today, 0) - timedelta(days=1)
    return {"days": (last - _first(unit, today, -1)).days + 1, "until": last.isoformat()}


def _first(unit: str, today: date, ahead: int) -> date:
    if unit in ("day", "fortnight"):
        return today + timedelta(days=ahead * _DAYS[unit])
    return start(unit, today, ahead)


def _unit(word: str) -> str:
    return "quarter" if word == "qtr" else word
