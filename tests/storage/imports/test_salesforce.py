from datetime import UTC, date, datetime

from storage.database import Database
from storage.facts import Window, read
from tests.storage.imports.exports import NOW, Exports, bring, of, rows

ACME = "0015500000Xyy06AAB"
USERS = (
    "Id,Username,ProfileId,Name,Email,IsActive,ManagerId,TimeZoneSidKey",
    "00537000004EpGKAA0,ana@x,p,Ana Lima,Ana@Steward.example,true,00537000004jJQPAA2,Europe/Paris",
    "00537000004jJQPAA2,mara@x,p,Mara Voss,46l0uz6Yx0/A9LYo0WpgXg==,true,,",
)
ACCOUNTS = (
    "Id,Name,Type,AnnualRevenue,NumberOfEmployees,Website,BillingCountry,OwnerId,AccountSource,"
    "IsDeleted,ARR__c,NS1__Renewal_Date__c,Health_Score__c,Segment__c",
    '0015500000Xyy06AAB,"Acme, Inc.",Customer,9000000,120,www.acme.io,France,00537000004EpGKAA0,'
    "Web,false,120000,2027-01-19,88,Mid-Market",
    "0015500000Ygpq1AAB,Gone,Customer,1,1,,,00537000004EpGKAA0,Web,true,1,,,",
)


async def test_accounts_carry_their_custom_fields_and_turnover_is_not_arr(
    database: Database, exports: Exports
) -> None:
    exports.write("User.csv", *USERS)
    exports.write("Account.csv", *ACCOUNTS)

    report = await bring(database, exports.folder)

    found = await rows(database, "customers", "name", "arr", "employees", "domain", "segment")
    assert found == [("Acme, Inc.", 120000.0, 120, "acme.io", "mid-market")]
    assert await rows(database, "renewal_pipeline", "renews_on") == [(date(2027, 1, 19),)]
    file = of(report, "Account.csv")
    assert "not what it pays you (ARR)" in file.ignored["AnnualRevenue"]
    assert "scale" in file.ignored["Health_Score__c"]
    assert file.skipped == (("deleted in Salesforce", 1),)


async def test_users_become_csms_and_a_hashed_address_is_none(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("User.csv", *USERS))

    found = await rows(database, "csms", "name", "email", "timezone", "role")
    assert found == [
        ("Ana Lima", "ana@steward.example", "Europe/Paris", "csm"),
        ("Mara Voss", None, None, "csm"),
    ]
    managers = await rows(database, "csms", "name", "manager_id")
    assert [bool(manager) for _, manager in managers] == [True, False]


async def test_a_report_with_labels_short_ids_and_a_footer_meets_the_data_export(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("Account.csv", *ACCOUNTS))
    report_lines = (
        '"Account ID","Account Name","Account Owner","Annual Revenue","Renewal Date"',
        '"0015500000Xyy06","Acme, Inc.","Ana Lima","9,000,000","1/31/2027"',
        "",
        '"My accounts"',
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
    )

    report = await bring(database, exports.write("report.csv", *report_lines))

    assert (report.totals.new, report.totals.changed, report.totals.rejected) == (1, 2, 0)
    assert await rows(database, "customers", "name") == [("Acme, Inc.",)]
    assert await rows(database, "csms", "name", "email") == [("Ana Lima", None)]
    assert await rows(database, "renewal_pipeline", "renews_on") == [(date(2027, 1, 31),)]
    assert of(report, "report.csv").skipped == (("the report's footer", 2),)


async def test_a_european_report_is_read_with_its_own_dates_and_numbers(
    database: Database, exports: Exports
) -> None:
    path = exports.write(
        "report.csv",
        "Account ID;Account Name;Account Owner;ARR;Renewal Date",
        "0015500000Xyy06;Lumière;Ana;1.234.567,50;31.01.2027",
        encoding="cp1252",
    )

    await bring(database, path)

    assert await rows(database, "customers", "name", "arr") == [("Lumière", 1234567.5)]
    assert await rows(database, "renewal_pipeline", "renews_on") == [(date(2027, 1, 31),)]


async def test_deals_are_renewals_by_type_or_name_and_else_chances(
    database: Database, exports: Exports
) -> None:
    exports.write("Account.csv", *ACCOUNTS)
    exports.write(
        "Opportunity.csv",
        "Id,AccountId,Name,StageName,Amount,CloseDate,Type,IsClosed,IsWon,IsDeleted,CreatedDate",
        f"o1,{ACME},Acme 2027,Negotiation,100,2027-01-19,Renewal,false,false,false,2026-01-01",
        f"o2,{ACME},Acme renewal,Closed Won,90,2026-01-19,,true,true,false,2025-01-01",
        f"o3,{ACME},20 more seats,Proposal,50,2026-12-31,Add-On,false,false,false,2026-05-01",
        f"o4,{ACME},Lost upsell,Closed Lost,5,2026-02-01,Upsell,true,false,false,2026-01-01",
        "o5,001000000000000AAA,Stranger,Proposal,5,2026-02-01,,false,false,false,2026-01-01",
    )

    report = await bring(database, exports.folder)

    renewals = await rows(database, "renewal_pipeline", "renews_on", "amount", "won", "closed_on")
    assert (date(2027, 1, 19), 100.0, None, None) in renewals
    assert (date(2026, 1, 19), 90.0, True, date(2026, 1, 19)) in renewals
    chances = await rows(database, "expansion_opportunities", "name", "kind", "won", "expected_on")
    assert chances == [
        ("20 more seats", "seats", None, date(2026, 12, 31)),
        ("Lost upsell", "upgrade", False, date(2026, 2, 1)),
    ]
    assert [one.line for one in of(report, "Opportunity.csv").rejected] == [6]


async def test_revenue_that_the_account_and_its_contracts_both_tell_counts_once(
    database: Database, exports: Exports
) -> None:
    exports.write(
        "Account.csv",
        "Id,Name,OwnerId,AccountSource,ARR__c,CurrencyIsoCode,Contract_Start_Date__c",
        f"{ACME},Acme,,Web,100000,EUR,2026-01-01",
    )
    alone = await bring(database, exports / "Account.csv")
    recorded = await _revenue(database)
    exports.write(
        "Contract.csv",
        "Id,AccountId,StartDate,EndDate,ContractTerm,ARR__c,CurrencyIsoCode,Status",
        f"c1,{ACME},2026-01-01,2026-12-31,12,90000,EUR,Activated",
        f"c2,{ACME},2026-01-01,2026-12-31,12,40000,EUR,Draft",
    )

    report = await bring(database, exports.folder)

    assert alone.totals.rejected == report.totals.rejected == 0
    assert recorded == (100_000.0, "EUR")
    assert await _revenue(database) == (90_000.0, "EUR")
    assert of(report, "Contract.csv").skipped == (("a contract that is not signed", 1),)


async def _revenue(database: Database) -> tuple[float, str]:
    async with database.read() as session:
        facts = (await read(session, Window(NOW))).row(0, named=True)
    return facts["arr"], facts["currency"]


async def test_tasks_and_events_become_activities_and_meetings(
    database: Database, exports: Exports
) -> None:
    exports.write("Account.csv", *ACCOUNTS)
    exports.write(
        "Contact.csv",
        "Id,AccountId,LastName,FirstName,Email,Title,Department,No_Longer_at_Company__c",
        "0031G00000q9jPQQAY,0015500000Xyy06AAB,Lin,Sarah,sarah@acme.io,VP,Logistics,false",
    )
    exports.write(
        "Task.csv",
        "Id,WhoId,WhatId,AccountId,Subject,ActivityDate,CompletedDateTime,Status,OwnerId,IsClosed",
        "t1,0031G00000q9jPQ,,0015500000Xyy06AAB,Email: hello,2026-10-01,,Completed,,true",
        "t2,,0015500000Xyy06AAB,,Call about rollout,2026-10-02,2026-10-03 09:00:00,Completed,,true",
        "t3,,,0015500000Xyy06AAB,To do,2026-12-02,,Open,,false",
        "t4,,,0015500000Xyy06AAB,Email: NPS survey,2026-10-04,,Completed,,true",
        "t5,,,0015500000Xyy06AAB,Milestone: first report,2026-10-05,,Completed,,true",
    )
    exports.write(
        "Event.csv",
        "Id,WhoId,WhatId,AccountId,Subject,StartDateTime,EndDateTime,IsDeleted,CreatedDate",
        "e1,,,0015500000Xyy06AAB,QBR Q4,2026-12-01T10:00:00Z,2026-12-01T11:00:00Z,false,2026-10-01",
        "e2,,,0015500000Xyy06AAB,Backwards,2026-12-01T10:00:00Z,2026-12-01T09:00:00Z,false,",
    )

    report = await bring(database, exports.folder)

    activities = await rows(database, "activities", "kind", "occurred_at", "contact_id")
    assert [(kind, bool(contact)) for kind, _, contact in activities] == [
        ("call", False),
        ("email", True),
        ("feedback", False),
        ("milestone", False),
    ]
    assert await rows(database, "contacts", "department") == [("Logistics",)]
    assert activities[0][1] == datetime(2026, 10, 3, 9, tzinfo=UTC)
    assert await rows(database, "meetings", "title", "kind") == [("QBR Q4", "qbr")]
    assert of(report, "Event.csv").rejected[0].reason == "it ends before it starts"
    assert of(report, "Task.csv").skipped == (("a task that is still to be done", 1),)


async def test_copies_of_former_states_are_not_needed(database: Database, exports: Exports) -> None:
    exports.write("sf_account_data.csv", *ACCOUNTS)
    history = [f"_fivetran_start,{line}" for line in ACCOUNTS]
    exports.write("sf_account_history_data.csv", *history)

    report = await bring(database, exports.folder)

    assert of(report, "sf_account_history_data.csv").state == "not needed"
    assert report.exit_code == 0
