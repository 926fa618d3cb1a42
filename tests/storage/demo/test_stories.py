"""The product documents' examples: what they say of an account is what its rows say."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.facts import Window, read
from storage.sources.demo import fill
from storage.tables import (
    AccountPlan,
    Activity,
    Contact,
    Contract,
    Customer,
    Health,
    Meeting,
    Opportunity,
    Renewal,
    Ticket,
    Usage,
    table,
)
from tests.storage.demo.moment import NOW, TODAY


async def rows_of(database: Database, kind: Any, account: str) -> list[Any]:
    of, customers = table(kind), table(Customer)
    statement = select(of).where(
        of.c.customer_id
        == select(customers.c.id).where(customers.c.name == account).scalar_subquery()
    )
    async with database.read() as session:
        return list(await session.execute(statement))


async def facts_of(database: Database, now: datetime = NOW) -> dict[str, dict[str, Any]]:
    async with database.read() as session:
        facts = await read(session, Window(now))
    return {row["name"]: row for row in facts.to_dicts()}


async def test_beta_incs_champion_signed_in_last_exactly_14_days_ago(portfolio: Database) -> None:
    champion = next(
        row for row in await rows_of(portfolio, Contact, "Beta Inc") if row.role == "champion"
    )
    logins = [
        row.occurred_at
        for row in await rows_of(portfolio, Activity, "Beta Inc")
        if row.kind == "login" and row.contact_id == champion.id
    ]

    assert champion.name == "Sarah Lin"
    assert (TODAY - max(logins).date()).days == (NOW - max(logins)).days == 14


async def test_beta_incs_health_fell_from_78_to_66_in_the_week_to_today(
    portfolio: Database,
) -> None:
    scores = {row.recorded_on: row.score for row in await rows_of(portfolio, Health, "Beta Inc")}

    assert scores[TODAY - timedelta(days=7)] == 78
    assert scores[TODAY] == 66
    assert TODAY - timedelta(days=30) in scores


async def test_beta_incs_usage_is_down_25_percent_in_two_weeks(portfolio: Database) -> None:
    usage = {
        row.recorded_on: row.value
        for row in await rows_of(portfolio, Usage, "Beta Inc")
        if row.metric == "active_users"
    }

    late = [v for day, v in usage.items() if day > TODAY - timedelta(days=14)]
    early = [
        v
        for day, v in usage.items()
        if TODAY - timedelta(days=28) < day <= TODAY - timedelta(days=14)
    ]

    assert sum(late) / len(late) == pytest.approx(0.75 * sum(early) / len(early), rel=0.005)


async def test_beta_incs_renewal_is_in_60_days_by_contract_and_by_pipeline(
    portfolio: Database,
) -> None:
    day = TODAY + timedelta(days=60)
    contracts = await rows_of(portfolio, Contract, "Beta Inc")
    renewals = await rows_of(portfolio, Renewal, "Beta Inc")

    assert max(row.ends_on for row in contracts) == day
    assert [row.renews_on for row in renewals if row.closed_on is None] == [day]
    assert [row.arr for row in contracts if row.ends_on == day] == [120_000]


async def test_alpha_corp_has_an_open_opportunity_of_30k_and_no_renewal_meeting(
    portfolio: Database,
) -> None:
    deals = await rows_of(portfolio, Opportunity, "Alpha Corp")
    meetings = await rows_of(portfolio, Meeting, "Alpha Corp")

    assert [row.amount for row in deals if row.won is None] == [30_000]
    assert not [row for row in meetings if row.starts_at > NOW]


async def test_acme_corps_qbr_is_booked_and_nothing_else_is_done_for_it(
    portfolio: Database,
) -> None:
    ahead = [row for row in await rows_of(portfolio, Meeting, "Acme Corp") if row.starts_at > NOW]

    assert [(row.kind, row.objectives_gathered, row.deck_status) for row in ahead] == [
        ("qbr", False, "not_started")
    ]
    assert (ahead[0].starts_at.date() - TODAY).days == 18
    assert ahead[0].booked_at < NOW


async def test_delta_cos_open_tickets_share_a_category(portfolio: Database) -> None:
    tickets = [row for row in await rows_of(portfolio, Ticket, "Delta Co") if row.closed_at is None]

    assert len(tickets) == 5
    assert sum(row.priority in ("high", "urgent") for row in tickets) == 3
    assert [row.category for row in tickets].count("integrations") == 4


async def test_techflow_asked_twice_for_seats(portfolio: Database) -> None:
    asked = [
        row.subject
        for row in await rows_of(portfolio, Activity, "TechFlow Inc")
        if row.direction == "in" and "More seats" in (row.subject or "")
    ]

    assert len(asked) == 2


async def test_techcorps_plan_waits_for_its_review_with_all_sections(portfolio: Database) -> None:
    (plan,) = await rows_of(portfolio, AccountPlan, "TechCorp Industries")

    assert (plan.fiscal_year, plan.status) == ("FY2027", "pending_review")
    assert set(plan.sections) == {
        "executive_summary",
        "business_context",
        "strategic_objectives",
        "stakeholder_plan",
        "expansion_plan",
        "risk_mitigation",
        "qbr_schedule",
        "resource_plan",
        "action_plan_90day",
    }
    assert 3 <= len(plan.sections["strategic_objectives"]) <= 5


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2027, 1, 3, 0, 5, tzinfo=UTC),  # a Sunday, just after midnight
        datetime(2028, 2, 29, 23, 50, tzinfo=UTC),
        datetime(2027, 6, 14, 8, 0, tzinfo=UTC),  # a Monday morning
    ],
)
async def test_the_facts_read_are_the_documents_facts_on_any_day(
    sqlite: Database, now: datetime
) -> None:
    await fill(sqlite, accounts=14, today=now.date(), now=now)

    facts = await facts_of(sqlite, now)

    def said(account: str, *names: str) -> tuple[Any, ...]:
        values = (facts[account][name] for name in names)
        return tuple(round(v, 2) if isinstance(v, float) else v for v in values)

    assert said("Beta Inc", "arr", "health", "health_was", "health_change_7d") == (
        120_000, 66, 78, -12,
    )  # fmt: skip
    assert round(facts["Beta Inc"]["usage_change"]) == -25
    assert said(
        "Beta Inc", "champion", "champion_silent_days", "days_to_renewal", "days_since_contact"
    ) == ("Sarah Lin", 14, 60, 16)
    assert said("Beta Inc", "sponsor_silent_days", "open_tickets", "urgent_tickets") == (70, 2, 0)
    assert said("Alpha Corp", "arr", "health", "health_change_7d", "days_to_renewal") == (
        200_000, 82, 0, 85,
    )  # fmt: skip
    assert said("Alpha Corp", "opportunity_amount", "days_since_contact") == (30_000, 5)
    assert said("Acme Corp", "days_to_qbr", "qbr_prep_booked", "qbr_objectives", "qbr_deck") == (
        18, False, False, "not_started",
    )  # fmt: skip
    assert said("Gamma Ltd", "arr", "days_since_value_update") == (85_000, 104)
    assert said("Delta Co", "arr", "open_tickets", "urgent_tickets") == (65_000, 5, 3)
    assert said("Epsilon", "arr", "adoption") == (45_000, 0.28)
    assert said("Zeta Inc", "days_to_qbr", "qbr_prep_booked") == (12, False)
    assert said("Eta Corp", "seat_use", "open_opportunities") == (0.96, 1)
    assert said("Theta", "sponsor_silent_days") == (118,)
    assert said("TechFlow Inc", "seat_use", "health", "champion") == (0.95, 92, "Sarah Chen")
    assert said("TechCorp Industries", "arr", "health", "adoption", "sponsor") == (
        250_000, 68, 0.55, None,
    )  # fmt: skip


async def test_the_oddities_lack_what_they_should(portfolio: Database) -> None:
    facts = await facts_of(portfolio)

    assert facts["Gringotts Finance"]["health"] is None
    assert facts["Oscorp Analytics"]["usage_change"] is None
    assert 40 <= (TODAY - facts["Oscorp Analytics"]["usage_on"]).days <= 42
    assert facts["Kestrel Robotics"]["days_as_customer"] == 9
    assert facts["Monarch Media"]["sponsor"] is None
    assert facts["Hooli"]["champion"] is None
    assert "Bluth Homes" not in facts


async def test_what_is_special_about_an_account_comes_out_of_its_rows(portfolio: Database) -> None:
    facts = await facts_of(portfolio)

    def said(account: str, *names: str) -> tuple[Any, ...]:
        return tuple(facts[account][name] for name in names)

    assert said("Kestrel Robotics", "days_as_customer", "kickoff_booked") == (9, False)
    assert said("Bluebird Clinics", "days_as_customer", "kickoff_booked") == (27, True)
    assert said("Dunder Paper", "fading_metric") == ("reports",)
    assert round(facts["Dunder Paper"]["fading_change"]) == -42
    assert said("Vandelay Imports", "days_since_milestone", "feedback_asked") == (24, False)
    assert said("Umbrella Health", "idle_department", "departments_active") == ("Nursing", 3)
    assert said("Sagebrush Energy", "health", "health_change_30d") == (55, -21)
    assert said("Massive Dynamic", "critical_risks", "open_risks") == (1, 2)
    assert said("Halcyon Insurance", "contract_months", "days_to_renewal") == (12, 130)
    assert said("Lantern Health", "contract_months") == (24,)
    assert facts["Lantern Health"]["days_to_anniversary"] in (11, 12)
    assert said("Marlin Shipping", "days_since_milestone") == (5,)


async def test_calm_accounts_asked_for_feedback_and_use_all_departments_and_features(
    portfolio: Database,
) -> None:
    facts = await facts_of(portfolio)

    for account in ("Globex", "Initech", "Beta Inc", "Theta"):
        assert facts[account]["feedback_asked"] is True
        assert facts[account]["idle_department"] is None
        assert (facts[account]["fading_change"] or 0) > -12


async def test_the_facts_hold_at_any_hour_of_the_day(portfolio: Database) -> None:
    evening = datetime.combine(TODAY, time(23, 59), tzinfo=UTC)

    facts = await facts_of(portfolio, evening)

    assert facts["Beta Inc"]["champion_silent_days"] == 14
    assert facts["Alpha Corp"]["days_since_contact"] == 5
