"""What became of a recommendation, in one line, and the buttons that are left then."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.answers import Block
from bot.cards.blocks import Element, actions, button, context, option, overflow
from bot.cards.text import day, due, moment, mrkdwn
from core.doubts import flagged
from core.happenings import HAPPENINGS
from core.recommendations import (
    LEADS_TO,
    Decision,
    DecisionKind,
    DismissReason,
    OutcomeResult,
    Recommendation,
    Status,
    can_undo,
    standing,
)
from core.wording import sentence_case

REASONS: dict[DismissReason, str] = {
    DismissReason.ALREADY_DONE: "already done",
    DismissReason.NOT_RELEVANT: "does not fit this account",
    DismissReason.WRONG_DATA: "the data is wrong",
    DismissReason.NOT_NOW: "not now",
}
RESULTS: dict[OutcomeResult, str] = {
    OutcomeResult.POSITIVE: "went well",
    OutcomeResult.NEUTRAL: "made no difference",
    OutcomeResult.NEGATIVE: "went badly",
}


JUDGEMENTS: dict[OutcomeResult, str] = {
    OutcomeResult.POSITIVE: "Went Well",
    OutcomeResult.NEUTRAL: "No Difference",
    OutcomeResult.NEGATIVE: "Went Badly",
}


def is_unjudged(recommendation: Recommendation) -> bool:
    """Tell whether it was completed in words that do not say how it turned out."""
    last = recommendation.last
    return recommendation.status is Status.COMPLETED and last is not None and last.result is None


def is_open(recommendation: Recommendation, today: date) -> bool:
    """Tell whether it waits for a decision: nobody decided, or the day it was put off to came."""
    if recommendation.status is Status.DEFERRED:
        return not recommendation.is_snoozed(today)
    return recommendation.status is Status.RECOMMENDED


def what(recommendation: Recommendation, today: date) -> str:
    """Return what to do and, while it waits, by when: "Call Sarah Lin at Beta Inc today".

    Once it is decided, or overdue, other lines say so.
    """
    due_on = recommendation.due_on
    if recommendation.done is not None:
        return f"Looks done: {recommendation.headline}"
    if due_on < today or not is_open(recommendation, today):
        return recommendation.headline
    shown = day(due_on, today)
    return f"{recommendation.headline} {shown if shown == 'today' else f'by {shown}'}"


def said(recommendation: Recommendation, today: date) -> str:
    """Return who decided what, in plain words; empty while nobody did."""
    last = recommendation.last
    if last is None:
        return ""
    match recommendation.status:
        case Status.ACCEPTED:
            if recommendation.done is not None:
                return f"{last.by_name} accepted · looks done"
            return f"{last.by_name} accepted · {due(recommendation.due_on, today)}"
        case Status.DEFERRED:
            return f"{last.by_name} deferred{_back(last, today)}"
        case Status.DISMISSED:
            return f"{last.by_name} dismissed · {_reason(last)}"
        case Status.COMPLETED:
            return f"{last.by_name} completed{_result(last)}"
    return ""


def is_undecided(recommendation: Recommendation) -> bool:
    """Tell whether it is open or accepted: it may yet be completed without being taken up again."""
    return recommendation.status in (Status.RECOMMENDED, Status.ACCEPTED)


def looks_done(recommendation: Recommendation, today: date) -> str:
    """Ask about what has happened and would be its completion; empty when nothing has."""
    done = recommendation.done
    if done is None or not is_undecided(recommendation):
        return ""
    return f"It looks done: {done.told(today)}. How did it go?"


def outcome_line(recommendation: Recommendation) -> str:
    """Return the line of an outcome that nobody typed: what has happened."""
    done = recommendation.done
    return f"{sentence_case(done.told())}." if done else "Done."


def returned(recommendation: Recommendation, today: date) -> str:
    """Return why a deferred one is back: what it waited for has happened; empty when not so."""
    woken = recommendation.woken
    if woken is None or recommendation.status is not Status.RECOMMENDED:
        return ""
    return f"Back as agreed: {woken.told(today)}."


def taken_back(recommendation: Recommendation) -> str:
    """Return who took back whose decision last; empty when they are one, or nobody did."""
    history = recommendation.history
    if not history or history[-1].kind is not DecisionKind.UNDO:
        return ""
    undo, undone = history[-1], standing(history[:-1])
    if undone is None or undone.by == undo.by:
        return ""
    did = LEADS_TO[undone.kind].value
    return f"{undo.by_name} took back what {undone.by_name} had {did}. Decide again, or ask why."


def state(recommendation: Recommendation, today: date, block_id: str) -> Block:
    """Return the line that takes the buttons' place: who, what, when, and what they noted."""
    last = recommendation.last
    line = mrkdwn(said(recommendation, today), 300)
    if last is not None:
        line += f" · {moment(last.at)}"
        if unused := ", ".join(
            f"{one.label}: {one.value}" for one in flagged(recommendation, last)
        ):
            line += f"\nNot used here until it changes: {mrkdwn(unused, 500)}"
        if last.note.strip() and last.note.strip().lower() != _reason(last):
            line += f"\n“{mrkdwn(last.note.strip(), 500)}”"
    return context(line, block_id)


def buttons(
    recommendation: Recommendation, *, today: date, now: datetime, block_id: str
) -> tuple[Block, ...]:
    """Return the row of buttons that its status allows; empty when there is none."""
    elements = (
        _judging(recommendation)
        if recommendation.done is not None and is_undecided(recommendation)
        else _open(recommendation)
        if is_open(recommendation, today)
        else _after(recommendation, can_undo(recommendation, now))
    )
    return (actions(elements, block_id),) if elements else ()


def leading(row: Sequence[Block]) -> tuple[Block, ...]:
    """Return a row of buttons whose first one is the one to press."""
    return tuple(
        {
            **block,
            "elements": [{**block["elements"][0], "style": "primary"}, *block["elements"][1:]],
        }
        for block in row
    )


def _judging(recommendation: Recommendation) -> list[Element]:
    name, id = recommendation.account.name, recommendation.id
    judged = [
        button(label, f"notice.{result.value}", id, about=name)
        for result, label in JUDGEMENTS.items()
    ]
    return [*judged, button("Not Yet", "notice.not_yet", id, about=name)]


def _open(recommendation: Recommendation) -> list[Element]:
    name, id = recommendation.account.name, recommendation.id
    return [
        button("Accept Action", "recommendation.accept", id, about=name, style="primary"),
        *_draft(recommendation),
        button("Defer", "recommendation.defer", id, about=name),
        button("Dismiss", "recommendation.dismiss", id, about=name),
        overflow(
            "recommendation.more",
            [option("Why this?", f"why:{id}"), option("Show signals", f"signals:{id}")],
        ),
    ]


def _after(recommendation: Recommendation, undoable: bool) -> list[Element]:
    name, id = recommendation.account.name, recommendation.id
    elements: list[Element] = []
    if recommendation.status is Status.ACCEPTED:
        elements += _draft(recommendation)
        elements.append(button("Complete", "recommendation.complete", id, about=name))
    if recommendation.status is Status.DEFERRED:
        elements.append(button("Accept Now", "recommendation.accept", id, about=name))
    if is_unjudged(recommendation):
        elements += [
            button(label, f"outcome.{result.value}", id, about=name)
            for result, label in JUDGEMENTS.items()
        ]
    if undoable:
        elements.append(button("Undo", "recommendation.undo", id, about=name))
    return elements


def _draft(recommendation: Recommendation) -> list[Element]:
    """Return the button of what helps to do it; once it is accepted, that is the next step."""
    if not recommendation.resources:
        return []
    name, id = recommendation.account.name, recommendation.id
    return [button("Draft Message", "recommendation.draft", id, about=name)]


def _back(decision: Decision, today: date) -> str:
    if decision.until is None:
        return " · put off"
    if decision.until < today:
        return " · back since then"
    shown = day(decision.until, today)
    if decision.happening is not None:
        return f" until {HAPPENINGS[decision.happening].label}, at the latest {shown}"
    return f" · back {shown}" if shown in ("today", "tomorrow") else f" · back on {shown}"


def _reason(decision: Decision) -> str:
    return REASONS[decision.reason] if decision.reason else "no reason given"


def _result(decision: Decision) -> str:
    return f" · {RESULTS[decision.result]}" if decision.result else " · how did it go?"
