"""Which kind of text a request for one means, and what it is about."""

import re

_KINDS = {
    "agenda": r"\bagendas?\b|\binvit(?:e|ation)s?\b",
    "call": r"\b(?:call|phone|calling) ?scripts?\b|\bscripts?\b|\btalk(?:ing)? ?(?:track|points?)\b"
    r"|\bon the phone\b|\bsay to\b",
    "email": r"\b(?:e-?)?mails?\b|\bwrite\b",
}
_SUBJECTS = {
    "qbr_preparation": r"\bqbrs?\b|\bbusiness reviews?\b",
    "renewal_preparation": r"\brenewals?\b|\brenew(?:ing)?\b",
    "value_update": r"\bvalue (?:recap|update|summary|mail|e-?mail)s?\b|\brecaps?\b",
    "training": r"\btrainings?\b",
    "kickoff": r"\bkick-?offs?\b",
    "onboarding_checkpoint": r"\bonboarding\b",
    "request_feedback": r"\bfeedback\b",
    "multi_year_offer": r"\b(?:multi|several|two|three)[- ]years?\b",
    "upsell_proposal": r"\bup-?sell\b|\bproposal\b|\bmore seats\b",
    "expansion_discussion": r"\bexpansion\b|\bexpanding\b",
    "support_issues": r"\b(?:support|open) (?:tickets?|issues?)\b|\btickets?\b",
    "success_review": r"\bsuccess reviews?\b|\banniversary\b",
    "check_in": r"\bcheck(?:ing)?-? ?ins?\b",
}
"""The play that a text is for, by the words that name it; the first that fits counts."""


def about(text: str) -> dict[str, str]:
    """Return the argument `about` of a masked text; nothing when it names no subject."""
    found = (play for play, words in _SUBJECTS.items() if re.search(words, text, re.IGNORECASE))
    return {"about": name} if (name := next(found, None)) else {}


def kind(text: str) -> dict[str, str]:
    """Return the argument `kind` of a masked text; nothing when it does not say."""
    found = (name for name, words in _KINDS.items() if re.search(words, text, re.IGNORECASE))
    return {"kind": name} if (name := next(found, None)) else {}
