"""Happenings in a person's words: "until the ticket closes", "when Sarah is back"."""

import re
from dataclasses import dataclass

from core.happenings import HAPPENINGS

_LEAD = (
    r"(?:(?:until|till?|'?til)(?:\s+(?:after|when|once))?|(?:right |only )?after|when(?:ever)?"
    r"|once|as soon as|not before)"
)
_AWAY = (
    r"(?:\s+from\s+(?:(?:her|his|their|the) )?(?:holidays?|vacation|leave|parental leave"
    r"|maternity leave|paternity leave|pto|sick leave))?"
)
_PERSON = (
    r"(?:[a-z][\w'-]*)(?:\s+(?:is|are|comes|gets)\s+(?:back|in touch(?: again)?|here again)"
    rf"{_AWAY}|\s+(?:returns|signs in|logs in))"
)
_ANY = "|".join(phrase for one in HAPPENINGS.values() for phrase in one.phrases)
PATTERN = rf"{_LEAD}\s+(?:(?:{_ANY}){_AWAY}|{_PERSON})"
"""What waiting for a happening looks like, the word before it included."""

_LED = re.compile(rf"{_LEAD}\s+", re.IGNORECASE)
_ANYBODY = ("they", "he", "she")


@dataclass(frozen=True, slots=True)
class Event:
    """A happening that somebody waits for; `who` is the person, as named, that is to be back."""

    happening: str
    who: str = ""


def resolve(words: str) -> Event | None:
    """Return the happening that `words` name after "until", "after" or "when"; None without one."""
    text = re.sub(r"\s+", " ", words.lower().strip(" .,!"))
    lead = _LED.match(text)
    said = text[lead.end() :] if lead else text
    for one in HAPPENINGS.values():
        if any(re.fullmatch(f"(?:{phrase}){_AWAY}", said) for phrase in one.phrases):
            return Event(one.name)
    if not re.fullmatch(_PERSON, said):
        return None
    who = said.split()[0]
    return Event("champion_back", "" if who in _ANYBODY else who)
