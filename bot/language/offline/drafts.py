"""Which kind of text a request for one means."""

import re

_KINDS = {
    "agenda": r"\bagendas?\b|\binvit(?:e|ation)s?\b",
    "call": r"\b(?:call|phone|calling) ?scripts?\b|\bscripts?\b|\btalk(?:ing)? ?(?:track|points?)\b"
    r"|\bon the phone\b|\bsay to\b",
    "email": r"\b(?:e-?)?mails?\b|\bwrite\b",
}


def kind(text: str) -> dict[str, str]:
    """Return the argument `kind` of a masked text; nothing when it does not say."""
    found = (name for name, words in _KINDS.items() if re.search(words, text, re.IGNORECASE))
    return {"kind": name} if (name := next(found, None)) else {}
