"""Why a recommendation: the pieces of its score and the signals behind it, with their rows."""

from datetime import date
from functools import partial

from bot.answers import Block, Card
from bot.cards.blocks import View, context, divider, fields, fitting, header, modal, section
from bot.cards.decided import what
from bot.cards.recommendation import NAMES, sum_of
from bot.cards.text import clip, day, mrkdwn, number
from core.recommendations import Evidence, Part, Piece, Recommendation, Signal

MOST_SIGNALS = 20


def explain_card(recommendation: Recommendation, *, today: date) -> Card:
    """Return the explanation as a message."""
    return fitting(partial(_card, recommendation, today))


def why_view(recommendation: Recommendation) -> View:
    """Return a modal with the score's parts and their pieces."""
    title = section(f"*{mrkdwn(recommendation.headline, 600)}*", "what")
    blocks = [title, *_score(recommendation, 1.0), *_instead(recommendation, 1.0)]
    return modal("Why this action", blocks, close="Close")


def signals_view(recommendation: Recommendation, *, today: date) -> View:
    """Return a modal with the signals; modals cannot hold tables, so each is a pair of fields."""
    title = section(f"*{mrkdwn(recommendation.headline, 600)}*", "what")
    return modal("Signals", [title, *_signals(recommendation, today, 1.0)], close="Close")


def _card(recommendation: Recommendation, today: date, share: float) -> Card:
    blocks = (
        header(f"Why: {what(recommendation, today)}", "explain.what"),
        *_score(recommendation, share),
        divider("explain.line"),
        *_signals(recommendation, today, share),
        *_instead(recommendation, share),
    )
    return Card(_text(recommendation, today, share), blocks)


def _score(recommendation: Recommendation, share: float) -> list[Block]:
    score = recommendation.score
    room = int(1800 * share)
    return [
        section(f"*Priority* {sum_of(score)}", "explain.sum"),
        *(section(_part(part, room), f"explain.{part.name}") for part in score.parts),
    ]


def _part(part: Part, room: int) -> str:
    name = NAMES[part.name].capitalize()
    head = f"*{name}* {number(part.value)} of 100, weighted {number(part.weight * 100)} %"
    pieces = [_piece(piece) for piece in part.pieces]
    return clip("\n".join([head, *(f"• {mrkdwn(piece, room // 4)}" for piece in pieces)]), room)


def _piece(piece: Piece) -> str:
    says = f": {piece.says}" if piece.says else ""
    return f"{piece.points:+.1f} {piece.label}{says}"


def _signals(recommendation: Recommendation, today: date, share: float) -> list[Block]:
    shown = recommendation.signals[:MOST_SIGNALS]
    if not shown:
        text = "No signal has fired; the recommendation rests on the account's dates alone."
        return [context(text, "explain.signals.none")]
    room = int(700 * share)
    blocks = [_signal(signal, today, place, room) for place, signal in enumerate(shown)]
    left = len(recommendation.signals) - len(shown)
    if left:
        blocks.append(context(f"… and {left} more", "explain.signals.more"))
    return blocks


def _signal(signal: Signal, today: date, place: int, room: int) -> Block:
    name = f"*{mrkdwn(signal.label, room // 3)}*\n{mrkdwn(signal.description, room)}"
    value = f"{mrkdwn(signal.value, room // 3)} · weight {number(signal.weight)}"
    rows = mrkdwn(_evidence(signal.evidence, today), room // 2)
    return fields([name, f"{value}\n{rows}"], f"explain.signal.{place}")


def _instead(recommendation: Recommendation, share: float) -> list[Block]:
    """Return what could be done instead, best first; nothing when nothing else applies."""
    second = recommendation.runner_up
    if second is None:
        return []
    room = int(400 * share)
    lines = [
        f"• {mrkdwn(other.title)} ({number(other.priority)}): {mrkdwn(other.reason, room)}"
        for other in (second, *recommendation.others)
    ]
    return [section("\n".join(["*If this does not fit*", *lines]), "explain.instead")]


def _evidence(evidence: Evidence, today: date) -> str:
    on = f", newest {day(evidence.on, today)}" if evidence.on else ""
    table = evidence.table.replace("_", " ")
    return f"{table} from {evidence.source}{on}"


def _text(recommendation: Recommendation, today: date, share: float) -> str:
    lines = [
        f"Why: {clip(what(recommendation, today), 300)}",
        f"Priority {sum_of(recommendation.score)}",
    ]
    for part in recommendation.score.parts:
        pieces = "; ".join(_piece(piece) for piece in part.pieces)
        lines.append(clip(f"{NAMES[part.name].capitalize()}: {pieces}", int(500 * share)))
    second = recommendation.runner_up
    if second is not None:
        lines.append(f"If this does not fit: {clip(f'{second.title}: {second.reason}', 300)}")
    lines += [
        clip(f"{s.label}: {s.value} ({_evidence(s.evidence, today)})", int(250 * share))
        for s in recommendation.signals[:MOST_SIGNALS]
    ]
    return "\n".join(lines)
