"""Since when somebody wants to know: "since monday", "last week", "since our last call"."""

import re

from bot.language.offline.reading import Reading
from bot.language.text import DATE

_TOUCH = (
    r"(?:call|meeting|qbr|touch(?:point)?|contact|check[- ]?in|conversation|e?mail|visit|chat|talk"
    r"|sync)"
)
_MOMENT = (
    rf"{DATE}|(?:(?:the|our|my|their) )?(?:last|previous|latest) {_TOUCH}\b"
    r"|(?:we|i) (?:last )?(?:spoke|talked|met|called)(?: (?:last|to them|them))?"
    r"|(?:the )?last time(?: (?:we|i) \w+)?"
)
_SINCE = re.compile(rf"\b(?:since|from|as of|after|than (?:on|in)?)\s+({_MOMENT})", re.IGNORECASE)
_ROLLING = re.compile(
    rf"\b(?:(?:last|past|previous) (?:few |couple of )?(?:\d+ ?|two |three )?"
    rf"(?:days?|weeks?|months?|quarter|hours?|24h|h)|(?:last|past|previous) {DATE}"
    rf"|{DATE} ago|overnight|over night|today|this (?:week|month|quarter)|the weekend)",
    re.IGNORECASE,
)
_SAME = (
    (re.compile(r"over ?night", re.IGNORECASE), "yesterday"),
    (re.compile(r"(?:the )?last time(?: .*)?|.*\blast chat", re.IGNORECASE), "our last talk"),
)
"""What is said in other words than those in which it is read later on."""

_PAST = re.compile(r"yesterday|last |.*days?$|.*weeks?$|.*months?$", re.IGNORECASE)


def since(reading: Reading) -> dict[str, str]:
    """Return the argument `since` when the text says since when, in the person's words."""
    match = _SINCE.search(reading.masked.text)
    return {"since": _words(reading, match, 1)} if match else {}


def since_or_during(reading: Reading) -> dict[str, str]:
    """Return `since` also for a stretch of time: "this week", "the last 7 days", "yesterday"."""
    if found := since(reading):
        return found
    if match := _ROLLING.search(reading.masked.text):
        return {"since": _words(reading, match, 0)}
    day = reading.first(DATE)
    return {"since": day} if day and _PAST.match(day) else {}


def _words(reading: Reading, match: re.Match[str], group: int) -> str:
    said = reading.masked.original(*match.span(group)).strip(" .,?!")
    return next((words for form, words in _SAME if form.fullmatch(said)), said)
