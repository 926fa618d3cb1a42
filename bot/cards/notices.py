"""What Steward noticed, asked of the owner alone: it looks done, or it is overdue."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.answers import Answer, Block, Card
from bot.cards.blocks import actions, button, section
from bot.cards.decided import buttons, is_undecided, looks_done, said
from bot.cards.text import day, mrkdwn
from core.recommendations import Recommendation
from storage.notices import Kind


def notices_answer(
    shown: Sequence[Recommendation], kinds: Mapping[str, Kind], *, today: date, now: datetime
) -> Answer:
    """Return one message that asks about each of these; `kinds` says what of each."""
    heading = " ".join(kinds[one.id] for one in shown)
    card = notices_card(shown, heading, today=today, now=now)
    return Answer(card, tuple(str(one.id) for one in shown), surface="notices", heading=heading)


def notices_card(
    shown: Sequence[Recommendation], heading: str, *, today: date, now: datetime
) -> Card:
    """Return the message as it stands; `heading` holds what was asked of each, in order."""
    blocks: list[Block] = []
    lines: list[str] = []
    for one, kind in zip(shown, heading.split(), strict=False):
        line = _line(one, kind, today)
        key = f"{one.id}.v{one.version}.notice"
        blocks += [section(f"*{mrkdwn(one.headline, 300)}*\n{mrkdwn(line, 400)}", key)]
        blocks += _row(one, kind, today=today, now=now, block_id=f"{key}.do")
        lines.append(f"{one.headline}: {line}")
    return Card("\n".join(lines), tuple(blocks))


def _line(one: Recommendation, kind: str, today: date) -> str:
    if not is_undecided(one):
        return said(one, today)
    if one.done is not None:
        return looks_done(one, today)
    if kind == "done":
        return "I leave it open and do not ask again."
    return f"Still on it? It was due {day(one.due_on, today)}."


def _row(
    one: Recommendation, kind: str, *, today: date, now: datetime, block_id: str
) -> tuple[Block, ...]:
    if not is_undecided(one) or one.done is not None:
        return buttons(one, today=today, now=now, block_id=block_id)
    if kind == "done":
        return ()
    name, id = one.account.name, one.id
    row = [
        button("Done", "recommendation.complete", id, about=name),
        button("Defer", "recommendation.defer", id, about=name),
        button("Not Any More", "recommendation.dismiss", id, about=name),
    ]
    return (actions(row, block_id),)
