"""Why a digest did not come, in words, and what is said about those that were missed."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from bot.cards.text import day
from bot.outgoing import LATE, OUTSIDE, UNCLEAR
from core.wording import count
from storage.delivery import Delivery

CLOSED: Mapping[str, str] = {
    "channel_not_found": "I cannot find the channel any more",
    "not_in_channel": "I am no longer in the channel",
    "is_archived": "the channel is archived",
    "restricted_action": "posting there is restricted",
    "ekm_access_denied": "an administrator has closed the channel to apps",
    "user_not_found": "Slack no longer knows this person",
    "account_inactive": "my account in Slack is switched off",
    OUTSIDE: "the channel is shared with another company, and a digest names customers",
}
"""What will be the same tomorrow, in words: Slack's refusals, and our own."""

TRAVELLED = "You travelled to another time zone, where that morning was over already."
UNPREPARED = "It could not be prepared in time. Look into Steward's log for that morning."

WORDS: Mapping[str, str] = {
    **{code: f"Not posted: {why}." for code, why in CLOSED.items()},
    LATE: "Slack could not be reached in time.",
    UNCLEAR: "Slack did not tell whether it arrived.",
}
"""The outbox's codes in words; other codes are Slack's own."""

_MOST_NAMED = 3


def not_running(local_time: str) -> str:
    """Say that the process was down at the hour."""
    return f"Steward was not running at {local_time}."


def said_of_missed(missed: Sequence[Delivery], today: date) -> str:
    """Return one sentence about all the digests that were missed; nothing when none were."""
    by_reason = groupby(
        sorted(missed, key=lambda one: (one.problem or "", one.local_date)),
        key=lambda one: one.problem or "",
    )
    said = [f"{_days([one.local_date for one in days], today)}: {why}" for why, days in by_reason]
    return " ".join(["No digest came", *said]) if said else ""


def closing(problem: str) -> str:
    """Return the reason without its lead, to stand after "because"."""
    return problem.removeprefix("Not posted: ").rstrip(".")


def _days(days: Sequence[date], today: date) -> str:
    if len(days) > _MOST_NAMED:
        first, last = day(days[0], today), day(days[-1], today)
        return f"on {count(len(days), 'working day')} from {first} to {last}"
    named = [day(on, today) for on in days]
    joined = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    return joined if joined == "today" else f"on {joined}"
