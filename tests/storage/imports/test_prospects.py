import pytest

from storage.accounts import Accounts
from storage.database import Database
from storage.facts import Window, read
from tests.storage.imports.exports import NOW, Exports, bring, of, rows

SALESFORCE = "Id,Name,OwnerId,Type"
HUBSPOT = "id,name,createdate,lifecyclestage"
LABELS = "Record ID,Company name,Lifecycle Stage"
PLAIN = "Account ID,Account Name,Website,Lifecycle Stage"
TYPED = "Account ID,Account Name,ARR,Type"


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (SALESFORCE, "0015500000Xyy06AAB,Acme,,Prospect"),
        (SALESFORCE, "0015500000Xyy06AAB,Acme,,Sales LEAD"),
        (SALESFORCE, "0015500000Xyy06AAB,Acme,,Competitor"),
        (HUBSPOT, "1,Acme,2026-01-01,subscriber"),
        (HUBSPOT, "1,Acme,2026-01-01,marketingqualifiedlead"),
        (HUBSPOT, "1,Acme,2026-01-01,opportunity"),
        (LABELS, "1,Acme,Sales Qualified Lead"),
        (PLAIN, "1,Acme,acme.io,Lead"),
        (TYPED, "1,Acme,100,Prospect"),
    ],
)
async def test_who_is_no_customer_yet_is_kept_as_a_prospect_and_that_is_said(
    sqlite: Database, exports: Exports, header: str, line: str
) -> None:
    path = exports.write("accounts.csv", header, line)

    report = await bring(sqlite, path)

    assert await rows(sqlite, "customers", "name", "prospect") == [("Acme", True)]
    said = " ".join(finding.text for finding in of(report, "accounts.csv").findings)
    assert "1 of 1 accounts are kept as prospects, since their" in said


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (SALESFORCE, "0015500000Xyy06AAB,Acme,,Customer - Direct"),
        (SALESFORCE, "0015500000Xyy06AAB,Acme,,"),
        ("Id,Name,OwnerId", "0015500000Xyy06AAB,Acme,"),
        (HUBSPOT, "1,Acme,2026-01-01,customer"),
        (HUBSPOT, "1,Acme,2026-01-01,"),
        (LABELS, "1,Acme,Evangelist"),
        (PLAIN, "1,Acme,acme.io,Adoption"),
        (TYPED, "1,Acme,100,Market leader"),
    ],
)
async def test_everybody_else_is_a_customer(
    sqlite: Database, exports: Exports, header: str, line: str
) -> None:
    report = await bring(sqlite, exports.write("accounts.csv", header, line))

    assert await rows(sqlite, "customers", "name", "prospect") == [("Acme", False)]
    assert "prospect" not in " ".join(one.text for one in of(report, "accounts.csv").findings)


async def test_a_lifecycle_stage_counts_more_than_a_type(
    sqlite: Database, exports: Exports
) -> None:
    header = "Account ID,Account Name,Type,Lifecycle Stage"
    path = exports.write("book.csv", header, "1,Acme,Prospect,Customer", "2,Beta,Prospect,")

    await bring(sqlite, path)

    assert await rows(sqlite, "customers", "name", "prospect") == [("Acme", False), ("Beta", True)]


async def test_a_later_export_turns_a_prospect_into_a_customer(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("company.csv", HUBSPOT, "1,Acme,2026-01-01,lead"))
    assert await Accounts(sqlite).names(None) == ()
    async with sqlite.read() as session:
        assert (await read(session, Window(NOW))).is_empty()

    await bring(sqlite, exports.write("company.csv", HUBSPOT, "1,Acme,2026-01-01,customer"))

    assert [named.name for named in await Accounts(sqlite).names(None)] == ["Acme"]
    async with sqlite.read() as session:
        assert (await read(session, Window(NOW)))["name"].to_list() == ["Acme"]


async def test_a_file_without_such_a_column_leaves_a_prospect_one(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("company.csv", HUBSPOT, "1,Acme,2026-01-01,lead"))

    await bring(sqlite, exports.write("company.csv", "id,name,createdate", "1,Acme,2026-01-01"))

    assert await rows(sqlite, "customers", "prospect") == [(True,)]


async def test_what_prospects_lack_is_not_counted_as_a_gap(
    sqlite: Database, exports: Exports
) -> None:
    report = await bring(sqlite, exports.write("company.csv", HUBSPOT, "1,Acme,2026-01-01,lead"))

    assert report.missing == ()
