"""Times of day in a person's words: "8am", "8:30", "half past nine", "noon"."""

import re

_HOURS = (
    "twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven",
)  # fmt: skip
_NAMED = "|".join(_HOURS)
_FORMS = (
    rf"(?:half past|quarter past|quarter to) (?:\d{{1,2}}|{_NAMED})",
    r"\d{1,2}[:.h]\d{2} ?(?:am|pm|a\.m\.|p\.m\.)?",
    r"\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.|o'?clock|h)",
    rf"(?:{_NAMED}) ?(?:am|pm|o'?clock)",
    r"noon|midday",
    rf"(?<=\bat )(?:\d{{1,2}}|{_NAMED})",
    rf"(?<=\bto )(?:\d{{1,2}}|{_NAMED})",
)
PATTERN = r"\b(?:" + "|".join(_FORMS) + r")(?![\w:.]\w)(?!\w)"
"""What a time looks like in lower-case text; a bare number counts only after at or to."""


def resolve(words: str) -> str | None:
    """Return the time that `words` mean as HH:MM, None when they mean none."""
    text = words.lower().strip(" .,!?").removeprefix("at ").replace("a.m.", "am")
    text = text.replace("p.m.", "pm")
    if text in ("noon", "midday"):
        return "12:00"
    if match := re.fullmatch(rf"(half past|quarter past|quarter to) (\d{{1,2}}|{_NAMED})", text):
        minutes = {"half past": 30, "quarter past": 15, "quarter to": -15}[match[1]]
        return _clock(_hour(match[2]) * 60 + minutes)
    form = rf"(\d{{1,2}}|{_NAMED})(?:[:.h](\d{{2}}))? ?(am|pm|o'?clock|h)?"
    match = re.fullmatch(form, text)
    return _read(_hour(match[1]), int(match[2] or 0), match[3]) if match else None


def _read(hour: int, minute: int, half: str | None) -> str | None:
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "pm")
    return _clock(hour * 60 + minute) if hour < 24 and minute < 60 else None


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else (_HOURS.index(word) or 12)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
