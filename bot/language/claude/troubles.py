"""Why Claude cannot help with a question, and the sentence that a person reads about it."""

from enum import StrEnum


class Reason(StrEnum):
    """Why Claude cannot help; the name is kept in the log and in the ledger."""

    NO_KEY = "no_key"
    SWITCHED_OFF = "switched_off"
    RESTING = "resting"
    KEY_REFUSED = "key_refused"
    PAYMENT = "payment"
    MODEL_UNKNOWN = "model_unknown"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    REFUSED = "refused"
    CUT_SHORT = "cut_short"
    UNREADABLE = "unreadable"
    NOT_ACCEPTED = "not_accepted"
    USER_CAP = "user_cap"
    DAY_CAP = "day_cap"
    QUESTION_CAP = "question_cap"
    NO_ANSWER = "no_answer"


SETTINGS = frozenset({Reason.KEY_REFUSED, Reason.PAYMENT, Reason.MODEL_UNKNOWN})
"""What does not pass by itself, as somebody has to mend it: Claude is left alone for an hour."""

PASSING = frozenset({Reason.BUSY, Reason.UNREACHABLE, Reason.TOO_SLOW, Reason.UNREADABLE})
"""What passes by itself; several in a row, and Claude rests for a while."""

_SAYS = {
    Reason.RESTING: "Claude is not well at the moment, so I answered on my own.",
    Reason.KEY_REFUSED: "Claude does not take our key any more, so I answer on my own. "
    "Please tell your admin: `steward doctor` says what to do.",
    Reason.PAYMENT: "Claude wants to be paid first, so I answer on my own. "
    "Please tell your admin that the Anthropic account has no credit or reached its limit.",
    Reason.MODEL_UNKNOWN: "The Claude model that is set is not to be had, so I answer on my own. "
    "Please tell your admin: `steward doctor` says what to do.",
    Reason.BUSY: "Claude is busy right now, so I answered on my own.",
    Reason.UNREACHABLE: "I could not reach Claude, so I answered on my own.",
    Reason.TOO_SLOW: "Claude took too long, so I answered on my own.",
    Reason.USER_CAP: "You have used up today's share of Claude, so I answer on my own "
    "until tomorrow.",
    Reason.DAY_CAP: "Today's budget for Claude is used up, so I answer on my own until tomorrow.",
}

_OTHERWISE = "Claude could not help with this one, so I answered on my own."

_QUIET = frozenset({Reason.NO_KEY, Reason.SWITCHED_OFF})
"""Nobody misses what was never there."""


def sentence_of(reason: Reason) -> str:
    """Return what a person reads about a reason; empty when there is nothing to say."""
    return "" if reason in _QUIET else _SAYS.get(reason, _OTHERWISE)


class ClaudeUnavailable(Exception):
    """Claude cannot help with this question, and the offline language answers.

    `says` is the line for the person; empty when they were told before, or need not know.
    """

    def __init__(
        self, reason: Reason, says: str | None = None, *, again_in: float | None = None
    ) -> None:
        """Take the reason, another line than its usual one, and the seconds until a second try.

        `again_in` is None when a second try is of no use.
        """
        super().__init__(reason.value)
        self.reason = reason
        self.again_in = again_in
        self.says = sentence_of(reason) if says is None else says
