"""What Steward can do, in the words that a person can say."""

from collections.abc import Sequence

from bot.answers import Card
from bot.cards.blocks import actions, context, header, section
from bot.cards.text import clip, mrkdwn
from bot.cards.writing import open_writing

EXAMPLES = ("Beta Inc", "Alpha Corp")
"""The accounts of the examples for somebody who has none of their own."""

_LINES = (
    ("What next", "What should I do next for {first}?"),
    ("My list", "Show me my top actions this week"),
    ("Why", "Why do you recommend that for {first}?"),
    ("Before a call", "Brief me on {first}"),
    ("What changed", "What changed at {second} since Monday?"),
    ("What to write", "Draft an email to {first}"),
    ("Put off", "Snooze {second} until Friday"),
    ("What works", "What worked in the last 90 days?"),
    ("Every morning", "Send me my digest at 8"),
)
_AFTERWARDS = "Then go on in the thread: “why?”, “and the second one?”, “not now, monday”."

_NONE = (
    "You own no accounts in Steward yet: ask your Steward admin to assign yours. Until then these "
    "examples name accounts of the demo."
)


def help_card(names: Sequence[str] = ()) -> Card:
    """Return examples of what to ask, and how the buttons work; `names` are the reader's accounts.

    Without any the examples are about accounts of the demo portfolio, and it says so first.
    """
    named = [clip(name, 60) for name in names] or list(EXAMPLES)
    first, second = named[0], named[min(1, len(named) - 1)]
    lines = [(title, said.format(first=first, second=second)) for title, said in _LINES]
    first_of_all = [] if names else [_NONE]
    examples = "\n".join(f"*{title}:* “{mrkdwn(said, 200)}”" for title, said in lines)
    small = (
        "On a card: Accept Action when you will do it, Defer until a day, Dismiss with a reason, "
        "Complete with what came of it. Undo works for ten minutes. In a channel, mention me, or "
        "type /steward and your question anywhere; I answer you privately."
    )
    text = [f"{title}: “{said}”" for title, said in lines]
    blocks = (
        header("What you can ask me", "help.heading"),
        *(section(said, "help.none") for said in first_of_all),
        section(examples, "help.examples"),
        section(_AFTERWARDS, "help.afterwards"),
        context(small, "help.buttons"),
        actions([open_writing()], "help.do"),
    )
    return Card("\n".join([*first_of_all, "You can ask me:", *text, _AFTERWARDS, small]), blocks)
