"""What the Messages tab suggests to ask: it fits the reader's accounts and their day."""

import re
from dataclasses import dataclass

Prompt = tuple[str, str]
"""A title and the message that it sends."""

MOST = 4
"""Slack shows up to four."""

TOP: Prompt = ("My top actions this week", "Show me my top actions this week")
HELP: Prompt = ("What can you do?", "help")
CHANGED: Prompt = ("What changed since yesterday", "What changed since yesterday?")
GENERAL: tuple[Prompt, ...] = (
    TOP,
    ("What to do first", "What should I do first this week?"),
    ("Next action for an account", "What should I do next for Beta Inc?"),
    HELP,
)
"""What is suggested before anything is known of a reader; the manifest says the same."""

EMPTY: tuple[Prompt, ...] = (("How do I add my accounts?", TOP[1]), HELP)
"""For a reader without accounts: the answer to the first says how they come in."""

STRANGER: tuple[Prompt, ...] = (HELP,)

_A_NAME = re.compile(r"[\w&.,'\u2019()+/-]+(?: [\w&.,'\u2019()+/-]+)*")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Day:
    """A reader's day: accounts by name, empty where there is none.

    `first` comes first today, `back` has an action that was put off until now, `here` is what the
    place that they look at is about. `tells_changes` says whether changes can be asked about.
    """

    first: str = ""
    back: str = ""
    here: str = ""
    tells_changes: bool = False


def prompts_for(day: Day) -> tuple[Prompt, ...]:
    """Return what fits the day, no account twice, the list always among them."""
    named = [_next("Next for", day.here), _next("Back now:", day.back), _next("First:", day.first)]
    accounts = list({one[1]: one for one in reversed(named) if one}.values())[::-1]
    general = [TOP, *([CHANGED] if day.tells_changes else []), *GENERAL[1:2], HELP]
    return (*accounts[:2], *general)[:MOST]


def _next(title: str, account: str) -> Prompt | None:
    """Return the question about an account; None where its name would not read as a name."""
    if not account or len(account) > _LONGEST or not _A_NAME.fullmatch(account):
        return None
    return f"{title} {account}", f"What should I do next for {account}?"
