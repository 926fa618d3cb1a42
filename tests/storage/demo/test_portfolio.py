"""The demo portfolio as a whole: believable, consistent, nothing later than now."""

import itertools
from collections import Counter, defaultdict
from random import Random
from statistics import mean
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import DateTime, select

from core.recommendations import Recommendation
from storage.database import Database
from storage.sources.demo.companies import invented, listed
from storage.sources.demo.rows import slug
from storage.tables import (
    Base,
    Contact,
    Contract,
    Csm,
    Customer,
    DecisionRow,
    Health,
    Meeting,
    RecommendationRow,
    UtcDateTime,
    table,
)
from tests.storage.demo.moment import NOW, TODAY

STORIES = {
    "Beta Inc", "Alpha Corp", "Acme Corp", "Gamma Ltd", "Delta Co", "Epsilon", "Zeta Inc",
    "Eta Corp", "Theta", "TechCorp Industries", "TechFlow Inc", "DataDrive Co", "CloudFirst",
    "Nexus Corp",
}  # fmt: skip

AHEAD = {("meetings", "starts_at"), ("meetings", "ends_at")}
"""The moments that may lie ahead: what is booked."""


async def all_of(database: Database, kind: Any) -> list[Any]:
    async with database.read() as session:
        return list(await session.execute(select(table(kind))))


async def names(database: Database) -> dict[str, str]:
    return {row.id: row.name for row in await all_of(database, Customer)}


async def test_four_csms_report_to_one_manager_and_share_sixty_accounts(
    portfolio: Database,
) -> None:
    people = {row.email: row for row in await all_of(portfolio, Csm)}
    accounts = await all_of(portfolio, Customer)

    owned = Counter(row.csm_id for row in accounts)
    manager = people.pop("mara@steward.example")

    assert manager.role == "manager"
    assert {row.manager_id for row in people.values()} == {manager.id}
    assert set(people) == {f"{key}@steward.example" for key in ("ana", "ben", "chloe", "dev")}
    assert len(accounts) == 60
    assert owned[people["ana@steward.example"].id] == 16
    assert sorted(owned.values()) == [14, 15, 15, 16]


async def test_every_name_of_the_documents_is_there(portfolio: Database) -> None:
    found = set((await names(portfolio)).values())

    assert found >= STORIES
    assert {"Lumière Studio", "Target Metrics", "Next Step Education", "Acme Rockets"} <= found
    assert {company.name for company in listed()} | STORIES == found


async def test_no_address_lies_outside_the_reserved_domains(portfolio: Database) -> None:
    contacts = [row.email for row in await all_of(portfolio, Contact)]
    people = [row.email for row in await all_of(portfolio, Csm)]
    domains = [row.domain for row in await all_of(portfolio, Customer)]

    assert all(address.endswith(".example") for address in (*contacts, *people, *domains))


async def test_the_record_of_an_account_agrees_with_its_running_contracts(
    portfolio: Database,
) -> None:
    running: dict[str, float] = defaultdict(float)
    for row in await all_of(portfolio, Contract):
        if row.starts_on <= TODAY <= row.ends_on:
            running[row.customer_id] += row.arr

    for account in await all_of(portfolio, Customer):
        assert account.arr == running[account.id], account.name


async def test_an_account_has_three_to_six_contacts_of_different_names(
    portfolio: Database,
) -> None:
    by_account: dict[str, list[str]] = defaultdict(list)
    for row in await all_of(portfolio, Contact):
        by_account[row.customer_id].append(row.name)

    assert len(by_account) == 60
    assert all(3 <= len(set(found)) == len(found) <= 6 for found in by_account.values())


async def test_health_scores_are_believable_and_the_mean_of_their_components(
    portfolio: Database,
) -> None:
    called = await names(portfolio)
    series: dict[str, list[Any]] = defaultdict(list)
    for row in await all_of(portfolio, Health):
        series[row.customer_id].append(row)
        assert 0 <= row.score <= 100
        assert abs(mean(row.components.values()) - row.score) < 0.06

    for account, rows in series.items():
        rows.sort(key=lambda row: row.recorded_on)
        for before, after in itertools.pairwise(rows):
            assert (after.recorded_on - before.recorded_on).days <= 7
            assert abs(after.score - before.score) <= 15, called[account]


async def test_most_accounts_have_eighteen_months_of_ups_and_downs(portfolio: Database) -> None:
    series: dict[str, list[float]] = defaultdict(list)
    for row in await all_of(portfolio, Health):
        series[row.customer_id].append(row.score)

    long = [scores for scores in series.values() if len(scores) >= 70]

    assert len(long) >= 30
    assert all(max(scores) - min(scores) > 5 for scores in long)


async def test_nothing_happened_after_now(portfolio: Database) -> None:
    for of in Base.metadata.sorted_tables:
        moments = [
            column
            for column in of.columns
            if isinstance(column.type, UtcDateTime | DateTime)
            and (of.name, column.name) not in AHEAD
        ]
        if not moments:
            continue
        async with portfolio.read() as session:
            for row in await session.execute(select(*moments)):
                assert all(moment is None or moment <= NOW for moment in row), of.name


async def test_what_is_booked_was_booked_before(portfolio: Database) -> None:
    for row in await all_of(portfolio, Meeting):
        assert row.booked_at < row.starts_at < row.ends_at
        assert row.starts_at > NOW or row.notes


async def test_what_was_shown_can_be_read_back_and_its_parts_add_up(portfolio: Database) -> None:
    adapter = TypeAdapter(Recommendation)

    for row in await all_of(portfolio, RecommendationRow):
        shown = adapter.validate_python(row.shown)
        assert (shown.id, shown.play, shown.account.id) == (row.id, row.play, row.customer_id)
        assert shown.score.priority == row.priority
        assert 0 < row.priority <= 100
        assert shown.reasons


async def test_decisions_count_up_to_the_version_of_their_recommendation(
    portfolio: Database,
) -> None:
    decisions: dict[str, list[Any]] = defaultdict(list)
    for row in await all_of(portfolio, DecisionRow):
        decisions[row.recommendation_id].append(row)

    for row in await all_of(portfolio, RecommendationRow):
        found = sorted(decisions[row.id], key=lambda decision: decision.version)
        assert [one.version for one in found] == list(range(2, row.version + 1))
        assert row.created_at < found[0].at
        assert [one.at for one in found] == sorted(one.at for one in found)
        assert found[-1].at == row.changed_at


def test_twenty_thousand_invented_names_are_all_different() -> None:
    rng = Random(1)
    taken = {slug(company.name) for company in listed()} | {slug(name) for name in STORIES}

    slugs = [slug(invented(number, rng).name) for number in range(20_000)]

    assert len(set(slugs)) == len(slugs)
    assert not taken & set(slugs)
