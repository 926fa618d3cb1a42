from storage.database import Database
from tests.storage.imports.exports import Exports, bring, of, rows

ORGANIZATIONS = (
    "id,name,shared_tickets,external_id,url",
    "901,Acme Incorporated,FALSE,1,https://z",
    "902,beta,FALSE,,https://z",
    "903,Third Company,FALSE,,https://z",
    "904,Delta,FALSE,,https://z",
)
TICKETS = (
    "id,created_at,updated_at,organization_id,requester_id,status,priority,subject,type,via_channel",
    "1,2026-10-01 10:00:00,2026-10-02 10:00:00,901,71,open,urgent,Down,incident,web",
    "2,2026-10-01 10:00:00,2026-10-03 10:00:00,,72,solved,normal,How,question,web",
    "3,2026-10-01 10:00:00,2026-10-03 10:00:00,904,73,deleted,,,,web",
    "4,2026-10-01 10:00:00,2026-10-03 10:00:00,,79,new,,,,web",
)


async def _accounts(database: Database, exports: Exports) -> None:
    path = exports.write(
        "book.csv",
        "Account ID,Account Name,Website",
        "1,Acme,acme.io",
        "2,Beta,",
        "3,Gamma,third.io",
    )
    await bring(database, path)
    path.unlink()


async def test_organisations_join_accounts_by_external_id_name_and_domain(
    database: Database, exports: Exports
) -> None:
    await _accounts(database, exports)
    exports.write("organization_data.csv", *ORGANIZATIONS)
    exports.write("domain_name_data.csv", "organization_id,domain_name,index", "903,third.io,0")

    report = await bring(database, exports.folder)

    names = [name for (name,) in await rows(database, "customers", "name")]
    assert names == ["Acme", "Beta", "Delta", "Gamma"]
    said = " ".join(finding.text for finding in of(report, "organization_data.csv").findings)
    assert "by their external id" in said
    assert "by their name" in said
    assert "by their domain" in said
    assert "1 of 4 organisations match no account" in said
    again = await bring(database, exports.folder)
    assert (again.totals.new, again.totals.changed) == (0, 0)


async def test_tickets_go_to_the_organisation_or_to_the_requesters(
    database: Database, exports: Exports
) -> None:
    await _accounts(database, exports)
    exports.write("organization_data.csv", *ORGANIZATIONS)
    exports.write(
        "user_data.csv",
        "id,name,email,organization_id,role,created_at,last_login_at",
        "71,Sarah Lin,sarah@acme.io,901,end-user,2024-01-01,2026-11-01 08:00:00",
        "72,Tom Roe,tom@beta.io,902,end-user,2024-01-01,",
        "73,Ana Lima,ana@steward.example,,agent,2024-01-01,",
    )
    exports.write("ticket_data.csv", *TICKETS)

    report = await bring(database, exports.folder)

    tickets = await rows(database, "support_tickets", "subject", "status", "closed_at", "priority")
    assert [(subject, status, bool(at), how) for subject, status, at, how in tickets] == [
        ("Down", "open", False, "urgent"),
        ("How", "solved", True, "normal"),
    ]
    assert await rows(database, "activities", "kind") == [("login",)]
    file = of(report, "ticket_data.csv")
    assert file.skipped == (("a deleted ticket", 1),)
    assert [one.line for one in file.rejected] == [5]
    assert of(report, "user_data.csv").skipped == (
        ("an agent of yours, not a customer's contact", 1),
    )


async def test_the_tickets_export_finds_accounts_by_the_requesters_domain(
    database: Database, exports: Exports
) -> None:
    await _accounts(database, exports)
    exports.write(
        "export.csv",
        "Summation column,Id,Requester,Requester id,Requester email,Requester domain,Subject,"
        "Status,Priority,Via,Created at,Updated at,Organization,Solved at,Satisfaction Score",
        "1,5,Sarah,71,sarah@acme.io,acme.io,Help,Open,High,Web,2026-10-01 10:00,2026-10-02,,,Good",
    )

    report = await bring(database, exports.folder)

    assert await rows(database, "support_tickets", "subject", "satisfaction") == [("Help", None)]
    assert "not turned into one" in of(report, "export.csv").ignored["Satisfaction Score"]


async def test_an_id_that_is_only_equal_by_chance_joins_nothing(
    database: Database, exports: Exports
) -> None:
    await bring(
        database,
        exports.write("book.csv", "Account ID,Account Name", "5,Acme"),
        exports.write("people.csv", "Contact ID,Email,Account ID", "71,sarah@acme.io,5"),
    )
    ticket = "7,2026-10-01 10:00:00,2026-10-02 10:00:00,5,71,open,urgent,Down,incident,web"

    report = await bring(database, exports.write("ticket_data.csv", TICKETS[0], ticket))

    assert await rows(database, "support_tickets", "subject") == []
    (rejected,) = of(report, "ticket_data.csv").rejected
    assert rejected.reason == "there is no account '5'"


async def test_an_external_id_is_never_the_id_of_another_organisation(
    database: Database, exports: Exports
) -> None:
    exports.write(
        "organization_data.csv",
        "id,name,shared_tickets,external_id",
        "1,Acme,FALSE,",
        "2,Beta,FALSE,1",
    )

    await bring(database, exports.folder)

    assert [name for (name,) in await rows(database, "customers", "name")] == ["Acme", "Beta"]
