"""What every command has in common: how it may begin, and what makes it doubtful."""

import re

LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|so|now|right|great|cool|yes|yep|yeah|sure|oops|thanks|thank you|"
    r"steward|please|pls|plz|just|kindly|morning|good morning)\b[\s,!.:-]*"
    r"|(?:can|could|would|will) you (?:please |pls |kindly )?(?:just )?"
    r"|i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need (?:you )?to |i think you can "
    r"|let'?s |let us |go ahead and |you can |i(?:'ll| will) |we(?:'ll| will) |please to )*"
)
"""Greetings and politeness that may stand before a command."""

_REQUEST = re.compile(
    r"(?:.*\b)?(?:(?:can|could) you|(?:would|will) you (?:please|pls|kindly|mind))\b", re.IGNORECASE
)
_MAIL = re.compile(
    r"\b(?:from|to|subject|sent|date|cc|fwd?|re)\s*:\s|\bwrote\s*:|-{3,}|\bforwarded message\b"
    r"|\b(?:(?:best|kind|warm) )?regards\b|\bsincerely\b|\bdear (?!steward)\w+",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:unless|only if|provided that)\b"
    r"|[,;:(.-]\s*(?:but |and |or )?(?:if|assuming|in case|or not|right\?|maybe|perhaps|should we"
    r"|should i|what do you think|no wait|wait,? no|just kidding|jk|kidding|never ?mind|not really"
    r"|actually,? (?:no|don'?t)|cancel that)\b"
    r"|[,;:(.-]\s*(?:don'?t|do not)(?: do (?:it|that)| yet)?[\s.!]*$",
    re.IGNORECASE,
)


def is_own_line(raw: str) -> bool:
    """Tell whether a text as it arrived is one line of somebody's own words.

    What is quoted, pasted or set as code is not: nothing in it is a command.
    """
    lines = raw.strip().splitlines()
    return len(lines) == 1 and "`" not in raw and not _MAIL.search(raw)


def is_doubtful(text: str) -> bool:
    """Tell whether a text asks, quotes, is conditional or takes itself back."""
    if text.startswith((">", '"', "'", "(", "[", "{", "<", "*", "-", "#", "|")):
        return True
    if _CONDITION.search(text):
        return True
    return text.rstrip().endswith("?") and not _REQUEST.match(text)
