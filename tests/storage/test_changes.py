"""What happened between two moments: each kind from its rows, of no other account or time."""

from datetime import timedelta
from typing import Any

import pytest

from core.changes import Event, told
from core.recommendations import DecisionKind
from storage.changes import Between, events
from storage.database import Database
from storage.recommendations import Recommendations
from storage.tables import (
    Activity,
    Base,
    Contact,
    Meeting,
    Opportunity,
    Renewal,
    RiskSignal,
    Ticket,
)
from tests.core.builders import TODAY, beta, decision
from tests.storage.book import NOW, begin, day, days_ago, row, save

SINCE = days_ago(10)


def _meeting(ago: float, booked: float, **more: Any) -> Base:
    moments = {"starts_at": days_ago(ago), "booked_at": days_ago(booked)}
    return row(Meeting, customer_id="beta", title="Check-in", **moments | more)


def _did(kind: str, **more: Any) -> Base:
    return row(Activity, customer_id="beta", kind=kind, occurred_at=days_ago(2), **more)


def _ticket(opened: float, closed: float | None, **more: Any) -> Base:
    ends = None if closed is None else days_ago(closed)
    moments = {"opened_at": days_ago(opened), "closed_at": ends}
    return row(Ticket, customer_id="beta", subject="Export fails", **moments | more)


def _deal(**more: Any) -> Base:
    return row(Opportunity, customer_id="beta", name="Seats", amount=9_000.0, **more)


SAID: tuple[tuple[str, Base, str], ...] = (
    ("met", _meeting(2, 20), "Met on Sun 1 Mar: “Check-in”"),
    ("booked", _meeting(-7, 2), "Booked for Tue 10 Mar: “Check-in”"),
    ("called", _did("call", subject="Renewal"), "Call on Sun 1 Mar: “Renewal”"),
    ("we wrote", _did("email", direction="out"), "We wrote on Sun 1 Mar"),
    ("they wrote", _did("email", direction="in", subject="Hi"), "They wrote on Sun 1 Mar: “Hi”"),
    (
        "ticket opened",
        _ticket(2, None, priority="urgent"),
        "Ticket opened on Sun 1 Mar: “Export fails” (urgent, open)",
    ),
    (
        "ticket opened and closed",
        _ticket(3, 2),
        "Ticket opened on Sat 28 Feb: “Export fails” (closed on 1 Mar)",
    ),
    ("ticket closed", _ticket(30, 2), "Ticket closed on Sun 1 Mar: “Export fails”"),
    ("deal", _deal(opened_on=day(2)), "Opportunity opened on Sun 1 Mar: “Seats” ($9K)"),
    (
        "deal won",
        _deal(opened_on=day(30), closed_on=day(2), won=True),
        "Won on Sun 1 Mar: “Seats” ($9K)",
    ),
    (
        "renewal lost",
        row(Renewal, customer_id="beta", renews_on=day(-9), closed_on=day(2), won=False),
        "The renewal was lost on Sun 1 Mar",
    ),
    ("value", _did("value_update"), "Value update sent on Sun 1 Mar"),
    (
        "milestone",
        _did("milestone", subject="First report"),
        "Reached on Sun 1 Mar: “First report”",
    ),
    (
        "risk",
        row(
            RiskSignal,
            customer_id="beta",
            kind="x",
            severity="high",
            description="A trial elsewhere",
            raised_at=days_ago(2),
        ),
        "Risk raised on Sun 1 Mar: “A trial elsewhere” (high)",
    ),
    (
        "left",
        row(Contact, customer_id="beta", name="Tom Reed", role="champion", left_on=day(2)),
        "Tom Reed left on Sun 1 Mar (champion)",
    ),
)


async def _told(database: Database, *accounts: str, **when: Any) -> list[str]:
    between = Between(accounts or ("beta",), *({"since": SINCE, "as_of": NOW} | when).values())
    async with database.read() as session:
        found = await events(session, between)
    return [told(one, TODAY) for one in found.get("beta", ())]


@pytest.mark.parametrize(("one", "says"), [pytest.param(*case[1:], id=case[0]) for case in SAID])
async def test_each_event_is_told_by_its_row(sqlite: Database, one: Base, says: str) -> None:
    await begin(sqlite)
    await save(sqlite, type(one)(**one.model_dump()))

    assert await _told(sqlite) == [says]
    assert await _told(sqlite, "alpha") == []
    assert await _told(sqlite, since=days_ago(0.5)) == []
    assert await _told(sqlite, since=days_ago(60), as_of=days_ago(40)) == []


async def test_what_lies_before_after_or_was_called_off_is_not_told(database: Database) -> None:
    await begin(database)
    await save(
        database,
        _meeting(2, 20, cancelled=True),
        _meeting(-9, 20),
        _ticket(30, 20),
        row(Activity, customer_id="beta", kind="login", occurred_at=days_ago(2)),
        row(Activity, customer_id="beta", kind="call", occurred_at=NOW + timedelta(days=1)),
    )

    assert await _told(database) == []


async def test_a_decision_is_told_until_it_is_undone(database: Database) -> None:
    await begin(database)
    kept = Recommendations(database)
    (shown,) = await kept.offer([beta()], now=NOW)
    when: dict[str, Any] = {"as_of": NOW + timedelta(hours=1)}

    accepted = decision(DecisionKind.ACCEPT, after=1)
    await kept.decide(shown.id, accepted, request_key="a", today=TODAY)
    before = await _told(database, **when)
    undone = decision(DecisionKind.UNDO, after=2)
    await kept.decide(shown.id, undone, request_key="b", today=TODAY)

    assert before == [f"Ana Souza accepted on Tue 3 Mar: “{shown.headline}”"]
    assert await _told(database, **when) == []


async def test_accounts_are_kept_apart(sqlite: Database) -> None:
    await begin(sqlite)
    await save(
        sqlite,
        _did("call"),
        row(Activity, customer_id="alpha", kind="call", occurred_at=days_ago(1)),
    )

    async with sqlite.read() as session:
        found = await events(session, Between(("beta", "alpha"), SINCE, NOW))

    assert found == {
        "beta": (Event("call", day(2)),),
        "alpha": (Event("call", day(1)),),
    }
