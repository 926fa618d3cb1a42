"""Happenings are read from the rows that tell of them, as of a moment and after another."""

from datetime import timedelta
from typing import Any

import pytest

from core.happenings import HAPPENINGS
from storage.database import Database
from storage.happenings import newest
from storage.tables import (
    Activity,
    Base,
    Contact,
    Meeting,
    Opportunity,
    Renewal,
    Ticket,
)
from tests.core.builders import CATALOGUE
from tests.storage.book import NOW, begin, day, days_ago, row, save

SINCE = days_ago(10)


def _meeting(kind: str, ago: float, booked: float | None = None, **more: Any) -> Base:
    at = None if booked is None else days_ago(booked)
    values = {"title": kind, "kind": kind, "starts_at": days_ago(ago), "booked_at": at}
    return row(Meeting, customer_id="beta", **values | more)


def _did(kind: str, ago: float = 2, **more: Any) -> Base:
    return row(Activity, customer_id="beta", kind=kind, occurred_at=days_ago(ago), **more)


def _contact(id: str, role: str) -> Base:
    return row(Contact, customer_id="beta", id=id, name=id.title(), role=role)


CHAMPION, SPONSOR = _contact("sarah", "champion"), _contact("tom", "executive_sponsor")

CASES: dict[str, list[Base]] = {
    "meeting": [_meeting("check_in", 2)],
    "meeting_booked": [_meeting("check_in", -9, 2)],
    "call": [_did("call")],
    "email_sent": [_did("email", direction="out")],
    "reply": [_did("email", direction="in")],
    "qbr": [_meeting("qbr", 2)],
    "qbr_prep_booked": [_meeting("qbr_prep", -5, 2)],
    "kickoff_booked": [_meeting("kickoff", -5, 2)],
    "training_booked": [_meeting("training", -5, 2)],
    "renewal_talk": [_meeting("renewal", 2)],
    "renewed": [row(Renewal, customer_id="beta", renews_on=day(-30), closed_on=day(2), won=True)],
    "ticket_closed": [
        row(Ticket, customer_id="beta", opened_at=days_ago(30), closed_at=days_ago(2)),
        row(Ticket, customer_id="beta", opened_at=days_ago(30)),
    ],
    "tickets_cleared": [
        row(Ticket, customer_id="beta", opened_at=days_ago(30), closed_at=days_ago(2))
    ],
    "opportunity_opened": [
        row(Opportunity, customer_id="beta", name="Seats", kind="seats", opened_on=day(2))
    ],
    "champion_back": [CHAMPION, _did("login", contact_id="sarah")],
    "sponsor_met": [SPONSOR, _did("call", contact_id="tom", direction="out")],
    "value_update": [_did("value_update")],
    "feedback": [_did("feedback")],
    "milestone": [_did("milestone", subject="First report")],
}


def _copies(rows: list[Base]) -> list[Base]:
    return [type(one)(**one.model_dump()) for one in rows]


async def _newest(database: Database, *names: str, **when: Any) -> dict[tuple[str, str], Any]:
    asked: dict[str, Any] = {"since": SINCE, "as_of": NOW, "accounts": ["beta", "alpha"]} | when
    async with database.read() as session:
        return dict(await newest(session, names=names or tuple(HAPPENINGS), **asked))


@pytest.mark.parametrize("name", HAPPENINGS)
async def test_each_happening_is_told_by_its_rows(database: Database, name: str) -> None:
    await begin(database)
    await save(database, *_copies(CASES[name]))

    found = await _newest(database, name)

    assert {key: at.date() for key, at in found.items()} == {("beta", name): day(2)}
    assert await _newest(database, name, accounts=["alpha"]) == {}
    assert await _newest(database, name, since=days_ago(1)) == {}
    assert await _newest(database, name, as_of=days_ago(3)) == {}


def test_what_shows_that_a_play_was_done_is_in_the_catalogue() -> None:
    named = {name for play in CATALOGUE.plays.values() for name in play.fulfilled_by}

    assert named <= set(HAPPENINGS) == set(CASES)


async def test_an_open_ticket_keeps_them_from_being_cleared(database: Database) -> None:
    await begin(database)
    await save(database, *_copies(CASES["ticket_closed"]))

    assert await _newest(database, "tickets_cleared") == {}


async def test_what_was_called_off_or_lies_ahead_did_not_take_place(database: Database) -> None:
    await begin(database)
    await save(
        database, _meeting("qbr", 2, 5, cancelled=True), _meeting("qbr", -2, 20), _did("call", -1)
    )

    assert await _newest(database) == {}


async def test_the_newest_counts_and_the_hour_of_a_deferral_too(database: Database) -> None:
    await begin(database)
    await save(database, _did("call", 3), _did("call", 1), _did("call", 9))

    assert await _newest(database, "call") == {("beta", "call"): days_ago(1)}
    assert await _newest(database, "call", since=days_ago(1)) == {}
    just_before = days_ago(1) - timedelta(minutes=1)
    assert await _newest(database, "call", since=just_before) == {("beta", "call"): days_ago(1)}


async def test_many_accounts_are_asked_about_in_turns(sqlite: Database) -> None:
    await begin(sqlite)
    await save(sqlite, _did("call"))
    many = [f"account-{n}" for n in range(1_200)]

    assert await _newest(sqlite, "call", accounts=[*many, "beta"]) == {
        ("beta", "call"): days_ago(2)
    }
