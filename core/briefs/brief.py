"""The brief itself: ten seconds before a call, from rows alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.briefs.background import TALKS, Background, Touch
from core.briefs.people import people
from core.briefs.promises import ours, theirs
from core.briefs.words import on
from core.changes import Event, Move, in_order, told
from core.portfolio import GROUPS
from core.recommend import account, unknown
from core.recommendations import Account, Recommendation
from core.wording import Row, percent, quoted

LATE_DAYS = 90
"""So long ago a milestone is still something to talk about."""

_MOVES, _LINES = 3, 3
_ELSEWHERE = ("booked", "accept", "email_out", "email_in", "opportunity_opened")
"""What happened and stands among the promises or the last touch anyway."""

_AMONG_PEOPLE = ("champion_silent_days", "sponsor_silent_days", "idle_department", "next_qbr_on")
"""Moves that the lines on people and promises tell."""

NO_VALUE = (
    "Nothing that I could prove: no recent milestone, and use is not growing. "
    "Ask them what has been worth it."
)
NO_ASK = "What has changed for you since we last spoke?"


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a brief says, each line from rows; empty where nothing is known."""

    account: Account
    owner_name: str
    touches: tuple[str, ...]
    story: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    people: tuple[str, ...]
    risks: tuple[str, ...]
    ask: str
    value: str
    unknown: tuple[str, ...]
    best: Recommendation | None


@dataclass(frozen=True, slots=True)
class Advised:
    """What is recommended at the moment: the best, and what was accepted."""

    best: Recommendation | None = None
    underway: tuple[Recommendation, ...] = ()


def brief(
    row: Row,
    background: Background,
    *,
    moves: Sequence[Move],
    events: Iterable[Event],
    advised: Advised,
    today: date,
) -> Brief:
    """Put a brief together from an account's facts, background, what changed, and the advice."""
    leading = advised.underway[0] if advised.underway and advised.best is None else advised.best
    return Brief(
        account=account(row),
        owner_name=row["owner_name"] or "",
        touches=_touches(background, today),
        story=_story(moves, events, today),
        ours=ours(background, row, advised.underway, today),
        theirs=theirs(background, row, today),
        people=people(background, row, today),
        risks=_risks(row, moves[:_MOVES]),
        ask=_ask(leading),
        value=_value(row, today),
        unknown=unknown(row, GROUPS, today),
        best=leading,
    )


def touched(touch: Touch, today: date) -> str:
    """Return a touch in words: "call with Sarah Lin on 23 Oct (“Open questions”)"."""
    names = {"meeting": "meeting", "qbr": "QBR", "call": "call"}
    name = names.get(touch.kind) or ("e-mail from" if touch.kind == "email_in" else "e-mail to")
    link = "" if touch.kind.startswith("email") else "with "
    who = f" {link}{touch.who}" if touch.who else " them" if touch.kind.startswith("email") else ""
    what = f" ({quoted(touch.what)})" if touch.what else ""
    return f"{name}{who} {when(touch, today)}{what}"


def when(touch: Touch, today: date) -> str:
    """Return when a touch was: "yesterday", "on 23 Oct"."""
    said = on(touch.at.date(), today)
    return said if said in ("today", "yesterday") else f"on {said}"


def _touches(background: Background, today: date) -> tuple[str, ...]:
    """Say how they were last in touch, and what was noted of it."""
    talk = background.newest(*TALKS)
    if background.last is None:
        return ("No meeting, call or e-mail is on record",)
    if talk is None:
        return (f"No talk is on record, only our {touched(background.last, today)}",)
    said = f"Last {touched(talk, today)}"
    return (f"{said}: {quoted(talk.note)}",) if talk.note else (said,)


def _story(moves: Sequence[Move], events: Iterable[Event], today: date) -> tuple[str, ...]:
    happened = [
        told(one, today)
        for one in in_order(events, moves)
        if one.kind not in _ELSEWHERE and not _is_waited_for(one)
    ]
    moved = [one.says for one in moves if one.fact not in _AMONG_PEOPLE][:_MOVES]
    return (*moved, *happened[: _LINES - len(moved)])


def _is_waited_for(event: Event) -> bool:
    """Tell whether it is a ticket that stands among the promises."""
    return event.kind == "ticket_opened" and event.detail.endswith("open")


def _risks(row: Row, moves: Sequence[Move]) -> tuple[str, ...]:
    """Return the most severe open risk, unless the story tells that it was raised."""
    is_told = any(one.fact in ("open_risks", "critical_risks") for one in moves)
    if is_told or not row.get("open_risks") or not row.get("top_risk"):
        return ()
    more = row["open_risks"] - 1
    return (f"{quoted(row['top_risk'])}{f' (and {more} more)' if more else ''}",)


def _ask(best: Recommendation | None) -> str:
    """Return the one thing to ask: the first question of what is recommended, led up to."""
    if best is None:
        return NO_ASK
    points = best.talking_points or best.approach or (best.headline,)
    asks = next((place for place, one in enumerate(points) if "?" in one), 0)
    return " ".join(points[max(0, asks - 1) : asks + 1])


def _value(row: Row, today: date) -> str:
    """Return the one thing that shows what it is worth to them: reached, growing, in use."""
    days, reached = row.get("days_since_milestone"), row.get("milestone")
    if days is not None and days <= LATE_DAYS and reached:
        since = row.get("milestone_on")
        return f"They reached {quoted(reached)}{f' ({on(since, today)})' if since else ''}."
    change, adoption, seats = (row.get(one) for one in ("usage_change", "adoption", "seat_use"))
    if change is not None and change >= 5:
        return f"Use is up {change:.0f} % in two weeks."
    if adoption is not None and adoption >= 0.6:
        return f"They use {percent(adoption)} of the features they have."
    if seats is not None and seats >= 0.8:
        return f"{percent(seats)} of their seats are in use."
    return NO_VALUE
