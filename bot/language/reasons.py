"""Why something is dismissed, recognised from a person's words."""

import re

from core.recommendations import DismissReason

_WORDS: tuple[tuple[DismissReason, str], ...] = (
    (
        DismissReason.WRONG_DATA,
        r"wrong|incorrect|inaccurate|outdated|out of date|stale|not true|isn'?t true|untrue"
        r"|bad data|mistake|false|left the company|no longer works|doesn'?t work there",
    ),
    (
        DismissReason.ALREADY_DONE,
        r"already|was done|is done|been done|did (?:it|this|that)|done (?:it|this|that|last|yester)"
        r"|^done\b|handled|taken care of|took care|sorted",
    ),
    (
        DismissReason.NOT_RELEVANT,
        r"not relevant|irrelevant|not applicable|n/a|doesn'?t (?:fit|apply|make sense)|no longer"
        r"|does not (?:fit|apply|make sense)|not needed|no need|unnecessary|pointless|useless"
        r"|not useful|not a fit|no point|makes no sense",
    ),
    (
        DismissReason.NOT_NOW,
        r"not now|later|too busy|no time|for now|another time|bad tim|not this (?:week|month|quart)"
        r"|not today|on (?:holiday|vacation|leave)|too early|too soon|not the right time",
    ),
)
PATTERN = "|".join(words for _, words in _WORDS)


def reason_of(words: str) -> DismissReason | None:
    """Return the reason that `words` give, None when they name none of the four."""
    text = words.lower().strip()
    return next((reason for reason, form in _WORDS if re.search(form, text)), None)
