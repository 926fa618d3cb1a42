"""One account is read without columns: whatever there is of it, the facts are those among all."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from core.facts import SCHEMA
from storage.database import Database
from storage.facts import Window, read
from storage.tables import (
    Activity,
    Base,
    Contact,
    Contract,
    Csm,
    Customer,
    Health,
    Meeting,
    Opportunity,
    Renewal,
    RiskSignal,
    Ticket,
    Usage,
)
from tests.storage.book import NOW, day, days_ago, row, save

ACCOUNTS = 40
SOURCES = ("hubspot", "salesforce", "zendesk")
DEPARTMENTS = ("Finance", "Support", "", None)
METRICS = ("active_users", "feature_adoption", "usage", "reports", "exports")
ROLES = ("champion", "executive_sponsor", "user", None)


class _Anything:
    """Rows with whatever their columns may hold: ties, gaps, blanks, the past and what is to come.

    Every third account has one row of each kind at most.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._one = self._random.choice

    async def save(self, database: Database) -> None:
        accounts = [f"account-{number}" for number in range(ACCOUNTS)]
        people = [self._contact(id) for id in accounts for _ in range(self._many(6))]
        async with database.write() as session:
            for rows in (
                (row(Csm, id=id, name=id.title()) for id in ("ana", "ben")),
                (self._customer(id) for id in accounts),
                people,
                (self._activity(one) for one in people for _ in range(self._many(5))),
                self._of_accounts(accounts),
            ):
                session.add_all(rows)
                await session.flush()

    def _of_accounts(self, accounts: list[str]) -> Iterator[Base]:
        for id in accounts:
            most = 1 if id.endswith(("0", "3", "6", "9")) else 5
            yield from self._measured(id)
            for make in (self._contract, self._renewal, self._deal, self._risk, self._meeting):
                yield from (make(id) for _ in range(self._many(most)))
            yield from (self._ticket(id) for _ in range(self._many(most)))

    def _many(self, most: int) -> int:
        return self._random.randint(0, most)

    def _row(self, kind: type[Base], account: str, /, **values: Any) -> Base:
        return row(kind, customer_id=account, source=self._one(SOURCES), **values)

    def _day(self, oldest: int, newest: int = 0) -> Any:
        return day(self._random.randint(newest, oldest))

    def _at(self, oldest: int, newest: int = 0) -> Any:
        midnight = datetime.combine(self._day(oldest, newest), time(), NOW.tzinfo)
        return midnight + timedelta(hours=self._one((0, 8, 9, 10, 23)))

    def _maybe(self, value: Any) -> Any:
        return self._one((value, value, None))

    def _customer(self, id: str) -> Base:
        return row(
            Customer,
            id=id,
            name=id,
            csm_id=self._one(("ana", "ben", None)),
            segment=self._one(("smb", " ", None)),
            industry="Food",
            use_case=self._one(("planning", "")),
            arr=self._maybe(float(self._many(5))),
            currency=self._one(("USD", "EUR")),
            signed_up_on=self._one((day(3), day(732), day(735), day(369), self._day(900), None)),
            churned_on=self._one((None, None, None, None, day(2), day(-2))),
            prospect=self._many(9) == 9,
        )

    def _contact(self, account: str) -> Base:
        return self._row(
            Contact,
            account,
            name=self._one(("Ada", "Bo", "Cy")),
            title=self._maybe("Head"),
            department=self._one(DEPARTMENTS),
            role=self._one(ROLES),
            joined_on=self._maybe(self._day(90, -3)),
            left_on=self._one((None, None, self._day(9, -9))),
        )

    def _activity(self, of: Any) -> Base:
        kinds = ("email", "call", "login", "login", "value_update", "milestone", "feedback", "note")
        return self._row(
            Activity,
            of.customer_id,
            contact_id=self._maybe(of.id),
            kind=self._one(kinds),
            occurred_at=self._at(self._one((5, 200)), -1),
            subject=self._one(("Live", "Rolled out", "", None)),
        )

    def _measured(self, account: str) -> Iterator[Base]:
        end, weeks = self._one((-3, 0, 0, 3, 20)), self._one((0, 1, 12))
        for source in self._random.sample(SOURCES, self._one((1, 2))):
            for ago in range(end, end + 7 * weeks, self._one((1, 7))):
                value = float(self._random.randint(1, 99))
                yield row(
                    Health, customer_id=account, recorded_on=day(ago), score=value, source=source
                )
                yield from (
                    row(
                        Usage,
                        customer_id=account,
                        recorded_on=day(ago),
                        metric=metric,
                        value=value * self._many(3),
                        licensed=self._one((None, 0.0, 120.0)),
                        source=source,
                    )
                    for metric in self._random.sample(METRICS, 2)
                )

    def _contract(self, account: str) -> Base:
        return self._row(
            Contract,
            account,
            starts_on=self._day(400, -2),
            ends_on=self._one((day(-30), self._day(2, -400), None)),
            arr=self._maybe(float(self._many(500))),
            currency=self._one(("USD", "USD", "EUR")),
            trial=self._many(9) == 9,
        )

    def _renewal(self, account: str) -> Base:
        return self._row(
            Renewal,
            account,
            renews_on=self._one((day(-30), self._day(40, -90))),
            opened_on=self._maybe(self._day(90)),
            closed_on=self._one((None, self._day(20))),
            won=self._one((None, True, False)),
        )

    def _deal(self, account: str) -> Base:
        return self._row(
            Opportunity,
            account,
            name=self._one(("Seats", "Upgrade")),
            kind=self._one(("seats", "other", "new")),
            amount=self._maybe(float(self._many(3))),
            opened_on=self._maybe(self._day(50, -2)),
            won=self._one((None, None, True)),
        )

    def _risk(self, account: str) -> Base:
        return self._row(
            RiskSignal,
            account,
            kind="any",
            severity=self._one(("low", "high", "critical", "odd")),
            description=self._one(("Budget", "Sponsor left")),
            raised_at=self._at(9, -1),
            cleared_at=self._one((None, self._at(3, -3))),
        )

    def _meeting(self, account: str) -> Base:
        kinds = ("qbr", "qbr", "qbr_prep", "executive", "kickoff", "check_in")
        return self._row(
            Meeting,
            account,
            title="A meeting",
            kind=self._one(kinds),
            starts_at=self._at(20, -40),
            booked_at=self._maybe(self._at(9, -3)),
            cancelled=self._many(4) == 4,
            objectives_gathered=self._maybe(True),
            deck_status=self._maybe("draft"),
        )

    def _ticket(self, account: str) -> Base:
        return self._row(
            Ticket,
            account,
            subject=self._one(("Slow", "Broken", "", None)),
            priority=self._one(("low", "urgent", None)),
            opened_at=self._one((days_ago(2), self._at(220, -1))),
            closed_at=self._one((None, self._at(2, -2))),
        )


async def _both_ways(database: Database, **window: Any) -> list[tuple[dict[str, Any], ...]]:
    """Return what is read of each account among all, and of it alone."""
    async with database.read() as session:
        whole = await read(session, Window(**window))
        alone = [await read(session, Window(accounts=(id,), **window)) for id in whole["id"]]
    assert all(dict(one.schema) == SCHEMA for one in alone)
    found = [one.row(0, named=True) for one in alone]
    return list(zip(whole.iter_rows(named=True), found, strict=True))


async def test_an_account_has_the_same_facts_alone_and_among_all(database: Database) -> None:
    await _Anything(1).save(database)

    windows: list[dict[str, Any]] = [{"as_of": NOW, "today": day(1)}, {"as_of": days_ago(9.5)}]
    found = [pair for window in windows for pair in await _both_ways(database, **window)]

    told = {name for one, _ in found for name, value in one.items() if value is not None}
    assert told == set(SCHEMA)
    for among_all, alone in found:
        assert alone == among_all


async def test_whoever_pays_most_of_forty_nine_is_at_the_very_top(sqlite: Database) -> None:
    paying = (row(Customer, id=str(one), name=str(one), arr=float(one)) for one in range(1, 50))
    await save(sqlite, *paying)

    async with sqlite.read() as session:
        one, two = [
            await read(session, Window(NOW, accounts=names)) for names in (("49",), ("49", "1"))
        ]

    assert one["arr_rank"].to_list() == [1.0]
    assert two["arr_rank"].max() == 1.0


async def test_of_an_account_that_is_none_nothing_is_read(sqlite: Database) -> None:
    async with sqlite.read() as session:
        found = await read(session, Window(NOW, accounts=("nobody",)))

    assert found.is_empty()
    assert dict(found.schema) == SCHEMA
