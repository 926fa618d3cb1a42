"""The facts of an account's own calendar: anniversary, contract, kickoff, meetings, milestones."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from storage.database import Database
from storage.facts import Window, read
from storage.tables import Activity, Contract, Customer, Meeting
from tests.storage.book import NOW, begin, day, days_ago, row, save


async def _facts(database: Database, account: str, **window: Any) -> dict[str, Any]:
    async with database.read() as session:
        found = await read(session, Window(NOW, accounts=(account,), **window))
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("signed_up", "days"),
    [
        (date(2023, 3, 3), 0),
        (date(2023, 3, 2), 364),
        (date(2024, 3, 20), 17),
        (date(2025, 4, 2), 30),
        (date(2025, 4, 4), None),
        (date(2024, 2, 29), 362),
        (None, None),
    ],
)
async def test_the_anniversary_comes_every_year_from_the_eleventh_month_on(
    sqlite: Database, signed_up: date | None, days: int | None
) -> None:
    await save(sqlite, row(Customer, id="old", name="Old Friend", signed_up_on=signed_up))

    facts = await _facts(sqlite, "old")

    assert facts["days_to_anniversary"] == days


async def test_the_anniversary_is_counted_from_the_readers_own_day(sqlite: Database) -> None:
    await save(sqlite, row(Customer, id="old", name="Old", signed_up_on=date(2024, 3, 4)))

    facts = await _facts(sqlite, "old", today=date(2026, 3, 4))

    assert facts["days_to_anniversary"] == 0


async def test_the_contracts_length_is_that_of_the_one_that_ends_first(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Customer, id="open", name="Open Ended"),
        row(Contract, customer_id="open", starts_on=day(90), arr=1.0),
        row(Contract, customer_id="gamma", starts_on=day(100), ends_on=day(100 - 364), arr=1.0),
        row(Contract, customer_id="gamma", starts_on=day(9), ends_on=day(9 - 3 * 365), arr=1.0),
        row(Contract, customer_id="free", starts_on=day(9), ends_on=day(9 - 3 * 365), arr=1.0),
        row(Contract, customer_id="free", starts_on=day(9), ends_on=day(-5), trial=True),
    )

    gamma, free, open_ended = [await _facts(database, id) for id in ("gamma", "free", "open")]

    assert (gamma["contract_months"], gamma["contract_on"]) == (12, day(100))
    assert free["contract_months"] == 36
    assert (open_ended["contract_months"], open_ended["contract_on"]) == (None, None)


async def test_a_kickoff_held_or_booked_is_known_and_none_is_said_where_a_calendar_tells(
    database: Database,
) -> None:
    await begin(database)
    kickoff = {"title": "Kickoff", "kind": "kickoff"}
    await save(
        database,
        row(Meeting, customer_id="beta", starts_at=days_ago(200), **kickoff),
        row(Meeting, customer_id="gamma", starts_at=days_ago(-5), booked_at=NOW, **kickoff),
        row(Meeting, customer_id="alpha", starts_at=days_ago(-5), cancelled=True, **kickoff),
        row(Meeting, customer_id="alpha", title="Check-in", starts_at=days_ago(8)),
        row(Meeting, customer_id="free", booked_at=days_ago(-1), starts_at=days_ago(-3), **kickoff),
    )

    async with database.read() as session:
        found = await read(session, Window(NOW))

    assert dict(found.select("id", "kickoff_booked").iter_rows()) == {
        "beta": True,
        "gamma": True,
        "alpha": False,
        "free": False,
    }
    days = dict(found.select("id", "kickoff_on").iter_rows())
    assert (days["beta"], days["gamma"]) == (day(200), day(0))
    assert (days["alpha"], days["free"]) == (day(8), day(8))


async def test_without_a_running_calendar_nobody_is_said_to_lack_a_kickoff(
    database: Database,
) -> None:
    await begin(database)
    await save(database, row(Meeting, customer_id="beta", title="QBR", starts_at=days_ago(31)))

    assert (await _facts(database, "gamma"))["kickoff_booked"] is None


async def test_meetings_are_counted_to_the_last_one_held_and_the_next_one_booked(
    database: Database,
) -> None:
    await begin(database)
    held = {"customer_id": "beta", "title": "Check-in"}
    await save(
        database,
        row(Meeting, starts_at=days_ago(40), **held),
        row(Meeting, starts_at=days_ago(12), **held),
        row(Meeting, starts_at=days_ago(2), cancelled=True, **held),
        row(Meeting, starts_at=days_ago(-6), **held),
        row(Meeting, starts_at=days_ago(-30), **held),
        row(Meeting, customer_id="alpha", title="First", starts_at=days_ago(-4)),
    )

    beta, alpha, gamma = [await _facts(database, id) for id in ("beta", "alpha", "gamma")]

    assert (beta["days_since_meeting"], beta["days_to_meeting"]) == (12, 6)
    assert (beta["meetings_on"], beta["meetings_source"]) == (day(12), "test")
    assert (alpha["days_since_meeting"], alpha["days_to_meeting"]) == (None, 4)
    assert gamma["meetings_on"] is None


async def test_the_last_milestone_is_told_with_its_day(database: Database) -> None:
    await begin(database)
    reached = {"customer_id": "beta", "kind": "milestone"}
    await save(
        database,
        row(Activity, subject="100 users", occurred_at=days_ago(90), **reached),
        row(Activity, subject="First report live", occurred_at=days_ago(6), **reached),
        row(Activity, subject="Later", occurred_at=days_ago(-1), **reached),
    )

    facts, other = await _facts(database, "beta"), await _facts(database, "alpha")

    assert (facts["milestone"], facts["days_since_milestone"]) == ("First report live", 6)
    assert (facts["milestone_on"], facts["milestone_source"]) == (day(6), "test")
    assert other["milestone"] is other["milestone_on"] is None


async def _conversations(database: Database, oldest: int, newest: int) -> None:
    await begin(database)
    await save(
        database,
        row(Activity, customer_id="alpha", kind="email", occurred_at=days_ago(oldest)),
        row(Activity, customer_id="alpha", kind="call", occurred_at=days_ago(newest)),
    )


async def test_feedback_asked_for_within_half_a_year_is_known(database: Database) -> None:
    await _conversations(database, oldest=300, newest=1)
    asked = {"kind": "feedback", "direction": "out"}
    await save(
        database,
        row(Activity, customer_id="beta", occurred_at=days_ago(170), **asked),
        row(Activity, customer_id="gamma", occurred_at=days_ago(190), **asked),
    )

    beta, gamma, free = [await _facts(database, id) for id in ("beta", "gamma", "free")]

    assert (beta["feedback_asked"], beta["feedback_on"]) == (True, day(170))
    assert (gamma["feedback_asked"], gamma["feedback_on"]) == (False, day(1))
    assert free["feedback_asked"] is False


@pytest.mark.parametrize(("oldest", "newest"), [(100, 1), (300, 31)])
async def test_conversations_that_are_too_young_or_have_stopped_deny_nothing(
    sqlite: Database, oldest: int, newest: int
) -> None:
    await _conversations(sqlite, oldest=oldest, newest=newest)

    assert (await _facts(sqlite, "beta"))["feedback_asked"] is None


async def test_facts_of_many_accounts_are_those_of_each_alone(database: Database) -> None:
    await _conversations(database, oldest=300, newest=1)
    await save(
        database,
        *(
            row(Meeting, customer_id=id, title="Check-in", starts_at=NOW - timedelta(days=ago))
            for ago, id in enumerate(("alpha", "beta", "gamma"), start=3)
        ),
    )

    async with database.read() as session:
        every = await read(session, Window(NOW))
        alone = [await read(session, Window(NOW, accounts=(id,))) for id in every["id"]]

    assert every.drop("arr_rank").equals(pl.concat(alone).drop("arr_rank"))
