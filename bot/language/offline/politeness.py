"""What every command has in common: how it may begin, and what makes it doubtful."""

import re

LEAD = (
    r"(?:(?:hi|hey|hello|ok|okay|so|now|right|great|cool|yes|yep|yeah|sure|oops|thanks|thank you|"
    r"steward|please|pls|plz|just|kindly|morning|good morning)\b[\s,!.:-]*"
    r"|(?:can|could|would|will) you (?:please |pls )?(?:just )?"
    r"|i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need (?:you )?to |i think you can "
    r"|let'?s |let us |go ahead and |you can |i(?:'ll| will) |we(?:'ll| will) |please to )*"
)
"""Greetings and politeness that may stand before a command."""

_REQUEST = re.compile(r"(?:.*\b)?(?:can|could|would|will) you\b", re.IGNORECASE)


def is_doubtful(text: str) -> bool:
    """Tell whether a text asks, quotes or is conditional: nothing to act on."""
    if text.startswith((">", '"', "`", "'", "(")):
        return True
    return text.rstrip().endswith("?") and not _REQUEST.match(text)
