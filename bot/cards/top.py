"""The list of recommendations that a question or a digest shows, each with its own buttons."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import Element, actions, button, context, divider, fitting, header, section
from bot.cards.decided import buttons, is_open, looks_done, said, what
from bot.cards.text import clip, due, money, mrkdwn, number, priority
from core.recommendations import Recommendation

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
    asked: str = "",
) -> Card:
    """Return the list under `heading`; `total` counts all that fit the question.

    `missing` holds sentences on facts that are absent or stale in the accounts looked at; `asked`
    is the question that the list answers, as `question` words it; one's own list by default.
    """
    shown = min(len(recommendations), MOST_ITEMS)
    note = footer(shown=shown, total=total, missing=missing, asked=asked)
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


def footer(*, shown: int, total: int, missing: Sequence[str] = (), asked: str = "") -> str:
    """Return the last line: how many more there are, what is missing, and what to do next."""
    lines = [clip(" ".join(missing), 400)] if missing else []
    if total > shown >= MOST_ITEMS:
        lines.append(f"{total - shown} more: ask “show my portfolio” to page through all.")
    elif total > shown:
        lines.append(f"{total - shown} more: ask “{ask_for(total, asked)}”.")
    lines.append("Ask “what should I do next for” an account to see it in full.")
    return " ".join(lines)


def ask_for(total: int, asked: str = "") -> str:
    """Return the words that bring all of them, or as many as fit into one list."""
    return (asked or question()).replace("{count}", str(min(total, MOST_ITEMS)))


def question(whose: str = "my", what: str = "", when: str = "") -> str:
    """Return how a list is asked for in words, with `{count}` for how many."""
    return " ".join(f"show me {whose} top {{count}} {what} actions {when}".split())


def line(recommendation: Recommendation, today: date, *, owned: bool = False) -> str:
    """Return priority, ARR and due day: "Priority 95 · $120K ARR · due today".

    With `owned` it ends with whose account it is.
    """
    account = recommendation.account
    facts = [f"Priority {number(priority(recommendation.score))}"]
    if account.arr is not None:
        facts.append(f"{money(account.arr, account.currency)} ARR")
    facts.append(due(recommendation.due_on, today))
    return " · ".join([*facts, recommendation.owner_name or "no owner"] if owned else facts)


def of_several(recommendations: Sequence[Recommendation]) -> bool:
    """Tell whether the accounts belong to more than one person, so that each entry names whose."""
    return len({recommendation.owner for recommendation in recommendations}) > 1


def item(
    recommendation: Recommendation,
    *,
    place: int,
    today: date,
    now: datetime,
    share: float = 1.0,
    close: bool = False,
    owned: bool = False,
) -> list[Block]:
    """Return the blocks of one entry: open with its buttons, or ticked with who did what."""
    key = f"{recommendation.id}.v{recommendation.version}.{place}"
    name = mrkdwn(what(recommendation, today), int(400 * share))
    if not is_open(recommendation, today):
        done = f"*{place}. ✓ {name}*\n{mrkdwn(said(recommendation, today), 300)}"
        row = buttons(recommendation, today=today, now=now, block_id=f"{key}.do")
        return [section(done, f"{key}.what"), *row]
    why = mrkdwn(_why(recommendation, today), int(500 * share))
    facts = mrkdwn(line(recommendation, today, owned=owned), 300)
    if close:
        words = f"*{place}. {name}*\n{facts}"
        return [section(words, f"{key}.what"), actions(_closer(recommendation), f"{key}.do")]
    return [
        section(f"*{place}. {name}*\n{why}".rstrip(), f"{key}.what"),
        context(facts, f"{key}.about"),
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
    shown = partial(item, today=today, now=now, share=share, close=close)
    owned = of_several(recommendations)
    for place, recommendation in enumerate(recommendations, 1):
        if place > 1 and not close:
            blocks.append(divider(f"{recommendation.id}.{place}.line"))
        blocks += shown(recommendation, place=place, owned=owned)
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
    owned = of_several(recommendations)
    for place, recommendation in enumerate(recommendations, 1):
        lines.append(f"{place}. {clip(what(recommendation, today), int(160 * share))}")
        if is_open(recommendation, today):
            why = _why(recommendation, today)
            facts = line(recommendation, today, owned=owned)
            lines.append(f"   {clip(why, int(120 * share))} ({facts})")
        else:
            lines.append(f"   {clip(said(recommendation, today), int(120 * share))}")
    return "\n".join([*lines, note])


def _why(recommendation: Recommendation, today: date) -> str:
    """Return why it is on the list, or by what it looks done meanwhile."""
    first = recommendation.reasons[0] if recommendation.reasons else ""
    return looks_done(recommendation, today) or first


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
