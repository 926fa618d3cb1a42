"""Commands to the digest: on, off, another time, another place; only whole, clear sentences."""

import re
from typing import Any

from bot.language import times
from bot.language.offline import away_commands, digest_days
from bot.language.offline.politeness import LEAD, is_doubtful
from bot.language.offline.reading import Reading
from bot.language.text import CHANNEL, TIME, words
from bot.tools.tool import ToolCall

_LEAD = re.compile(LEAD, re.IGNORECASE)
_DIGEST_WORDS = words(
    "the my a an this our your me us i it to in into for of at by on off up from with and "
    "here there channel every each day daily morning mornings weekday weekdays digest "
    "digests summary update updates message messages mail list top five 5 actions action "
    "post send deliver get receive turn switch put set make move change shift push start "
    "enable activate stop disable mute pause cancel end unsubscribe subscribe subscription "
    "sign no more any anymore again please pls thanks time instead want would like these "
    "those that sending posting getting don't dont do not i'd let's shall should have give "
    "tell what"
)
_DIGEST = re.compile(
    r"\b(?:digests?|daily (?:summary|updates?|mail|list|messages?)|morning "
    r"(?:summary|messages?|mail|list|updates?)|(?:un)?subscribe"
    r"|top (?:five|5)(?= .*\b(?:every|each) (?:day|morning|weekday)))\b",
    re.IGNORECASE,
)
_OFF = re.compile(r"\b(?:off|stop|disable|mute|pause|cancel|end|unsubscribe|no more)\b", re.I)
_UNWANTED = re.compile(r"\b(?:don'?t|do not) want\b(?: to (?:get|receive))?", re.I)
_NEGATION = re.compile(r"\b(?:don'?t|not?|never)\b", re.I)
_ON = re.compile(r"\b(?:on|start|enable|activate|subscribe|sign)\b", re.I)
_SEND = re.compile(r"\b(?:send|post|deliver|get|receive|give|put|want|would like|have)\b", re.I)
_EVERY = re.compile(rf"\b(?:every|each|daily|mornings?|weekdays?)\b|{TIME}", re.I)
_MOVE = re.compile(r"\b(?:move|change|shift|set|make|instead)\b", re.I)
_NO_COMMAND = re.compile(
    r"^(?:when|what|where|why|how|is|am|are|does|do (?!not)|did|which|who|should|shall|have|if"
    r"|the|(?:i|we) (?!want|would|don'?t want|do not want))\b",
    re.I,
)


def command(reading: Reading) -> ToolCall | None:
    """Return the `digest_settings` call with the change that the text commands, else None."""
    if call := away_commands.command(reading):
        return call
    text = reading.masked.text
    rest = _LEAD.sub("", text, count=1)
    if is_doubtful(text) or _NO_COMMAND.match(rest) or not (_DIGEST.search(text)):
        return None
    rest, days = digest_days.split(digest_days.named(reading.masked, rest))
    if reading.mentions or not all(word in _DIGEST_WORDS for word in _words(rest)):
        return None
    change = _change(rest) if not days else _on_days(rest, days)
    return ToolCall("digest_settings", change | _place(reading)) if change else None


def where(reading: Reading) -> dict[str, Any]:
    """Return the channel that is named; of a wish that is no command also its time and days."""
    text, place = reading.masked.text, _place(reading)
    if is_doubtful(text) or _NO_COMMAND.match(_LEAD.sub("", text, count=1)):
        return {key: value for key, value in place.items() if key == "channel"}
    _, days = digest_days.split(digest_days.named(reading.masked, text))
    return place | ({"days": days} if days else {})


def _change(text: str) -> dict[str, Any]:
    """Return the one change that the words can mean; nothing when they may mean two."""
    rest = _UNWANTED.sub(" ", text)
    if _NEGATION.search(rest) or (rest != text and _OFF.search(rest)):
        return {}
    if rest != text or _OFF.search(text):
        return {} if TIME in text else {"change": "off"}
    if TIME in text and (_MOVE.search(text) or not (_ON.search(text) or _SEND.search(text))):
        return {"change": "time"}
    wanted = _ON.search(text) or (_SEND.search(text) and _EVERY.search(text))
    return {"change": "on"} if wanted else {}


def _on_days(text: str, days: str) -> dict[str, Any]:
    """Return the change to days; nothing when the words may mean that none comes on them."""
    if _UNWANTED.search(text) or _OFF.search(text) or _NEGATION.search(text):
        return {}
    return {"change": "days", "days": days}


def _place(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if said := reading.first(TIME):
        found["time"] = times.resolve(said) or said
    if channel := reading.first(CHANNEL):
        found["channel"] = channel
    elif re.search(r"\b(?:here|this channel)\b", reading.masked.text, re.IGNORECASE):
        found["channel"] = "here"
    return found


def _words(text: str) -> list[str]:
    marks = str.maketrans(dict.fromkeys(TIME + CHANNEL, " "))
    return re.findall(r"[^\s,.!?:;-]+", text.translate(marks).lower())
