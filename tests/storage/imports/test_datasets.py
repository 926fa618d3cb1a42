"""The two public data sets, in miniature: every defect once."""

from datetime import date

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, of, rows


def _ravenstack(exports: Exports) -> None:
    exports.write(
        "ravenstack_accounts.csv",
        "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,"
        "is_trial,churn_flag",
        "A-1,Company_1,EdTech,US,2024-01-01,organic,Pro,9,False,False",
        "A-2,Company_2,EdTech,US,2024-01-01,organic,Pro,9,False,True",
        "A-3,Company_3,EdTech,US,2024-01-01,organic,Pro,9,False,True",
    )
    exports.write(
        "ravenstack_subscriptions.csv",
        "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,"
        "is_trial,upgrade_flag,downgrade_flag,churn_flag,billing_frequency,auto_renew_flag",
        "S-1,A-1,2024-02-01,2024-03-01,Pro,5,100,1200,False,False,False,True,monthly,True",
        "S-2,A-1,2024-06-01,,Pro,5,100,1200,True,False,False,False,monthly,True",
        "S-3,A-2,2023-06-01,,Pro,5,100,1200,False,False,False,False,annual,False",
        "S-4,A-9,2024-06-01,,Pro,5,100,1200,False,False,False,False,annual,False",
    )
    exports.write(
        "ravenstack_feature_usage.csv",
        "usage_id,subscription_id,usage_date,feature_name,usage_count,usage_duration_secs,"
        "error_count,is_beta_feature",
        "U-1,S-1,2024-02-10,feature_1,5,1,0,False",
        "U-2,S-2,2024-02-10,feature_2,7,1,0,False",
        "U-1,S-2,2024-07-10,feature_2,9,1,0,False",
        "U-3,S-2,2024-07-10,feature_2,0,1,0,False",
        "U-4,S-9,2024-07-10,feature_2,0,1,0,False",
    )
    exports.write(
        "ravenstack_support_tickets.csv",
        "ticket_id,account_id,submitted_at,closed_at,resolution_time_hours,priority,"
        "first_response_time_minutes,satisfaction_score,escalation_flag",
        "T-1,A-1,2023-12-01,2023-12-02 03:00:00,27,medium,10,,False",
        "T-2,A-1,2024-12-01,2024-12-02 03:00:00,27,urgent,10,4.0,True",
    )
    exports.write(
        "ravenstack_churn_events.csv",
        "churn_event_id,account_id,churn_date,reason_code,refund_amount_usd,"
        "preceding_upgrade_flag,preceding_downgrade_flag,is_reactivation,feedback_text",
        "C-1,A-1,2024-03-01,pricing,0,False,False,False,too expensive",
        "C-2,A-1,2024-04-01,budget,0,False,False,True,",
        "C-3,A-2,2024-08-01,support,0,False,False,False,",
    )


async def test_ravenstack_goes_in_and_each_of_its_defects_is_named(
    database: Database, exports: Exports
) -> None:
    _ravenstack(exports)

    report = await bring(database, exports.folder)

    found = {finding.text.split(":")[0] for file in report.files for finding in file.findings}
    assert found >= {
        "1 of 5 usage lines (20.0 %) lie outside their subscription's time",
        "1 of 5 usage ids stand twice with different content",
        "1 of 2 tickets (50.0 %) were opened before their account signed up",
        "1 of 2 satisfaction scores are empty",
        "1 of 3 events are marked as reactivations.",
        "1 accounts have churn_flag set and no churn event",
        "1 accounts have churn events although churn_flag in the accounts file says they did not "
        "churn",
    }
    assert [one.line for one in of(report, "ravenstack_feature_usage.csv").rejected] == [4, 6]


async def test_ravenstacks_usage_is_added_up_per_account_and_day(
    database: Database, exports: Exports
) -> None:
    _ravenstack(exports)

    await bring(database, exports.folder)

    found = await rows(database, "usage_metrics", "recorded_on", "metric", "value")
    assert found == [(date(2024, 2, 10), "usage", 12.0), (date(2024, 7, 10), "usage", 0.0)]


async def test_ravenstacks_end_dates_are_cancellations_and_no_renewals(
    database: Database, exports: Exports
) -> None:
    _ravenstack(exports)

    await bring(database, exports.folder)

    found = await rows(database, "contracts", "source_id", "ends_on", "cancelled_on")
    assert found == [
        ("S-1", None, date(2024, 3, 1)),
        ("S-2", None, None),
        ("S-3", None, None),
    ]


async def test_ravenstacks_churn_counts_until_a_later_subscription(
    database: Database, exports: Exports
) -> None:
    _ravenstack(exports)

    report = await bring(database, exports.folder)

    accounts = await rows(database, "customers", "name", "churned_on", "churn_reason")
    assert accounts == [
        ("Company_1", None, None),
        ("Company_2", date(2024, 8, 1), "support"),
        ("Company_3", None, None),
    ]
    risks = await rows(database, "risk_signals", "description", "cleared_at")
    assert [bool(cleared) for _, cleared in risks] == [True, True, False]
    again = await bring(database, exports.folder)
    assert (again.totals.new, again.totals.changed) == (0, 0)
    assert {one.fact for one in report.missing} >= {"an owner", "a renewal date", "health scores"}


async def test_mavens_misspellings_are_mended_and_blank_accounts_rejected(
    database: Database, exports: Exports
) -> None:
    exports.write(
        "accounts.csv",
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
        "Bluth,technolgy,1996,1100.04,2822,Philipines,Acme Corporation",
        "Acme Corporation,retail,1990,5.0,100,Kenya,",
    )
    exports.write("products.csv", "product,series,sales_price", "GTX Pro,GTX,4821")
    exports.write(
        "sales_teams.csv",
        "sales_agent,manager,regional_office",
        "Anna Snelling,Dustin Brinkmann,Central",
        "Zane Levy,Dustin Brinkmann,Central",
    )
    exports.write(
        "sales_pipeline.csv",
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        "O1,Zane Levy,GTXPro,Bluth,Won,2016-10-20,2017-03-01,1054",
        "O2,Zane Levy,GTX Pro,,Engaging,2016-10-20,,",
        "O3,Zane Levy,GTX Pro,Bluth,Prospecting,,,",
    )

    report = await bring(database, exports.folder)

    accounts = await rows(database, "customers", "name", "industry", "country", "arr")
    assert accounts == [
        ("Acme Corporation", "retail", "Kenya", None),
        ("Bluth", "technology", "Philippines", None),
    ]
    deals = await rows(database, "expansion_opportunities", "product", "won", "closed_on")
    assert deals == [("GTX Pro", None, None), ("GTX Pro", True, date(2017, 3, 1))]
    people = await rows(database, "csms", "name", "email", "role")
    assert people == [
        ("Anna Snelling", None, "csm"),
        ("Dustin Brinkmann", None, "manager"),
        ("Zane Levy", None, "csm"),
    ]
    (rejected,) = of(report, "sales_pipeline.csv").rejected
    assert (rejected.line, rejected.column) == (3, "account")
    assert "not what it pays you" in of(report, "accounts.csv").ignored["revenue"]
    said = " ".join(finding.text for file in report.files for finding in file.findings)
    assert "GTXPro for GTX Pro" in said
    assert "'technolgy' is read as 'technology'" in said
