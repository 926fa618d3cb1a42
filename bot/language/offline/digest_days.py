"""The weekdays that a sentence about the digest names: "on Mondays and Thursdays"."""

import re

from bot.language.text import DATE, Masked

DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?"
DAYS = rf"{DAY}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*){DAY})*"
_NAMED = re.compile(DAY, re.IGNORECASE)
_SPLIT = re.compile(
    rf"\b(?:only )?(?:on |to |every |each )?(?P<days>{DAYS}|weekdays?|working days?|work days?)\b"
    r"(?: only\b)?",
    re.IGNORECASE,
)


def named(masked: Masked, rest: str) -> str:
    """Return the end of a masked text with its weekdays as they were written."""
    start = len(masked.text) - len(rest)
    shown = []
    for place, letter in enumerate(rest, start):
        said = masked.original(place, place + 1) if letter == DATE else letter
        shown.append(said if letter == DATE and _NAMED.fullmatch(said) else letter)
    return "".join(shown)


def split(text: str) -> tuple[str, str]:
    """Return a text without its weekdays, and these; untouched when it names none, or two sets."""
    found = list(_SPLIT.finditer(text))
    if len(found) != 1:
        return text, ""
    days = found[0]["days"].lower()
    days = {"weekday": "weekdays", "working day": "working days", "work day": "work days"}.get(
        days, days
    )
    return f"{text[: found[0].start()]} {text[found[0].end() :]}", days
