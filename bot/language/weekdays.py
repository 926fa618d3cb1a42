"""Weekdays in a person's words: "weekdays", "mon, wed and fri", "every day"."""

import re

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SETS = {
    "weekdays": frozenset(range(1, 6)),
    "working days": frozenset(range(1, 6)),
    "work days": frozenset(range(1, 6)),
    "weekends": frozenset({6, 7}),
    "every day": frozenset(range(1, 8)),
    "all days": frozenset(range(1, 8)),
    "daily": frozenset(range(1, 8)),
}


def resolve(words: str) -> frozenset[int] | None:
    """Return the ISO numbers of the days that `words` mean, None when they mean none."""
    text = " ".join(words.lower().strip(" .!").split())
    if text in _SETS:
        return _SETS[text]
    named = [one for one in re.split(r"\s*(?:,|&|\band\b|\s)\s*", text) if one and one != "on"]
    days = [_day(one) for one in named]
    return frozenset(day for day in days if day) if days and all(days) else None


def _day(word: str) -> int | None:
    if not re.fullmatch(
        r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?", word
    ):
        return None
    return _NAMES.index(word[:3]) + 1
