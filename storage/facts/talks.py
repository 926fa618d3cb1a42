"""When each account was last met and talked to: one look at meetings, and one at activities."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from storage.facts.columns import MOMENT, query
from storage.facts.feeds import IN_TOUCH, TALK
from storage.facts.window import Scope
from storage.tables import Activity, Meeting, table

ACTIVITIES = table(Activity)
MEETINGS = table(Meeting)


def _meetings(window: Scope) -> Select[Any]:
    at = MEETINGS.c.starts_at
    held = at <= window.as_of
    known = or_(MEETINGS.c.booked_at.is_(None), MEETINGS.c.booked_at <= window.as_of)
    return (
        select(
            MEETINGS.c.customer_id,
            func.max(at).filter(held),
            func.max(at).filter(held, MEETINGS.c.kind == "executive"),
            func.max(at).filter(held, known),
            func.min(at).filter(~held, known),
            func.min(at).filter(MEETINGS.c.kind == "kickoff", known),
            func.max(MEETINGS.c.source).filter(held),
            func.max(MEETINGS.c.source).filter(known),
        )
        .where(window.of(MEETINGS.c.customer_id), MEETINGS.c.cancelled.is_(False))
        .group_by(MEETINGS.c.customer_id)
    )


def _activities(window: Scope) -> Select[Any]:
    # Of the whole book all kinds are gone through in the index's order, and nothing is sorted.
    of_kind = true() if window.is_whole else ACTIVITIES.c.kind.in_(TALK)
    kinds = (IN_TOUCH, ("value_update",), ("feedback",))
    return (
        select(ACTIVITIES.c.customer_id, *(one for kind in kinds for one in _last(kind)))
        .where(
            window.of(ACTIVITIES.c.customer_id), of_kind, ACTIVITIES.c.occurred_at <= window.as_of
        )
        .group_by(ACTIVITIES.c.customer_id)
    )


def _last(kinds: tuple[str, ...]) -> tuple[ColumnElement[Any], ...]:
    """The newest moment of some kinds, and their source."""
    one_of = ACTIVITIES.c.kind.in_(kinds)
    return tuple(
        func.max(column).filter(one_of)
        for column in (ACTIVITIES.c.occurred_at, ACTIVITIES.c.source)
    )


CALENDAR = query(
    _meetings,
    *("id", "held", "executive", "last", "next", "kickoff", "source", "booked_source"),
    **dict.fromkeys(("held", "executive", "last", "next", "kickoff"), MOMENT),
)
"""Each account's meetings: the last one held, of executives too, the next, the kickoff.

`held` counts what took place, however late it was booked; `last`, `next` and `kickoff` only what
was booked by the moment.
"""

TALKS = query(
    _activities,
    *("id", "talked", "talked_source", "valued", "valued_source", "asked", "asked_source"),
    **dict.fromkeys(("talked", "valued", "asked"), MOMENT),
)
"""When each account was last written or spoken to, sent a value update, and asked for feedback."""
