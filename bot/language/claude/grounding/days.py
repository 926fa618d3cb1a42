"""Days, months, quarters and times of day in text, and whether other text bears them out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"
_PATTERNS = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?!\s?%){_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:in|by|since|until|till|of|last|next|for|from|to|late|early|mid|before|after)[ -]"
        rf"{_MONTH}",
        re.IGNORECASE,
    ),
)
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)s?\b"
)
_ANY_CASE_WEEKDAY = re.compile(_WEEKDAY.pattern, re.IGNORECASE)
_LITERAL = re.compile(
    r"\b(?:Q[1-4]|H[12]|FY\s?'?\d{2,4}|\d{1,2}:\d{2}|\d{1,2}\s?[ap]m|noon|midnight)\b",
    re.IGNORECASE,
)
_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_TOLD_APART = ("yesterday", "tomorrow")
"""“Today” is how one says “now”, and says nothing that could be wrong."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was said; parts that were not said are None."""

    said: str
    year: int | None
    month: int
    day: int | None

    def rests_on(self, source: "Day") -> bool:
        """Tell whether `source` is this day, as far as this says which."""
        return (
            self.month == source.month
            and self.day in (None, source.day)
            and (self.year is None or source.year in (None, self.year))
        )


class Calendar:
    """The days that a text speaks of, seen from today."""

    def __init__(self, text: str, today: date) -> None:
        """Take the text and the reader's day."""
        self._days, rest = _split(text)
        self._days.append(Day("today", today.year, today.month, today.day))
        low = rest.lower()
        self._offsets = {
            offset for word, offset in _RELATIVE.items() if re.search(rf"\b{word}\b", low)
        }
        self._weekdays = {found[1].lower()[:3] for found in _ANY_CASE_WEEKDAY.finditer(text)}
        self._literals = {_squeezed(found[0]) for found in _LITERAL.finditer(text)}
        self._today = today
        for offset in self._offsets:
            self._weekdays.add(_weekday(today + timedelta(days=offset)))
        self._weekdays |= {_weekday(on) for on in map(self._nearest, self._days[:-1]) if on}

    def missing(self, prose: str) -> list[str]:
        """Return what `prose` says of days, quarters and times that the text does not say."""
        said, rest = _split(prose)
        missing = [one.said for one in said if not any(map(one.rests_on, self._days))]
        missing += [
            found[0]
            for found in _ANY_CASE_WEEKDAY.finditer(rest)
            if found[0][0].isupper() and found[1].lower()[:3] not in self._weekdays
        ]
        missing += [
            found[0]
            for found in _LITERAL.finditer(rest)
            if _squeezed(found[0]) not in self._literals
        ]
        return missing + [word for word in _TOLD_APART if self._lacks(word, rest.lower())]

    def _lacks(self, word: str, text: str) -> bool:
        if not re.search(rf"\b{word}\b", text) or _RELATIVE[word] in self._offsets:
            return False
        on = self._today + timedelta(days=_RELATIVE[word])
        return not any((one.month, one.day) == (on.month, on.day) for one in self._days)

    def _nearest(self, day: Day) -> date | None:
        """Return the date that is meant when the year was left out: the one closest to today."""
        if day.day is None:
            return None
        years = [day.year] if day.year else [self._today.year + step for step in (-1, 0, 1)]
        dates = [one for year in years if (one := _date(year, day.month, day.day))]
        return min(dates, key=lambda one: abs((one - self._today).days), default=None)


def without_days(text: str) -> str:
    """Return the text without what speaks of days, quarters and times, for reading its figures."""
    return _LITERAL.sub(" ", _split(text)[1])


def _split(text: str) -> tuple[list[Day], str]:
    """Return the days of a text, and what is left of it."""
    days: list[Day] = []
    for pattern in _PATTERNS:
        days += [day for found in pattern.finditer(text) if (day := _day(found))]
        text = pattern.sub(" ", text)
    return days, text


def _day(found: re.Match[str]) -> Day | None:
    parts = found.groupdict()
    month = parts["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    day, year = parts.get("day"), parts.get("year")
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return Day(found[0].strip(" ."), int(year) if year else None, number, int(day) if day else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(on: date) -> str:
    return _WEEKDAYS[on.weekday()]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s']", "", text).lower()
