"""The list of recommendations that a question or a digest shows, each with its own buttons."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import Element, actions, button, context, divider, fitting, header, section
from bot.cards.decided import is_open, said
from bot.cards.text import clip, due, money, mrkdwn, number, priority
from core.recommendations import Recommendation, Status, can_undo

MOST_ITEMS = 10
"""What fits into the characters that Slack takes as a message's blocks."""

MOST_IN_FULL = 5
"""A longer list is drawn closer: Details leads to what its items leave out."""

_CLOSER = ("Accept Action", "Details")


def top_card(
    recommendations: Sequence[Recommendation],
    *,
    heading: str,
    today: date,
    now: datetime,
    total: int,
    missing: Sequence[str] = (),
) -> Card:
    """Return the list under `heading`; `total` counts all that fit the question.

    `missing` holds sentences on facts that are absent or stale in the accounts looked at.
    """
    note = footer(shown=min(len(recommendations), MOST_ITEMS), total=total, missing=missing)
    return listed(recommendations, heading=heading, note=note, today=today, now=now)


def listed(
    recommendations: Sequence[Recommendation],
    *,
    heading: str,
    note: str,
    today: date,
    now: datetime,
) -> Card:
    """Return the list with a footer that is written already, as when it is redrawn."""
    return fitting(partial(_list, tuple(recommendations[:MOST_ITEMS]), heading, note, today, now))


def footer(*, shown: int, total: int, missing: Sequence[str] = ()) -> str:
    """Return the last line: how many more there are, what is missing, and what to do next."""
    lines = [clip(" ".join(missing), 400)] if missing else []
    if total > shown:
        lines.append(
            f"{total - shown} more: ask “show me my top {min(total, MOST_ITEMS)} actions”."
        )
    lines.append("Ask “what should I do next for” an account to see it in full.")
    return " ".join(lines)


def line(recommendation: Recommendation, today: date) -> str:
    """Return priority, ARR and due day: "Priority 95 · $120K ARR · due today"."""
    account = recommendation.account
    facts = [f"Priority {number(priority(recommendation.score))}"]
    if account.arr is not None:
        facts.append(f"{money(account.arr, account.currency)} ARR")
    return " · ".join([*facts, due(recommendation.due_on, today)])


def item(
    recommendation: Recommendation,
    *,
    place: int,
    today: date,
    now: datetime,
    share: float = 1.0,
    close: bool = False,
) -> list[Block]:
    """Return the blocks of one entry: open with its buttons, or ticked with who did what."""
    key = f"{recommendation.id}.v{recommendation.version}.{place}"
    name = mrkdwn(recommendation.headline, int(400 * share))
    if not is_open(recommendation, today):
        done = f"*{place}. ✓ {name}*\n{mrkdwn(said(recommendation, today), 300)}"
        row = _after(recommendation, now)
        return [section(done, f"{key}.what"), *([actions(row, f"{key}.do")] if row else [])]
    why = mrkdwn(recommendation.reasons[0] if recommendation.reasons else "", int(500 * share))
    if close:
        words = f"*{place}. {name}*\n{mrkdwn(line(recommendation, today), 300)}"
        return [section(words, f"{key}.what"), actions(_closer(recommendation), f"{key}.do")]
    return [
        section(f"*{place}. {name}*\n{why}".rstrip(), f"{key}.what"),
        context(mrkdwn(line(recommendation, today), 300), f"{key}.about"),
        actions(_open(recommendation), f"{key}.do"),
    ]


def _list(
    recommendations: tuple[Recommendation, ...],
    heading: str,
    note: str,
    today: date,
    now: datetime,
    share: float,
) -> Card:
    key = "list." + ".".join(str(r.version) for r in recommendations)
    blocks = [header(heading, f"{key}.heading")]
    close = len(recommendations) > MOST_IN_FULL
    for place, recommendation in enumerate(recommendations, 1):
        if place > 1 and not close:
            blocks.append(divider(f"{recommendation.id}.{place}.line"))
        blocks += item(recommendation, place=place, today=today, now=now, share=share, close=close)
    blocks.append(context(mrkdwn(note, 1500), f"{key}.footer"))
    return Card(_text(recommendations, heading, note, today, share), tuple(blocks))


def _text(
    recommendations: tuple[Recommendation, ...],
    heading: str,
    note: str,
    today: date,
    share: float,
) -> str:
    lines = [clip(heading, 150)]
    for place, recommendation in enumerate(recommendations, 1):
        lines.append(f"{place}. {clip(recommendation.headline, int(160 * share))}")
        if is_open(recommendation, today):
            why = recommendation.reasons[0] if recommendation.reasons else ""
            lines.append(f"   {clip(why, int(120 * share))} ({line(recommendation, today)})")
        else:
            lines.append(f"   {clip(said(recommendation, today), int(120 * share))}")
    return "\n".join([*lines, note])


def _open(recommendation: Recommendation) -> list[Element]:
    name, id = recommendation.account.name, recommendation.id
    return [
        button("Accept Action", "recommendation.accept", id, about=name),
        button("Defer", "recommendation.defer", id, about=name),
        button("Dismiss", "recommendation.dismiss", id, about=name),
        button("Details", "recommendation.show", id, about=name),
    ]


def _closer(recommendation: Recommendation) -> list[Element]:
    return [one for one in _open(recommendation) if one["text"]["text"] in _CLOSER]


def _after(recommendation: Recommendation, now: datetime) -> list[Element]:
    name, id = recommendation.account.name, recommendation.id
    row = []
    if recommendation.status is Status.ACCEPTED:
        row.append(button("Complete", "recommendation.complete", id, about=name))
    if can_undo(recommendation, now):
        row.append(button("Undo", "recommendation.undo", id, about=name))
    return row
