"""Since when, in a person's words: "since monday", "3 Nov", "last week", "since our last call"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import dateparser

from bot.language.periods import add_months, months, start
from core.errors import Invalid

Touch = Literal["any", "meeting", "call", "email", "qbr"]

LONGEST = 400
"""So many days back facts are compared at most."""

_LEAD = re.compile(r"^(?:(?:since|from|after|in|over|within|during|the|our|my|this|of|on)\s+)+")
_TOUCHES: tuple[tuple[Touch, str], ...] = (
    ("qbr", r"(?:qbr|(?:quarterly )?business review)"),
    ("meeting", r"(?:meeting|met|meet|visit|sync|check-?in)"),
    ("email", r"(?:e-?mails?|mails?|wrote|message)"),
    ("call", r"(?:call(?:ed)?|phone)"),
    ("any", r"(?:touch(?: ?point)?|contact|talk(?:ed)?|sp[eo]ken?|speak|conversation|interaction)"),
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTS |= {"seven": 7, "ten": 10, "few": 3, "couple": 2, "": 1}
_COUNT = r"(\d{1,3}|" + "|".join(word for word in _COUNTS if word) + r"|)"
_UNIT = r"(hour|hr|h|day|d|week|wk|w|fortnight|month|mth|quarter|year)s?"


@dataclass(frozen=True, slots=True)
class Last:
    """The last time that somebody was in touch, in one way or in any."""

    touch: Touch


Since = date | Last
"""Since a day, from its first minute where the reader is, or since a touch."""


def read(words: str, today: date) -> Since:
    """Return what is meant; raises Invalid when it is no day, or none of the past 400."""
    text = re.sub(r"\s+", " ", words.lower().replace("\u2019", "'").strip(" .,!?"))
    if touch := _touch(text):
        return Last(touch)
    bare = _LEAD.sub("", text).strip()
    on = next((day for rule in _RULES if (day := rule(bare, today))), None)
    if on is None:
        raise Invalid(
            f"I could not tell since when “{words}” is. Say for example “since Monday”, "
            "“since 3 Nov”, “the last two weeks” or “since our last call”.",
            field="since",
        )
    if on > today:
        raise Invalid("That day has not come yet. Name one that has.", field="since")
    if (today - on).days > LONGEST:
        raise Invalid("I look back 400 days at most. Name a later day.", field="since")
    return on


def working_day_before(today: date) -> date:
    """Return the last working day before a day."""
    day = today - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _touch(text: str) -> Touch | None:
    """Read the last time that somebody was in touch: "our last call", "we last spoke"."""
    if not re.search(r"\blast\b|\bprevious\b|\bwe\b|\bi\b", text) and not re.search(
        r"^(?:since )?(?:the |our |my )?(?:qbr|call|meeting)$", text
    ):
        return None
    return next((kind for kind, form in _TOUCHES if re.search(rf"\b{form}\b", text)), None)


def _named(text: str, today: date) -> date | None:
    if text in ("today", "now", "morning", "day"):
        return today
    if text in ("yesterday", "last night", "last evening"):
        return today - timedelta(days=1)
    if text in ("day before yesterday",):
        return today - timedelta(days=2)
    return None


def _counted(text: str, today: date) -> date | None:
    lead, end = r"(?:last |past |previous )?(?:a (?=few|couple))?", r"(?: ago| back)?"
    match = re.fullmatch(rf"{lead}{_COUNT} ?(?:of )?(?:business |working )?{_UNIT}{end}", text)
    if match is None or (not match[1] and not re.match("past|last|previous", text)):
        return _this(text, today)
    if not match[1] and not text.startswith("past"):
        return _last(match[2], today)
    count = int(match[1]) if match[1].isdigit() else _COUNTS[match[1]]
    return _back(match[2], count, today)


def _back(unit: str, count: int, today: date) -> date:
    if unit[0] == "m" or unit == "quarter":
        return months(today, -count * (3 if unit == "quarter" else 1))
    if unit == "year":
        return months(today, -12 * count)
    if unit[0] == "h":
        return today - timedelta(days=-(-count // 24))
    days = {"d": 1, "w": 7, "f": 14}[unit[0]]
    return today - timedelta(days=days * count)


def _last(unit: str, today: date) -> date | None:
    """Read "last week" and the like: from the first day of the one that is over."""
    if unit[0] in "hdf":
        return _back(unit, 1, today)
    name = {"w": "week", "m": "month", "q": "quarter", "y": "year"}[unit[0]]
    return start(name, today, -1)


def _this(text: str, today: date) -> date | None:
    """Read a period that runs: it began on its first day, or before today if that is today."""
    match = re.fullmatch(
        r"(?:(?:beginning|start) of )?(?:the |this )?(week|month|quarter|year)", text
    )
    if match is None:
        return None
    first = start(match[1], today, 0)
    return first if first < today else working_day_before(today)


def _weekday(text: str, today: date) -> date | None:
    match = re.fullmatch(rf"(last |previous )?({'|'.join(_DAYS)})\w*", text)
    if match is None or not re.fullmatch(
        r".*(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?", text
    ):
        return _weekday("friday", today) if "weekend" in text else None
    number = _DAYS.index(match[2])
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def _month(text: str, today: date) -> date | None:
    match = re.fullmatch(
        r"(?:last |(?:beginning|start) of )?"
        r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
        text,
    )
    if match is None:
        return None
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    first = add_months(date(today.year, 1, 1), names.index(match[1]))
    return first if first <= today else add_months(first, -12)


def _written(text: str, today: date) -> date | None:
    """Read a day with its number: 3 Nov, the 8th, 2026-11-03, 11/3."""
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", text):
        return _ordinal(int(match[1]), today)
    if match := re.fullmatch(r"q([1-4])(?: (\d{4}))?", text):
        first = date(int(match[2] or today.year), int(match[1]) * 3 - 2, 1)
        return first if match[2] or first <= today else first.replace(year=today.year - 1)
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text):
        text = f"{text}.{today.year}"
    if not re.search(r"\d", text) or not re.fullmatch(r"[\w ,./-]+", text):
        return None
    noon = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001 (dateparser's is naive)
    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": noon,
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "MDY" if "/" in text else "DMY",
        },
    )
    return found.date() if found else None


def _ordinal(number: int, today: date) -> date | None:
    for back in range(3):
        first = add_months(today.replace(day=1), -back)
        if 1 <= number <= 28 and first.replace(day=number) < today:
            return first.replace(day=number)
        last = add_months(first, 1) - timedelta(days=1)
        if 28 < number <= last.day and first.replace(day=number) < today:
            return first.replace(day=number)
    return None


_RULES: tuple[Callable[[str, date], date | None], ...] = (
    _named,
    _counted,
    _weekday,
    _month,
    _written,
)
