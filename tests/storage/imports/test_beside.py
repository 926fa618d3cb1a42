"""Plain tables in the folder of an export of a CRM."""

from datetime import date

import pytest

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, of, rows

ACCOUNTS = ("Id,Name,OwnerId,AccountSource", "0015500000Xyy06AAB,Acme,,Web")


async def test_a_plain_table_beside_an_export_is_read_and_joins_its_accounts(
    sqlite: Database, exports: Exports
) -> None:
    exports.write("Account.csv", *ACCOUNTS)
    exports.write("usage.csv", "Account Name,Date,Metric,Value", "Acme,2026-11-01,logins,7")

    report = await bring(sqlite, exports.folder)

    assert (of(report, "usage.csv").state, of(report, "usage.csv").source) == ("read", "csv")
    assert await rows(sqlite, "usage_metrics", "recorded_on", "value") == [(date(2026, 11, 1), 7.0)]
    assert (await bring(sqlite, exports.folder)).written is False


async def test_organisations_join_the_accounts_of_a_plain_table_and_usage_those_of_both(
    sqlite: Database, exports: Exports
) -> None:
    exports.write("organization_data.csv", "id,name,shared_tickets", "5,Acme,FALSE", "6,Beta,FALSE")
    exports.write("book.csv", "Account ID,Account Name,ARR", "1,Acme,100")
    exports.write(
        "usage.csv",
        "Account Name,Date,Metric,Value",
        "Acme,2026-11-01,logins,7",
        "Beta,2026-11-01,logins,8",
    )

    report = await bring(sqlite, exports.folder)

    assert report.totals.rejected == 0
    assert await rows(sqlite, "customers", "name", "source") == [
        ("Acme", "csv"),
        ("Beta", "zendesk"),
    ]
    assert len(await rows(sqlite, "usage_metrics", "value")) == 2


@pytest.mark.parametrize(
    ("name", "header", "line"),
    [
        ("partner.csv", "Id,Account Name,IsDeleted,Website", "1,Acme,false,acme.io"),
        ("vendor_data.csv", "id,name,website,_fivetran_synced", "1,Acme,acme.io,2026-11-01"),
        ("lead.csv", "Account Name,Website,Email", "Acme,acme.io,a@acme.io"),
        ("notes.csv", "Colour,Weight", "red,7"),
    ],
)
async def test_other_files_of_an_export_are_still_left_alone(
    sqlite: Database, exports: Exports, name: str, header: str, line: str
) -> None:
    exports.write("Account.csv", *ACCOUNTS)
    exports.write(name, header, line)

    report = await bring(sqlite, exports.folder)

    assert of(report, name).state in {"not recognised", "not needed"}
    assert len(await rows(sqlite, "customers", "name")) == 1
