"""Questions back, with buttons for what may have been meant.

A `clarify.pick.<n>` button carries `<tool>:<account id>` (the id empty for tools without one) and
only ever runs a tool that reads. A `recommendation.defer_until.<when>` button carries the
recommendation's id; `<when>` is tomorrow, monday or two_weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import Block, Card
from bot.cards.blocks import actions, button, section, takes
from bot.cards.text import clip, mrkdwn
from core.recommendations import Recommendation

UNTIL = {"tomorrow": "Tomorrow", "monday": "Next Monday", "two_weeks": "In Two Weeks"}
_VERBS = {
    "accept": "Accept Action",
    "defer": "Defer",
    "dismiss": "Dismiss",
    "complete": "Complete",
}

_ELSE = "Did you mean something else?"

NOBODYS = (
    "None of these accounts is yours, so there is nothing here for you to decide. "
    "Ask “show me my top actions” to see yours."
)


@dataclass(frozen=True, slots=True)
class Pick:
    """One button: what it says, the tool it runs, and the account's id if it needs one."""

    label: str
    tool: str
    account_id: str = ""


def ask(question: str, picks: Sequence[Pick]) -> Card:
    """Return a question with up to five answers to press."""
    blocks = [section(mrkdwn(question), "clarify.question"), *_row(picks)]
    return Card(question + _choices(picks), tuple(blocks))


def or_else(card: Card, picks: Sequence[Pick]) -> Card:
    """Return an answer's card and below it what may have been meant instead, if there is room."""
    line = section(mrkdwn(_ELSE), "clarify.else")
    blocks = (*card.blocks, line, *_row(picks, "clarify.others"))
    if not picks or not takes(blocks):
        return card
    return Card(f"{card.text}\n{_ELSE}{_choices(picks)}", blocks)


def _row(picks: Sequence[Pick], name: str = "clarify.picks") -> list[Block]:
    buttons = [
        button(pick.label, f"clarify.pick.{place}", f"{pick.tool}:{pick.account_id}")
        for place, pick in enumerate(picks[:5])
    ]
    return [actions(buttons, name)] if buttons else []


def _choices(picks: Sequence[Pick]) -> str:
    return "".join(f"\n- {clip(pick.label, 75)}" for pick in picks[:5])


def until_when(question: str, recommendation: Recommendation) -> Card:
    """Ask until when something is put off; another day can be typed or chosen in the form."""
    id, name = recommendation.id, recommendation.account.name
    buttons = [
        button(label, f"recommendation.defer_until.{when}", id, about=name)
        for when, label in UNTIL.items()
    ]
    other = button("Another Day", "recommendation.defer", id, about=name)
    say = f"“snooze {name} until Friday” or “snooze {name} until the next meeting”"
    text = f"{question} Press a day, or say for example {say}."
    return _with_row(text, [*buttons, other], recommendation)


def what_came_of_it(question: str, recommendation: Recommendation) -> Card:
    """Ask for the outcome of a completed action."""
    id, name = recommendation.id, recommendation.account.name
    done = button("Complete", "recommendation.complete", id, about=name, style="primary")
    text = f"{question} Press Complete, or say it in one line: “done with {name}: …”."
    return _with_row(text, [done], recommendation)


def which_recommendation(
    question: str, recommendations: Sequence[Recommendation], decision: str
) -> Card:
    """Ask which of several open recommendations is meant, each with the button that decides.

    Where none of them is the reader's to see, that is said instead.
    """
    if not recommendations:
        return Card(NOBODYS, (section(NOBODYS, "clarify.question"),))
    blocks: list[Block] = [section(mrkdwn(question), "clarify.question")]
    for one in recommendations[:10]:
        pressed = button(_VERBS[decision], f"recommendation.{decision}", one.id, about=one.headline)
        line = section(mrkdwn(one.headline, 600), f"{one.id}.v{one.version}.which")
        blocks.append({**line, "accessory": pressed})
    lines = [question, *(f"- {one.headline}" for one in recommendations[:10])]
    return Card("\n".join(lines), tuple(blocks))


def _with_row(text: str, buttons: list[Block], recommendation: Recommendation) -> Card:
    key = f"{recommendation.id}.v{recommendation.version}"
    return Card(text, (section(mrkdwn(text), f"{key}.ask"), actions(buttons, f"{key}.answers")))
