"""Rows of several sources meet where something says that they are the same, and only there."""

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, of, rows

ACCOUNTS = ("Id,Name,OwnerId", "0015500000Xyy06AAB,Acme,", "0015500000Ygpq1AAB,Beta,")
USAGE = "Account ID,Account Name,Date,Metric,Value"


async def test_a_plain_table_may_name_accounts_by_another_systems_id_and_that_is_said(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("Account.csv", *ACCOUNTS))
    path = exports.write(
        "usage.csv", "Account ID,Date,Metric,Value", "0015500000Xyy06AAB,2026-11-01,logins,7"
    )

    report = await bring(sqlite, path)

    assert await rows(sqlite, "usage_metrics", "value") == [(7.0,)]
    said = " ".join(finding.text for finding in of(report, "usage.csv").findings)
    assert "1 of 1 lines name their account by the id that another source gave it" in said


async def test_a_name_counts_more_than_another_systems_id(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("Account.csv", *ACCOUNTS))
    path = exports.write(
        "usage.csv",
        USAGE,
        "0015500000Xyy06AAB,Beta,2026-11-01,logins,7",
        "0015500000Xyy06AAB,Initech,2026-11-01,logins,9",
    )

    report = await bring(sqlite, path)

    beta = [id for id, name in await rows(sqlite, "customers", "id", "name") if name == "Beta"]
    assert await rows(sqlite, "usage_metrics", "customer_id", "value") == [(beta[0], 7.0)]
    assert [one.line for one in of(report, "usage.csv").rejected] == [3]


async def test_an_id_of_another_system_tells_accounts_of_one_name_apart(
    sqlite: Database, exports: Exports
) -> None:
    twins = [line.replace("Beta", "Acme") for line in ACCOUNTS]
    await bring(sqlite, exports.write("Account.csv", *twins))
    path = exports.write("usage.csv", USAGE, "0015500000Xyy06AAB,Acme,2026-11-01,logins,7")

    report = await bring(sqlite, path)

    assert report.totals.rejected == 0
    assert await rows(sqlite, "usage_metrics", "value") == [(7.0,)]


async def test_two_crms_whose_ids_are_equal_by_chance_stay_apart(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("book.csv", "Account ID,Account Name", "5,Acme"))
    header = "Record ID,Deal Name,Deal Stage,Associated Company IDs,Close Date"
    path = exports.write("deals.csv", header, "1,Growth,Open,5,2027-01-01")

    report = await bring(sqlite, path)

    assert await rows(sqlite, "expansion_opportunities", "name") == []
    assert report.totals.rejected == 1
