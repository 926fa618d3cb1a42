"""The people at accounts, and when each was last heard of."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, case, func, or_, select

from storage.facts.columns import MOMENT, query
from storage.facts.feeds import IN_TOUCH
from storage.facts.window import Scope
from storage.tables import Activity, Contact, table

ACTIVITIES = table(Activity)
CONTACTS = table(Contact)

CHAMPION, SPONSOR = "champion", "executive_sponsor"


def _there(window: Scope) -> Select[Any]:
    is_sponsor = CONTACTS.c.role == SPONSOR
    return select(
        CONTACTS.c.customer_id,
        CONTACTS.c.name,
        CONTACTS.c.title,
        CONTACTS.c.role,
        CONTACTS.c.department,
        CONTACTS.c.source,
        case((or_(CONTACTS.c.role.is_(None), ~is_sponsor), _last(window, ("login",)))),
        case((is_sponsor, _last(window, IN_TOUCH))),
    ).where(
        window.of(CONTACTS.c.customer_id),
        or_(CONTACTS.c.role.in_((CHAMPION, SPONSOR)), CONTACTS.c.department.is_not(None)),
        or_(CONTACTS.c.joined_on.is_(None), CONTACTS.c.joined_on <= window.day),
        or_(CONTACTS.c.left_on.is_(None), CONTACTS.c.left_on > window.day),
    )


def _last(window: Scope, kinds: tuple[str, ...]) -> ScalarSelect[Any]:
    """When a person last did something of these kinds, found by their index."""
    return (
        select(func.max(ACTIVITIES.c.occurred_at))
        .where(
            ACTIVITIES.c.contact_id == CONTACTS.c.id,
            ACTIVITIES.c.kind.in_(kinds),
            ACTIVITIES.c.occurred_at <= window.as_of,
        )
        .scalar_subquery()
    )


PEOPLE = query(
    _there,
    *("id", "person", "title", "role", "department", "source", "signed_in", "in_touch"),
    signed_in=MOMENT,
    in_touch=MOMENT,
)
"""Champions, sponsors and whoever has a department, as they are on that day.

`signed_in` and `in_touch` are when they last signed in, or (sponsors) wrote or were called.
"""
