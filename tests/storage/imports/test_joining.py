"""Rows of several sources meet where something says that they are the same, and only there."""

from pathlib import Path

from storage.database import Database
from storage.imports import undo
from tests.storage.imports.exports import NOW, Exports, bring, everything, of, rows

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


CONTACTS = (
    "Id,AccountId,LastName,FirstName,Email,Title,Contact_Role__c",
    "003A,0015500000Xyy06AAB,Lin,Sarah,Sarah@Acme.io,,Champion",
    "003B,0015500000Ygpq1AAB,Lin,Sarah,sarah@acme.io,Advisor,",
)
ORGANIZATIONS = ("id,name,shared_tickets", "901,Acme,FALSE")
USERS = (
    "id,name,email,organization_id,role,created_at,last_login_at",
    "71,S. Lin,sarah@acme.io,901,end-user,2024-01-01,2026-11-01 08:00:00",
)


def _crm(exports: Exports) -> tuple[Path, ...]:
    return exports.write("Account.csv", *ACCOUNTS), exports.write("Contact.csv", *CONTACTS)


def _desk(exports: Exports) -> tuple[Path, ...]:
    organizations = exports.write("organization_data.csv", *ORGANIZATIONS)
    return organizations, exports.write("user_data.csv", *USERS)


async def _champion(database: Database) -> tuple[str, ...]:
    contacts = await rows(database, "contacts", "id", "role", "source")
    ((id, _, source),) = [one for one in contacts if one[1] == "champion"]
    assert await rows(database, "activities", "kind", "contact_id") == [("login", id)]
    return (source, *(one[2] for one in contacts if one[0] != id))


async def test_a_champion_of_one_source_has_the_sign_ins_of_another(
    sqlite: Database, exports: Exports
) -> None:
    report = await bring(sqlite, *_crm(exports), *_desk(exports))

    assert await _champion(sqlite) == ("salesforce", "salesforce")
    said = " ".join(finding.text for finding in of(report, "user_data.csv").findings)
    assert "1 of 1 contacts were known by their e-mail address" in said
    state = await everything(sqlite)
    for again in (_crm(exports), _desk(exports), (*_desk(exports), *_crm(exports))):
        assert (await bring(sqlite, *again)).written is False
    assert await everything(sqlite) == state


async def test_what_the_first_source_does_not_know_of_a_contact_is_filled_in_by_the_second(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, *_crm(exports)[:1])
    await bring(sqlite, *_desk(exports))
    before = await everything(sqlite)

    report = await bring(sqlite, *_crm(exports))

    assert await _champion(sqlite) == ("zendesk", "salesforce")
    assert sorted(name for (name,) in await rows(sqlite, "contacts", "name")) == [
        "S. Lin",
        "Sarah Lin",
    ]
    state = await everything(sqlite)
    for again in (_desk(exports), _crm(exports)):
        assert (await bring(sqlite, *again)).written is False
    assert await everything(sqlite) == state
    await undo(sqlite, str(report.import_id), NOW)
    assert await everything(sqlite) == before


async def test_an_empty_role_overwrites_none(sqlite: Database, exports: Exports) -> None:
    await bring(sqlite, *_crm(exports))
    lines = [line.replace("Champion", "") for line in CONTACTS]

    await bring(sqlite, exports.write("Contact.csv", *lines))

    assert ("champion",) in await rows(sqlite, "contacts", "role")


async def test_two_contacts_of_one_source_with_one_address_stay_two(
    sqlite: Database, exports: Exports
) -> None:
    await bring(sqlite, exports.write("Account.csv", *ACCOUNTS))
    twin = CONTACTS[1].replace("003A", "003C")

    await bring(sqlite, exports.write("Contact.csv", *CONTACTS[:2], twin))

    assert len(await rows(sqlite, "contacts", "id")) == 2
