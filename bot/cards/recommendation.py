"""The card of one recommendation: what to do, why now, how, how sure, and what to press."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import context, fitting, header, section
from bot.cards.decided import (
    buttons,
    is_open,
    leading,
    looks_done,
    returned,
    said,
    state,
    taken_back,
    what,
)
from bot.cards.text import (
    bullets,
    clip,
    day,
    due,
    money,
    mrkdwn,
    number,
    points,
    priority,
)
from core.recommendations import Recommendation, Score, Status
from core.wording import sentence_case

NAMES = {
    "impact": "impact",
    "urgency": "urgency",
    "confidence": "confidence",
    "account_value": "account value",
}
TRIED = (
    "*Tried:* the next best is about as good. Now and then I propose the second, so that we learn "
    "what it brings."
)
"""What is said where another than the best of near-ties was chosen."""
_QUOTES = '“”"'
_INNER = str.maketrans("“”", "\u2018\u2019")


def card(recommendation: Recommendation, *, today: date, now: datetime) -> Card:
    """Return the card as it stands; `today` is the reader's local date."""
    return fitting(partial(_card, recommendation, today, now))


def about(recommendation: Recommendation, today: date) -> tuple[str, ...]:
    """Return the facts under the headline: play, category, renewal, ARR, owner."""
    account = recommendation.account
    facts = [recommendation.title, recommendation.category.capitalize()]
    if account.renewal_on is not None:
        facts.append(_renewal(account.renewal_on, today))
    if account.arr is not None:
        facts.append(f"{money(account.arr, account.currency)} ARR")
    return (*facts, recommendation.owner_name or "no owner")


def sum_of(score: Score) -> str:
    """Return the sum that makes the priority: "95 = impact 33.6 + urgency 30.0 + ..."."""
    parts = zip(score.parts, points(score), strict=True)
    summed = " + ".join(f"{NAMES[part.name]} {value:.1f}" for part, value in parts)
    return f"{number(priority(score))} = {summed}"


def signals(recommendation: Recommendation) -> str:
    """Return each signal with its value and weight: "Champion silent 14 days (weight 0.8)"."""
    shown = [f"{one.label} {one.value} ({one.weight:g})" for one in recommendation.signals]
    shown[:1] = [text.replace(" (", " (weight ", 1) for text in shown[:1]]
    return " · ".join(shown)


def confidence(score: Score) -> str:
    """Return how sure Steward is, in a word."""
    value = score.part("confidence").value
    return "high" if value >= 75 else "medium" if value >= 50 else "low"


def _card(recommendation: Recommendation, today: date, now: datetime, share: float) -> Card:
    key = f"{recommendation.id}.v{recommendation.version}"
    blocks = [
        header(what(recommendation, today), f"{key}.what"),
        context(mrkdwn(" · ".join(about(recommendation, today)), 600), f"{key}.about"),
        *_body(recommendation, today, key, share),
        *_foot(recommendation, today, now, key),
    ]
    return Card(_text(recommendation, today, share), tuple(blocks))


def _body(recommendation: Recommendation, today: date, key: str, share: float) -> list[Block]:
    room = int(2400 * share)
    if _is_settled(recommendation, today):
        why = bullets(recommendation.reasons, room)
        return [section(why, f"{key}.why")] if why else []
    parts = {
        "why": bullets(recommendation.reasons, room),
        "say": _say(recommendation, room),
        "approach": _named("Approach", bullets(recommendation.approach, room)),
        "outcome": _named("Expected outcome", mrkdwn(recommendation.expected_outcome, room // 3)),
    }
    blocks = [section(text, f"{key}.{name}") for name, text in parts.items() if text]
    return [*blocks, context(_score(recommendation, room), f"{key}.score")]


def _foot(recommendation: Recommendation, today: date, now: datetime, key: str) -> list[Block]:
    row = buttons(recommendation, today=today, now=now, block_id=f"{key}.do")
    if asks := looks_done(recommendation, today):
        accepted = recommendation.status is Status.ACCEPTED
        before = [state(recommendation, today, f"{key}.state")] if accepted else []
        return [*before, section(asks, f"{key}.done"), *row]
    if recommendation.status is Status.RECOMMENDED:
        back = returned(recommendation, today) or mrkdwn(taken_back(recommendation), 300)
        return [*([context(back, f"{key}.back")] if back else []), *row]
    if recommendation.status is Status.ACCEPTED and recommendation.resources:
        line = "*Next step:* send or say it. Everything is filled in with today's facts."
        said = [state(recommendation, today, f"{key}.state"), section(line, f"{key}.next")]
        return [*said, *leading(row)]
    return [state(recommendation, today, f"{key}.state"), *row]


def _is_settled(recommendation: Recommendation, today: date) -> bool:
    """Tell whether there is nothing left to do about it now: only why, and what became of it."""
    return not is_open(recommendation, today) and recommendation.status is not Status.ACCEPTED


def _say(recommendation: Recommendation, room: int) -> str:
    quoted = [_quoted(point) for point in recommendation.talking_points]
    avoid = f"*Avoid:* {mrkdwn(recommendation.avoid, room // 4)}" if recommendation.avoid else ""
    return "\n".join(part for part in (_named("Say", bullets(quoted, room)), avoid) if part)


def _quoted(point: str) -> str:
    """Return it in quotation marks; what it quotes itself, as a ticket's name, gets single ones."""
    return f"“{point.strip(_QUOTES).translate(_INNER)}”"


def _score(recommendation: Recommendation, room: int) -> str:
    score = recommendation.score
    lines = [f"*Priority* {sum_of(score)} · *Confidence* {confidence(score)}"]
    if recommendation.signals:
        lines.append(f"*Signals:* {mrkdwn(signals(recommendation), room // 4)}")
    if recommendation.evidence_note:
        lines.append(mrkdwn(recommendation.evidence_note, room // 5))
    if recommendation.choice is not None and recommendation.choice.explored:
        lines.append(TRIED)
    if recommendation.unknown:
        lines.append(f"*Not known:* {mrkdwn('; '.join(recommendation.unknown), room // 5)}")
    if recommendation.runner_up is not None:
        lines.append(f"*Next best:* {mrkdwn(_runner_up(recommendation), room // 5)}")
    return "\n".join(lines)


def _runner_up(recommendation: Recommendation) -> str:
    runner_up = recommendation.runner_up
    assert runner_up is not None  # the caller looked
    reason = f": {runner_up.reason}" if runner_up.reason else ""
    return f"{runner_up.title} ({number(runner_up.priority)}){reason}"


def _named(name: str, text: str) -> str:
    if not text:
        return ""
    return f"*{name}:*\n{text}" if text.startswith("•") else f"*{name}:* {text}"


def _renewal(on: date, today: date) -> str:
    days = (on - today).days
    if days < 0:
        return f"renewal was due {day(on, today)}"
    return "renewal today" if days == 0 else f"renewal in {days} day{'s' if days != 1 else ''}"


def _text(recommendation: Recommendation, today: date, share: float) -> str:
    """Return the whole point in plain text: a phone's notification shows nothing else."""
    lines: list[str] = [
        clip(what(recommendation, today), 300),
        clip(" · ".join(about(recommendation, today)), 600),
        *_lines("Why", recommendation.reasons, share),
        *([] if _is_settled(recommendation, today) else _doing(recommendation, share)),
    ]
    if not is_open(recommendation, today):
        lines.insert(1, clip(said(recommendation, today), 300))
    else:
        if recommendation.due_on < today:  # until then the headline says by when
            lines.insert(1, sentence_case(due(recommendation.due_on, today)) + ".")
        if back := returned(recommendation, today) or clip(taken_back(recommendation), 300):
            lines.insert(1, back)
    if asks := looks_done(recommendation, today):
        lines[1] = asks
    return "\n".join(lines)


def _doing(recommendation: Recommendation, share: float) -> list[str]:
    """Return how to do it and how sure that is, in plain text."""
    runner_up = clip(_runner_up(recommendation), 300) if recommendation.runner_up else ""
    return [
        *_lines("Say", recommendation.talking_points, share),
        *_lines("Approach", recommendation.approach, share),
        f"Expected outcome: {clip(recommendation.expected_outcome, int(400 * share))}",
        f"Priority {sum_of(recommendation.score)}. Confidence {confidence(recommendation.score)}.",
        *([clip(recommendation.evidence_note, 300)] if recommendation.evidence_note else []),
        *_lines("Not known", recommendation.unknown, share),
        *([f"Next best: {runner_up}"] if runner_up else []),
    ]


def _lines(name: str, texts: Sequence[str], share: float) -> list[str]:
    most = int(900 * share)
    return [clip(f"{name}: {' '.join(texts)}", most)] if texts else []
