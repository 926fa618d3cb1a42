"""Which kind of meeting or activity a word, a title or a subject speaks of."""

import re


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MEETINGS = (
    ("qbr_prep", _any(r"\b(qbr|ebr|business review)\b.*\bprep")),
    ("qbr", _any(r"\b(qbr|ebr|business review)\b")),
    ("kickoff", _any(r"\bkick.?off\b")),
    ("training", _any(r"\b(training|workshop|enablement)\b")),
    ("renewal", _any(r"\brenewal\b")),
    ("executive", _any(r"\b(executive|sponsor)\b")),
    ("check_in", _any(r"\b(check.?in|sync|1:1|weekly|monthly|cadence)\b")),
)
_ACTIVITIES = (
    ("email", _any(r"e-?mail")),
    ("call", _any(r"\bcall")),
    ("note", _any(r"\bnote")),
    ("value_update", _any(r"\bvalue.(update|report|review)")),
    ("login", _any(r"\b(log.?in|sign.?in)")),
    ("milestone", _any(r"\bmilestone")),
    ("feedback", _any(r"^\W*feedback|\b(nps|csat|survey|feedback request)\b")),
)
_REACHED = _any(
    r"^\W*milestone\b|\bmilestone (was )?(reached|achieved|completed|done)\b"
    r"|\b(went|gone|are|is) live\b|\bgo.?live (reached|completed|done)\b"
)
_ASKS = _any(
    r"\b(nps|csat|survey|feedback request|request for feedback|(ask\w*|asking) for feedback)\b"
    r"|\b(share|give|send) (us )?your feedback\b|\byour feedback\b.*\?"
)
_REPLY = _any(r"^\W*(re|aw|antw|sv|fwd?|wg)\s*(\[\d+\])?:")


def meeting_kind(title: str) -> str:
    """Return which kind of meeting a title speaks of."""
    return next((kind for kind, pattern in _MEETINGS if pattern.search(title)), "other")


def activity_kind(word: str, subject: str = "", direction: str | None = None) -> str:
    """Return which kind of activity it is by the system's word for it, its subject and direction.

    A task or note that says so is a milestone. An e-mail or task that asks for feedback is a
    request for it, unless it came in or answers another: then it is the customer who speaks.
    """
    kind = next((kind for kind, pattern in _ACTIVITIES if pattern.search(word)), "task")
    if kind in ("task", "note") and _REACHED.search(subject):
        return "milestone"
    asks = _ASKS.search(subject) and not _REPLY.search(subject)
    return "feedback" if kind in ("email", "task") and asks and direction != "in" else kind
