import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from core.errors import ImportFailed, ImportLocked
from storage.database import Database
from storage.imports import ImportReport, history, undo
from storage.imports.undo import Undone
from storage.tables import Base
from tests.storage.imports.exports import NOW, Exports, bring, everything, rows

HEADERS = "Account ID,Account Name,ARR,CSM Email,Customer Since,Renewal Date"
BOOK = (
    HEADERS,
    "1,Acme,120000,ana@steward.example,2024-01-01,2027-01-19",
    "2,Beta,95000,ana@steward.example,2025-01-01,",
)
LATER = NOW + timedelta(hours=1)


async def _row(database: Database, table: str, **values: object) -> None:
    async with database.write() as session:
        await session.execute(insert(Base.metadata.tables[table]), [values])


async def _recommend(database: Database, account: str, owner: str | None = None) -> None:
    await _row(
        database, "recommendations", id="r1", customer_id=account, owner_id=owner, play="check_in",
        status="recommended", version=1, priority=50.0, due_on=date(2026, 11, 21), as_of=NOW,
        created_at=NOW, changed_at=NOW, engine="rules", shown={},
    )  # fmt: skip


async def test_undoing_an_import_leaves_the_book_as_it_was(
    database: Database, exports: Exports
) -> None:
    empty = await everything(database)
    report = await bring(database, exports.write("book.csv", *BOOK))

    done = await undo(database, str(report.import_id), LATER)

    assert await everything(database) == empty
    assert (done.removed, done.restored) == (4, 0)
    assert (await history(database))[0].undone_at == LATER


async def test_rows_that_an_import_changed_get_their_former_values_back(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("book.csv", *BOOK))
    before = await everything(database)
    changed = (
        HEADERS,
        "1,Acme Corp,7,ben@steward.example,2023-05-05,2028-01-19",
        "3,Gamma,1,ben@steward.example,2025-01-01,",
    )
    report = await bring(database, exports.write("book.csv", *changed), now=LATER)

    done = await undo(database, str(report.import_id)[:8], LATER)

    assert await everything(database) == before
    assert (done.removed, done.restored) == (2, 2)


async def test_undoing_twice_says_so(sqlite: Database, exports: Exports) -> None:
    report = await bring(sqlite, exports.write("book.csv", *BOOK))
    await undo(sqlite, str(report.import_id), LATER)

    with pytest.raises(ImportFailed, match="undone already, on 20 Nov 2026"):
        await undo(sqlite, str(report.import_id), LATER)


@pytest.mark.parametrize("id", ["nonsense", "", "%"])
async def test_an_unknown_import_is_refused(sqlite: Database, id: str) -> None:
    with pytest.raises(ImportFailed, match="no such import"):
        await undo(sqlite, id, LATER)


async def test_an_import_with_later_changes_is_locked_and_they_are_named(
    database: Database, exports: Exports
) -> None:
    first = await bring(database, exports.write("book.csv", *BOOK))
    second = await bring(
        database,
        exports.write("book.csv", *(line.replace("95000", "1") for line in BOOK)),
        now=LATER,
    )
    state = await everything(database)

    with pytest.raises(ImportLocked, match=f"Undo these first: {second.import_id}"):
        await undo(database, str(first.import_id), LATER)

    assert await everything(database) == state
    await undo(database, str(second.import_id), LATER)
    await undo(database, str(first.import_id), LATER)
    assert await rows(database, "customers", "name") == []


async def test_an_import_that_later_rows_rest_on_is_locked(
    database: Database, exports: Exports
) -> None:
    first = await bring(database, exports.write("book.csv", *BOOK))
    later = await bring(
        database,
        exports.write("tickets.csv", "Ticket ID,Account ID,Created at", "t1,1,2026-10-01"),
        now=LATER,
    )

    with pytest.raises(ImportLocked, match=f"of import {later.import_id}"):
        await undo(database, str(first.import_id), LATER)

    assert len(await rows(database, "support_tickets", "id")) == 1


async def test_decisions_that_people_made_are_not_lost(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))
    ((account, csm), *_) = await rows(database, "customers", "id", "csm_id")
    await _recommend(database, account, csm)
    await _row(
        database, "csms", id="boss", source="steward", source_id="boss", name="Mara",
        role="manager", active=True,
    )  # fmt: skip
    await _row(
        database, "decisions", id="d1", recommendation_id="r1", version=2, kind="accept",
        by_id="boss", at=NOW, note="", request_key="k",
    )  # fmt: skip

    with pytest.raises(ImportLocked, match="1 decisions that people made"):
        await undo(database, str(report.import_id), LATER)

    assert len(await rows(database, "customers", "id")) == 2


async def test_recommendations_that_nobody_decided_go_with_their_accounts(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))
    ((account, csm), *_) = await rows(database, "customers", "id", "csm_id")
    await _recommend(database, account, csm)

    await undo(database, str(report.import_id), LATER)

    assert await rows(database, "recommendations", "id") == []


async def test_a_person_with_a_digest_is_not_removed(database: Database, exports: Exports) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))
    ((csm,),) = await rows(database, "csms", "id")
    await _row(
        database, "digest_subscriptions", id="s1", channel="D1", kind="person", csm_id=csm,
        scope="me", timezone="UTC", local_time="08:00", enabled=True, created_at=NOW,
        changed_at=NOW,
    )  # fmt: skip

    with pytest.raises(ImportLocked, match="digest subscriptions"):
        await undo(database, str(report.import_id), LATER)


async def test_what_a_person_set_since_stays_when_an_import_is_undone(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("csms.csv", "CSM ID,CSM Name,Email", "1,Ana,ana@s.example"))
    report = await bring(
        database, exports.write("csms.csv", "CSM ID,CSM Name,Email", "1,Ana Lima,ana@s.example")
    )
    table = Base.metadata.tables["csms"]
    async with database.write() as session:
        await session.execute(table.update().values(slack_user_id="U1"))

    await undo(database, str(report.import_id), LATER)

    assert await rows(database, "csms", "name", "slack_user_id") == [("Ana", "U1")]


async def test_an_import_that_kept_no_record_stays(sqlite: Database) -> None:
    await _row(
        sqlite, "imports", id="demo", source="demo", paths=[], started_at=NOW, report={},
    )  # fmt: skip

    with pytest.raises(ImportFailed, match="kept no record"):
        await undo(sqlite, "demo", LATER)


async def test_an_import_is_not_undone_while_another_one_builds_on_it(
    database: Database, exports: Exports
) -> None:
    book = await bring(database, exports.write("book.csv", *BOOK))
    lines = (f"t{n},1,2026-10-01 10:00:00,open" for n in range(3_000))
    tickets = exports.write("tickets.csv", "Ticket ID,Account ID,Created At,Status", *lines)

    writes = asyncio.Event()

    def told(what: str, done: int, of: int) -> None:
        if what.startswith("writing"):
            writes.set()

    brought, undone = await asyncio.gather(
        bring(database, tickets, progress=told),
        _soon(undo(database, str(book.import_id), LATER), writes),
        return_exceptions=True,
    )

    kept = await rows(database, "support_tickets", "id")
    if isinstance(brought, ImportReport):
        assert len(kept) == brought.totals.new
        assert isinstance(undone, ImportLocked | ImportFailed) or brought.totals.new == 0
    else:
        assert isinstance(brought, ImportFailed)
        assert kept == []


async def _soon(work: Awaitable[Undone], seen: asyncio.Event) -> Undone:
    """Begin once the other import writes."""
    await seen.wait()
    return await work
