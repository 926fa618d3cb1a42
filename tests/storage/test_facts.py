"""The facts frame: as of a moment, of the right accounts, with nothing filled in."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import event

from core.facts import SCHEMA
from storage.database import Database
from storage.facts import Window, read
from storage.tables import (
    Activity,
    Contact,
    Contract,
    Customer,
    Health,
    Meeting,
    Opportunity,
    Renewal,
    RiskSignal,
    Ticket,
    Usage,
)
from tests.storage.book import NOW, TODAY, begin, day, days_ago, row, save


async def _facts(database: Database, account: str, **window: Any) -> dict[str, Any]:
    moment = window.pop("as_of", NOW)
    async with database.read() as session:
        found = await read(session, Window(moment, accounts=(account,)))
    return found.row(0, named=True)


async def test_an_empty_database_gives_an_empty_frame_with_every_column(
    database: Database,
) -> None:
    async with database.read() as session:
        found = await read(session, Window(NOW))

    assert found.is_empty()
    assert dict(found.schema) == SCHEMA


async def test_an_account_without_history_has_nulls_and_no_invented_numbers(
    database: Database,
) -> None:
    await begin(database)

    facts = await _facts(database, "free")

    known = {name for name, value in facts.items() if value is not None}
    assert known == {"id", "name", "currency", "account_on", "account_source"}


async def test_owners_see_their_own_accounts_and_everyone_sees_all(database: Database) -> None:
    await begin(database)

    async with database.read() as session:
        own = await read(session, Window(NOW, owners=frozenset({"ana"})))
        every = await read(session, Window(NOW))

    assert sorted(own["name"]) == ["Alpha Corp", "Beta Inc"]
    assert sorted(every["name"]) == ["Alpha Corp", "Beta Inc", "Free Agent", "Gamma Ltd"]


async def test_prospects_are_in_no_portfolio(database: Database) -> None:
    await begin(database)
    await save(database, row(Customer, id="soon", name="Soon Ltd", csm_id="ana", prospect=True))

    async with database.read() as session:
        own = await read(session, Window(NOW, owners=frozenset({"ana"})))
        named = await read(session, Window(NOW, accounts=("soon",)))

    assert sorted(own["name"]) == ["Alpha Corp", "Beta Inc"]
    assert named.is_empty()


async def test_health_is_the_newest_score_and_its_change_in_a_week_and_a_month(
    database: Database,
) -> None:
    await begin(database)
    scores = {0: 66.0, 7: 78.0, 8: 79.0, 30: 80.0, 31: 81.0}
    await save(
        database,
        *(
            row(Health, customer_id="beta", recorded_on=day(ago), score=s)
            for ago, s in scores.items()
        ),
    )

    facts = await _facts(database, "beta")

    assert (facts["health"], facts["health_was"]) == (66.0, 78.0)
    assert (facts["health_change_7d"], facts["health_change_30d"]) == (-12.0, -14.0)
    assert facts["health_on"] == TODAY


async def test_scores_of_two_sources_are_not_taken_for_a_change(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(Health, customer_id="beta", recorded_on=day(1), score=50.0, source="vitally"),
        row(Health, customer_id="beta", recorded_on=day(8), score=90.0, source="hubspot"),
        row(Health, customer_id="beta", recorded_on=day(9), score=55.0, source="vitally"),
    )

    facts = await _facts(database, "beta")

    assert (facts["health"], facts["health_was"]) == (50.0, 55.0)
    assert facts["health_change_7d"] == -5.0


async def test_an_old_health_score_is_known_but_has_no_change(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(Health, customer_id="beta", recorded_on=day(60), score=50.0),
        row(Health, customer_id="beta", recorded_on=day(67), score=70.0),
    )

    facts = await _facts(database, "beta")

    assert (facts["health"], facts["health_on"]) == (50.0, day(60))
    assert facts["health_change_7d"] is None


async def test_a_drop_that_is_older_than_a_week_is_not_one_of_this_week(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        *(
            row(Health, customer_id="beta", recorded_on=day(ago), score=score)
            for ago, score in ((8, 50.0), (15, 70.0), (38, 75.0))
        ),
    )

    facts = await _facts(database, "beta")

    assert facts["health_change_7d"] is None
    assert facts["health_change_30d"] == -25.0


async def test_usage_change_compares_two_weeks_with_the_two_before(database: Database) -> None:
    await begin(database)
    await save(
        database,
        *(
            row(
                Usage,
                customer_id="beta",
                recorded_on=day(ago),
                metric="active_users",
                value=75.0 if ago < 14 else 100.0,
                licensed=100.0,
            )
            for ago in range(28)
        ),
        row(Usage, customer_id="beta", recorded_on=day(1), metric="exports", value=9.0),
        row(
            Usage,
            customer_id="beta",
            recorded_on=day(2),
            metric="feature_adoption",
            value=7.0,
            licensed=25.0,
        ),
    )

    facts = await _facts(database, "beta")

    assert facts["usage_change"] == -25.0
    assert facts["seat_use"] == 0.75
    assert facts["adoption"] == 0.28


async def test_two_sources_of_active_users_are_not_mixed(database: Database) -> None:
    await begin(database)
    await save(
        database,
        *(
            row(
                Usage,
                customer_id="beta",
                recorded_on=day(ago),
                metric="active_users",
                value=100.0,
                source="product",
            )
            for ago in range(28)
        ),
        *(
            row(
                Usage,
                customer_id="beta",
                recorded_on=day(ago),
                metric="active_users",
                value=10.0,
                source="crm",
            )
            for ago in range(5)
        ),
    )

    facts = await _facts(database, "beta")

    assert facts["usage_change"] == 0.0


async def test_two_measurements_are_too_few_for_a_change(database: Database) -> None:
    await begin(database)
    await save(
        database,
        *(
            row(Usage, customer_id="beta", recorded_on=day(ago), metric="events", value=5.0)
            for ago in (1, 5, 15, 20)
        ),
    )

    facts = await _facts(database, "beta")

    assert facts["usage_change"] is None
    assert facts["usage_on"] == day(1)


async def test_silence_of_champion_and_sponsor_counts_from_their_last_sign(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Contact, id="sarah", customer_id="beta", name="Sarah Lin", role="champion"),
        row(
            Contact,
            id="gone",
            customer_id="beta",
            name="Old Hand",
            role="champion",
            left_on=day(30),
        ),
        row(Contact, id="tom", customer_id="beta", name="Tom Reed", role="executive_sponsor"),
        row(
            Activity,
            customer_id="beta",
            contact_id="sarah",
            kind="login",
            occurred_at=days_ago(14),
        ),
        row(Activity, customer_id="gamma", kind="login", occurred_at=days_ago(0)),
        row(Activity, customer_id="gamma", kind="email", occurred_at=days_ago(0)),
        row(Activity, customer_id="beta", contact_id="tom", kind="call", occurred_at=days_ago(90)),
        row(
            Meeting,
            customer_id="beta",
            title="Executive review",
            kind="executive",
            starts_at=days_ago(70),
        ),
    )

    facts = await _facts(database, "beta")

    assert (facts["champion"], facts["champion_silent_days"]) == ("Sarah Lin", 14)
    assert (facts["sponsor"], facts["sponsor_silent_days"]) == ("Tom Reed", 70)


async def test_when_sign_ins_stopped_arriving_nobody_is_called_silent_for_longer(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Contact, id="sarah", customer_id="beta", name="Sarah Lin", role="champion"),
        row(
            Activity,
            customer_id="beta",
            contact_id="sarah",
            kind="login",
            occurred_at=days_ago(203),
        ),
        row(Activity, customer_id="gamma", kind="login", occurred_at=days_ago(200)),
    )

    facts = await _facts(database, "beta")

    assert facts["champion_silent_days"] == 3
    assert facts["champion_on"] == day(200)


async def test_sign_ins_do_not_make_an_old_feed_of_mails_and_meetings_fresh(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Activity, customer_id="beta", kind="email", occurred_at=days_ago(205)),
        row(Activity, customer_id="gamma", kind="email", occurred_at=days_ago(200)),
        row(Activity, customer_id="gamma", kind="login", occurred_at=days_ago(0)),
        row(Activity, customer_id="gamma", kind="note", occurred_at=days_ago(0)),
    )

    facts = await _facts(database, "beta")

    assert (facts["days_since_contact"], facts["contact_on"]) == (5, day(200))


async def test_when_contact_stopped_arriving_neither_sponsor_nor_value_update_age(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Contact, id="tom", customer_id="beta", name="Tom Reed", role="executive_sponsor"),
        row(Activity, customer_id="beta", contact_id="tom", kind="call", occurred_at=days_ago(230)),
        row(Activity, customer_id="beta", kind="value_update", occurred_at=days_ago(240)),
        row(Activity, customer_id="gamma", kind="email", occurred_at=days_ago(200)),
    )

    facts = await _facts(database, "beta")

    assert (facts["sponsor_silent_days"], facts["days_since_value_update"]) == (30, 40)


async def test_contact_is_the_last_meeting_call_or_mail_that_took_place(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Activity, customer_id="beta", kind="email", occurred_at=days_ago(20)),
        row(Activity, customer_id="beta", kind="note", occurred_at=days_ago(1)),
        row(Meeting, customer_id="beta", title="Call", starts_at=days_ago(16)),
        row(Meeting, customer_id="beta", title="Off", starts_at=days_ago(2), cancelled=True),
        row(Meeting, customer_id="beta", title="Next", starts_at=days_ago(-4)),
        row(Activity, customer_id="beta", kind="value_update", occurred_at=days_ago(100)),
    )

    facts = await _facts(database, "beta")

    assert facts["days_since_contact"] == 16
    assert facts["days_since_value_update"] == 100


async def test_tickets_count_as_open_at_that_moment(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(
            Ticket, customer_id="beta", opened_at=days_ago(20), priority="urgent", subject="Old one"
        ),
        row(
            Ticket,
            customer_id="beta",
            opened_at=days_ago(40),
            closed_at=days_ago(2),
            priority="low",
        ),
        row(Ticket, customer_id="beta", opened_at=days_ago(209), closed_at=days_ago(208)),
        row(Ticket, customer_id="beta", opened_at=days_ago(210), closed_at=days_ago(208)),
        row(Ticket, customer_id="alpha", opened_at=days_ago(400), closed_at=days_ago(390)),
        row(Ticket, customer_id="gamma", opened_at=days_ago(400), subject="Forgotten"),
    )

    facts, before = (
        await _facts(database, "beta"),
        await _facts(database, "beta", as_of=days_ago(10)),
    )
    other = await _facts(database, "alpha")

    assert (facts["open_tickets"], facts["urgent_tickets"]) == (1, 1)
    assert facts["oldest_ticket_days"] == 20
    assert (facts["tickets_30d"], facts["tickets_usual"]) == (1, 2 / 6)
    assert before["open_tickets"] == 2
    assert (other["open_tickets"], other["tickets_usual"]) == (0, 0)
    assert (await _facts(database, "gamma"))["oldest_ticket_days"] == 400


async def test_where_no_tickets_are_kept_their_number_is_not_known(database: Database) -> None:
    await begin(database)

    assert (await _facts(database, "beta"))["open_tickets"] is None


async def test_the_open_renewal_comes_before_the_end_of_the_contract(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(Renewal, customer_id="beta", renews_on=day(-50), opened_on=day(20)),
        row(Renewal, customer_id="alpha", renews_on=day(299), closed_on=day(299), won=True),
    )

    assert (await _facts(database, "beta"))["days_to_renewal"] == 50
    assert (await _facts(database, "alpha"))["days_to_renewal"] == 85


async def test_what_is_to_come_is_counted_from_the_readers_own_day(database: Database) -> None:
    await begin(database)

    async with database.read() as session:
        found = await read(session, Window(NOW, accounts=("alpha",), today=day(1)))

    assert found["days_to_renewal"].to_list() == [86]


async def test_a_contract_whose_renewal_is_won_does_not_come_up_for_renewal(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Renewal, customer_id="beta", renews_on=day(5), closed_on=day(5), won=True),
        row(Renewal, customer_id="alpha", renews_on=day(5), closed_on=day(5), won=False),
    )

    won, before, lost = (
        await _facts(database, "beta"),
        await _facts(database, "beta", as_of=days_ago(10)),
        await _facts(database, "alpha"),
    )

    assert won["days_to_renewal"] is None
    assert before["days_to_renewal"] == 5
    assert lost["days_to_renewal"] == 85


async def test_the_next_qbr_tells_what_is_not_ready(database: Database) -> None:
    await begin(database)
    qbr = row(
        Meeting,
        customer_id="beta",
        title="QBR",
        kind="qbr",
        starts_at=days_ago(-18),
        booked_at=days_ago(5),
        objectives_gathered=False,
        deck_status="not_started",
    )
    await save(database, qbr)

    unprepared = await _facts(database, "beta")
    await save(
        database,
        row(Meeting, customer_id="beta", title="Prep", kind="qbr_prep", starts_at=days_ago(-10)),
    )
    prepared = await _facts(database, "beta")

    assert unprepared["days_to_qbr"] == 18
    assert unprepared["qbr_prep_booked"] is False
    assert prepared["qbr_prep_booked"] is True


async def test_opportunities_and_risks_count_while_they_are_open(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(
            Opportunity,
            customer_id="beta",
            name="30 seats",
            amount=30_000.0,
            opened_on=day(10),
        ),
        row(Opportunity, customer_id="beta", name="First deal", kind="new", opened_on=day(5)),
        row(
            Opportunity,
            customer_id="beta",
            name="Lost",
            amount=9.0,
            opened_on=day(50),
            closed_on=day(20),
            won=False,
        ),
        row(
            RiskSignal,
            customer_id="beta",
            kind="sponsor",
            severity="critical",
            description="Sponsor left",
            raised_at=days_ago(3),
        ),
        row(
            RiskSignal,
            customer_id="beta",
            kind="budget",
            severity="high",
            description="Budget under review",
            raised_at=days_ago(1),
        ),
    )

    facts = await _facts(database, "beta")

    assert (facts["open_opportunities"], facts["opportunity_amount"]) == (1, 30_000.0)
    assert facts["opportunity"] == "30 seats"
    assert (facts["open_risks"], facts["serious_risks"], facts["critical_risks"]) == (2, 2, 1)
    assert facts["top_risk"] == "Sponsor left"


async def test_revenue_is_that_of_running_contracts_and_ranks_in_the_portfolio(
    database: Database,
) -> None:
    await begin(database)

    beta, alpha = await _facts(database, "beta"), await _facts(database, "alpha")

    assert (beta["arr"], beta["arr_rank"]) == (120_000.0, 0.5)
    assert (alpha["arr"], alpha["arr_rank"]) == (200_000.0, 1.0)


async def test_revenue_is_told_in_the_currency_of_the_contracts(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(Customer, id="euro", name="Euro", arr=70.0),
        row(Customer, id="both", name="Both", arr=70.0, currency="CHF"),
        row(Contract, customer_id="euro", starts_on=day(9), arr=50.0, currency="EUR"),
        row(Contract, customer_id="both", starts_on=day(9), arr=50.0, currency="EUR"),
        row(Contract, customer_id="both", starts_on=day(9), arr=60.0, currency="USD"),
    )

    euro, both = await _facts(database, "euro"), await _facts(database, "both")

    assert (euro["arr"], euro["currency"]) == (50.0, "EUR")
    assert (both["arr"], both["currency"]) == (70.0, "CHF")


async def test_an_account_that_nobody_owns_ranks_the_same_alone_and_among_all(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Customer, id="stray", name="Stray", csm_id=None, arr=10.0),
        row(Customer, id="rich", name="Rich", csm_id=None, arr=90.0),
    )

    alone = await _facts(database, "stray")
    async with database.read() as session:
        every = await read(session, Window(NOW))

    (among_all,) = every.filter(pl.col("id") == "stray")["arr_rank"]
    assert alone["arr_rank"] == among_all == 0.5


async def test_the_past_never_sees_later_rows(database: Database) -> None:
    await begin(database)
    await save(
        database,
        row(Health, customer_id="beta", recorded_on=day(40), score=80.0),
        row(Health, customer_id="beta", recorded_on=day(0), score=40.0),
        row(Activity, customer_id="beta", kind="email", occurred_at=days_ago(35)),
        row(Activity, customer_id="beta", kind="email", occurred_at=days_ago(1)),
    )

    facts = await _facts(database, "beta", as_of=days_ago(30))

    assert facts["health"] == 80.0
    assert facts["days_since_contact"] == 5


async def test_churned_and_later_accounts_are_not_customers_of_that_day(
    database: Database,
) -> None:
    await begin(database)
    await save(
        database,
        row(Customer, id="left", name="Left", csm_id="ana", churned_on=day(10)),
        row(Customer, id="new", name="New", csm_id="ana", signed_up_on=day(5)),
    )

    async with database.read() as session:
        today = await read(session, Window(NOW))
        before = await read(session, Window(NOW - timedelta(days=20)))

    assert "Left" not in today["name"]
    assert "New" in today["name"]
    assert "Left" in before["name"]
    assert "New" not in before["name"]


async def test_the_number_of_queries_does_not_grow_with_the_accounts(database: Database) -> None:
    await begin(database)
    seen: list[str] = []
    engine = database._engines.reader.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *call: seen.append(call[2]))

    async with database.read() as session:
        await read(session, Window(NOW, accounts=("beta",)))
        one = seen.copy()
        seen.clear()
        await read(session, Window(NOW))

    assert len(seen) == len([statement for statement in one if statement != "BEGIN"])
