"""What happened at an account on a day, in words, and what of it lies beside a fact that moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.changes.moves import Move
from core.changes.watch import Tone, seen_on
from core.wording import Row, count, day, quoted

QUIET_DAYS = 7
"""From so many days without a sign-in on, the champion's last one is named beside other moves."""

_MOST = 4
"""So many things are named beside a move."""

_BEFORE, _AFTER = timedelta(days=21), timedelta(days=3)
"""What lies so long before a move, or after it was seen, is beside it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: `what` it was about, `who` was in it, how it stands (`detail`).

    `of` counts those of the same kind, of which it is the newest.
    """

    kind: str
    on: date
    what: str = ""
    who: str = ""
    detail: str = ""
    of: int = 1


_SAYS: dict[str, str] = {
    "renewal_lost": "The renewal was lost on {day}{detail}",
    "renewal_won": "The renewal was signed on {day}{detail}",
    "risk_raised": "Risk raised on {day}{what}{detail}",
    "left": "{name} left on {day}{detail}",
    "ticket_opened": "Ticket opened on {day}{what}{detail}",
    "opportunity_lost": "Lost on {day}{what}{detail}",
    "opportunity_won": "Won on {day}{what}{detail}",
    "meeting": "Met on {day}{who}{what}",
    "call": "Call on {day}{who}{what}",
    "email_in": "They wrote on {day}{who}{what}",
    "booked": "Booked for {day}{what}",
    "joined": "{name} is there since {day}{detail}",
    "opportunity_opened": "Opportunity opened on {day}{what}{detail}",
    "milestone": "Reached on {day}{what}",
    "risk_cleared": "Risk cleared on {day}{what}",
    "ticket_closed": "Ticket closed on {day}{what}",
    "complete": "{name} completed on {day}{what}",
    "accept": "{name} accepted on {day}{what}",
    "dismiss": "{name} dismissed on {day}{what}",
    "defer": "{name} put off on {day}{what}",
    "value_update": "Value update sent on {day}",
    "feedback": "Feedback asked for on {day}",
    "email_out": "We wrote on {day}{who}{what}",
}
"""What is said of each kind of event, the kinds that weigh most first."""

_TONES: dict[str, Tone] = {
    "opportunity_won": "better",
    "renewal_won": "better",
    "milestone": "better",
    "risk_cleared": "better",
    "ticket_closed": "better",
    "opportunity_lost": "worse",
    "renewal_lost": "worse",
    "risk_raised": "worse",
    "ticket_opened": "worse",
    "left": "worse",
}
_ORDER = tuple(_SAYS)
_FOLDED = ("email_out", "email_in", "call", "ticket_closed")
_TOLD_BY_MOVES = {"risk_raised": ("open_risks", "critical_risks"), "milestone": ("milestone",)}
_BESIDE_WORSE = ("ticket_opened", "risk_raised", "left", "renewal_lost", "opportunity_lost")
_BESIDE_BETTER = ("meeting", "value_update", "ticket_closed", "joined", "complete")
_EXPLAINED = ("health", "usage_change", "adoption", "seat_use", "champion_silent_days")


def told(event: Event, today: date) -> str:
    """Return an event in a sentence: "Ticket opened on Sun 15 Nov: “Export fails” (urgent)"."""
    more = f" ({count(event.of, 'time')} in all)" if event.of > 1 else ""
    said = _SAYS[event.kind].format(
        day=day(event.on, today),
        what=f": {quoted(event.what)}" if event.what else "",
        who=f" with {event.who}"
        if event.who and not event.kind.startswith("email")
        else _mail(event),
        name=event.who,
        detail=f" ({event.detail})" if event.detail else "",
    )
    return said + more


def tone(event: Event) -> Tone:
    """Return whether an event is good news, bad news or neither, as a ticket is that was closed."""
    if event.kind == "ticket_opened" and not event.detail.endswith("open"):
        return "other"
    return _TONES.get(event.kind, "other")


def in_order(events: Iterable[Event], moves: Sequence[Move] = ()) -> tuple[Event, ...]:
    """Return events, what weighs most first and the newest of a kind, each kind of contact once.

    What one of the moves tells already is left out.
    """
    moved = {one.fact for one in moves}
    fresh = [one for one in events if not moved & set(_TOLD_BY_MOVES.get(one.kind, ()))]
    newest_first = sorted(fresh, key=lambda one: one.on, reverse=True)
    folded: dict[str, Event] = {}
    kept: list[Event] = []
    for one in newest_first:
        if one.kind not in _FOLDED:
            kept.append(one)
        elif one.kind in folded:
            folded[one.kind] = replace(folded[one.kind], of=folded[one.kind].of + 1)
        else:
            folded[one.kind] = one
    return tuple(sorted([*kept, *folded.values()], key=lambda one: _ORDER.index(one.kind)))


def beside(
    moves: Sequence[Move], events: Iterable[Event], now: Row, today: date
) -> tuple[Move | None, tuple[str, ...]]:
    """Return the move that calls most for a reason, and what lies close to it, the earliest first.

    Only what rows tell is named, and that it is close in time is all that is known of it.
    """
    main = next((one for one in moves if one.fact in _EXPLAINED and one.tone != "other"), None)
    if main is None or main.on is None:
        return None, ()
    kinds = _BESIDE_WORSE if main.tone == "worse" else _BESIDE_BETTER
    found = [
        *_quiet(main, now, today),
        *((one.on, one.says) for one in moves if _goes_with(one, main) and one.on is not None),
        *_events([one for one in events if one.kind in kinds], today),
    ]
    near = [(on, says) for on, says in found if on and main.on - _BEFORE <= on <= main.on + _AFTER]
    return main, tuple(f"{day(on, today)}: {says}" for on, says in sorted(near)[-_MOST:])


def _goes_with(move: Move, main: Move) -> bool:
    """Tell whether a move may be named beside another: dated, and of the same tone."""
    return move.fact in _EXPLAINED and move.dated and move is not main and move.tone == main.tone


def _events(events: Sequence[Event], today: date) -> list[tuple[date, str]]:
    """Tell of tickets in one line, however many there are, and of the others one by one."""
    tickets = [one for one in events if one.kind == "ticket_opened"]
    others = [(one.on, _undated(one, today)) for one in events if one not in tickets]
    if len(tickets) < 2:
        return [*others, *((one.on, _undated(one, today)) for one in tickets)]
    first = min(one.on for one in tickets)
    return [*others, (first, f"the first of {count(len(tickets), 'new ticket')}")]


def _undated(event: Event, today: date) -> str:
    return told(event, today).replace(f" on {day(event.on, today)}", "", 1)


def _quiet(main: Move, now: Row, today: date) -> list[tuple[date, str]]:
    """Name the champion's last sign-in beside a fall, once it is some days ago."""
    silent = now["champion_silent_days"]
    if main.tone != "worse" or main.fact == "champion_silent_days":
        return []
    if silent is None or silent < QUIET_DAYS:
        return []
    return [(seen_on(now, "champion_silent_days", today), f"{now['champion']}'s last sign-in")]


def _mail(event: Event) -> str:
    if not event.who:
        return ""
    return f" to {event.who}" if event.kind == "email_out" else f" ({event.who})"
