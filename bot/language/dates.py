"""Days in a person's words: "til fri", "end of quarter", "the 8th", "in two weeks"."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import dateparser

from bot.language.periods import (
    add_months,
    end,
    in_month,
    length,
    middle,
    months,
    start,
    working,
)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "couple of": 2, "couple": 2, "few": 3, "another": 1,
}  # fmt: skip
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT = (
    r"(?:\d{1,3}|(?:a |another )?(?:couple(?: of)?|few)|"
    + "|".join(word for word in _COUNTS if " " not in word and word not in ("couple", "few"))
    + ")"
)
_UNIT = r"(?:(?:business |working |work )?days?|d|weeks?|wks?|w|fortnights?|months?|mths?|mos?)"
_PERIOD = r"(?:week|month|quarter|qtr|year)"
_FORMS = (
    r"\d{4}-\d{1,2}-\d{1,2}",
    r"\d{1,2}[/.]\d{1,2}(?:[/.](?:\d{4}|\d{2}))?",
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? \d{{4}})?",
    rf"{_MONTH}\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?",
    r"(?:the )?day after tomorrow|tomorr?ow|tmrw|tmr|tmw|today|tonight|yesterday",
    rf"(?:in |for |after )?(?:the next )?(?!and\b){_COUNT} ?{_UNIT}"
    r"(?: from (?:now|today)|'s time| time| later)?",
    rf"(?:the )?(?:end|start|beginning|middle)(?: of)? (?:the |this |next )?(?:{_PERIOD}|{_MONTH})",
    rf"(?:this |next )?(?:{_PERIOD})[- ]end|early next {_PERIOD}"
    rf"|mid[- ](?:next )?(?:month|{_MONTH})",
    rf"{_WEEKDAY} next week|next week(?:'s)?,? (?:on )?{_WEEKDAY}",
    rf"(?:this |next |coming |the following |this coming |last )?{_WEEKDAY}"
    r"(?: (?:morning|afternoon|evening|night))?",
    rf"(?:next|this|the following|last) {_PERIOD}|(?:next|this|the) weekend",
    r"eod|eow|eom|eoq|eoy|the new year|new year",
    r"q[1-4](?: \d{4})?",
    r"the \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)",
)
PATTERN = "(?:" + "|".join(_FORMS) + r")(?![\w-])"
"""What a day looks like in lower-case text; a month alone counts only after until."""
_LONE_MONTH = re.compile(rf"(?:next )?({_MONTH})")
_LEAD = re.compile(r"^(?:(?:until|till?|til|to|by|on|after|before|around|at|from)\s+)+")


def resolve(words: str, today: date) -> date | None:
    """Return the day that `words` mean as seen from `today`, None when they mean none."""
    text = re.sub(r"\s+", " ", words.lower().replace("'s time", " time").strip(" .,!?"))
    text = _LEAD.sub("", text)
    text = re.sub(r" (?:morning|afternoon|evening|night|please|pls)$", "", text)
    for rule in _RULES:
        if day := rule(text, today):
            return day
    return None


def _near(text: str, today: date) -> date | None:
    if text in ("today", "tonight", "eod"):
        return today
    if re.fullmatch(r"tomorr?ow|tmrw|tmr|tmw", text):
        return today + timedelta(days=1)
    if text == "yesterday":
        return today - timedelta(days=1)
    return today + timedelta(days=2) if text.endswith("day after tomorrow") else None


def _counted(text: str, today: date) -> date | None:
    form = rf"(?:in |for |after )?(?:the next )?({_COUNT}) ?({_UNIT})(?: from .*| time| later)?"
    if not (match := re.fullmatch(form, text)):
        return None
    word = re.sub(r"^(?:a|another) (?=couple|few)", "", match[1])
    count = int(word) if word.isdigit() else _COUNTS[word]
    unit = match[2]
    if unit.startswith(("business", "work")):
        return working(today, count)
    if unit.startswith("m"):
        return months(today, count)
    days = 14 if unit.startswith("f") else 7 if unit.startswith("w") else 1
    return today + timedelta(days=count * days)


def _weekday(text: str, today: date) -> date | None:
    form = rf"(this |next |coming |the following |this coming |last )?({_WEEKDAY})( next week)?"
    text = re.sub(rf"^next week(?:'s)?,? (?:on )?({_WEEKDAY})$", r"\1 next week", text)
    if not (match := re.fullmatch(form, text)):
        return None
    number = next(place for place, day in enumerate(_DAYS) if day.startswith(match[2][:3]))
    monday = today - timedelta(days=today.weekday())
    if match[1] == "next " or match[3]:
        return monday + timedelta(days=7 + number)
    if match[1] == "last ":
        return monday + timedelta(days=number - 7)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _period(text: str, today: date) -> date | None:
    """Read a whole period: it begins on its first working moment, "this" one ends with itself."""
    text = re.sub(r"^the following ", "next ", text).replace("qtr", "quarter")
    if text in ("next weekend", "this weekend", "the weekend"):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return saturday if text != "next weekend" else saturday + timedelta(days=7)
    if match := re.fullmatch(r"(?:early )?next (week|month|quarter|year)", text):
        return start(match[1], today, 1)
    if match := re.fullmatch(r"this (week|month|quarter|year)", text):
        return end(match[1], today)
    return date(today.year + 1, 1, 1) if text in ("new year", "the new year") else None


def _edge(text: str, today: date) -> date | None:
    """Read the end, start or middle of a period."""
    short = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
    if text in short:
        return end(short[text], today)
    text = text.replace("qtr", "quarter")
    text = re.sub(rf"^((?:this |next )?)({_PERIOD})[- ]end$", r"end of \1\2", text)
    text = re.sub(r"^mid[- ]", "middle of ", text)
    form = rf"(?:the )?(end|start|beginning|middle)(?: of)? (the |this |next )?({_PERIOD}|{_MONTH})"
    if not (match := re.fullmatch(form, text)):
        return None
    if match[3] not in ("week", "month", "quarter", "year"):
        return in_month(match[1], _month_start(match[3], today))
    base = start(match[3], today, 1) if match[2] == "next " else today
    if match[1] == "end":
        return end(match[3], base - timedelta(days=1) if base != today else today)
    first = start(match[3], base, 0)
    first = first if first > today else start(match[3], today, 1)
    return first if match[1] != "middle" else middle(match[3], today, base)


def _ordinal(text: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)|the (\d{1,2})", text)
    number = int(match[1] or match[2]) if match else 0
    if not 1 <= number <= 31:
        return None
    for ahead in range(12):
        first = add_months(today.replace(day=1), ahead)
        if number <= length(first) and first.replace(day=number) > today:
            return first.replace(day=number)
    return None


def _quarter(text: str, today: date) -> date | None:
    if not (match := re.fullmatch(r"q([1-4])(?: (\d{4}))?", text)):
        return None
    month = int(match[1]) * 3 - 2
    if match[2]:
        return date(int(match[2]), month, 1)
    year = today.year if date(today.year, month, 1) > today else today.year + 1
    return date(year, month, 1)


def _lone_month(text: str, today: date) -> date | None:
    match = _LONE_MONTH.fullmatch(text)
    return _month_start(match[1], today) if match else None


def _written_out(text: str, today: date) -> date | None:
    """Read a day with its number and month; dateparser is asked only for what looks like one."""
    if not any(re.fullmatch(form, text) for form in _FORMS[:4]):
        return None
    noon = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001 (dateparser's is naive)
    found = dateparser.parse(
        text.replace(" the ", " "),
        languages=["en"],
        settings={
            "RELATIVE_BASE": noon,
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY" if "." in text else "MDY",
        },
    )
    return found.date() if found else None


_RULES: tuple[Callable[[str, date], date | None], ...] = (
    _near, _counted, _weekday, _period, _edge, _ordinal, _quarter, _lone_month, _written_out,
)  # fmt: skip


def _month_start(name: str, today: date) -> date:
    number = next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
    year = today.year if date(today.year, number, 1) > today else today.year + 1
    return date(year, number, 1)
