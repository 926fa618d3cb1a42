import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import ImportFailed, Invalid
from storage.database import Database
from storage.imports import history
from tests.storage.imports.exports import NOW, Exports, bring, everything, of, rows

BOOK = (
    "Account ID,Account Name,ARR,CSM,CSM Email,Renewal Date,Segment,Health Score,Mood",
    "1,Acme,120000,Ana Lima,ana@steward.example,2027-01-19,Mid Market,80,sunny",
    '2,"Beta, Inc.","$95,000",Ana Lima,Ana@Steward.example,2027-02-01,Enterprise,55,',
    "3,Gamma,,Ben Ode,,,SMB,,",
)


async def test_a_flat_list_brings_accounts_owners_and_renewals(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))

    assert report.exit_code == 0
    accounts = await rows(database, "customers", "name", "arr", "segment", "currency")
    assert accounts == [
        ("Acme", 120000.0, "mid-market", "USD"),
        ("Beta, Inc.", 95000.0, "enterprise", "USD"),
        ("Gamma", None, "smb", "USD"),
    ]
    people = await rows(database, "csms", "name", "email", "role")
    assert people == [("Ana Lima", "ana@steward.example", "csm"), ("Ben Ode", None, "csm")]
    assert len(await rows(database, "renewal_pipeline", "renews_on")) == 2
    assert await rows(database, "health_score_history", "score") == []


async def test_the_report_says_what_became_of_every_column(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))

    file = of(report, "book.csv")
    assert file.recognised["ARR"] == "arr"
    assert file.renamed["Account Name"] == "name"
    assert file.ignored["Mood"] == "Steward has no use for it"
    assert "scale is not known and is not guessed" in file.ignored["Health Score"]


async def test_importing_twice_changes_nothing(database: Database, exports: Exports) -> None:
    path = exports.write("book.csv", *BOOK)
    await bring(database, path)
    before = await everything(database)

    report = await bring(database, path, now=NOW + timedelta(days=1))

    assert await everything(database) == before
    assert (report.totals.new, report.totals.changed) == (0, 0)
    assert report.totals.unchanged == 5
    assert (report.written, report.import_id) == (False, None)
    assert len(await history(database)) == 1


async def test_a_changed_cell_changes_its_row_and_no_other(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("book.csv", *BOOK))
    changed = [line.replace("120000", "130000") for line in BOOK]

    report = await bring(database, exports.write("book.csv", *changed))

    assert (report.totals.new, report.totals.changed, report.totals.unchanged) == (0, 1, 4)
    assert ("Acme", 130000.0) in await rows(database, "customers", "name", "arr")


async def test_a_file_with_fewer_columns_keeps_what_it_does_not_speak_of(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("book.csv", *BOOK))

    await bring(database, exports.write("arr.csv", "Account ID,Account Name,ARR", "1,Acme,1"))

    found = await rows(database, "customers", "name", "arr", "segment")
    assert ("Acme", 1.0, "mid-market") in found


async def test_a_dry_run_reports_the_same_and_changes_nothing(
    database: Database, exports: Exports
) -> None:
    path = exports.write("book.csv", *BOOK)
    empty = await everything(database)

    dry = await bring(database, path, dry_run=True)

    assert await everything(database) == empty
    assert await history(database) == ()
    real = await bring(database, path)
    assert dry.files == real.files
    assert dry.import_id is None


BAD = (
    "Account ID,Account Name,ARR,Customer Since",
    "1,Acme,12,2026-01-01",
    '2,"Two',
    'lines",abc,2026-01-01',
    "3,,12,2026-01-01",
    "4,Delta,12,31.02.2026",
    "1,Acme again,12,2026-01-01",
    "5,Epsilon",
    f"6,{'x' * 501},1,",
    f"7,{'y' * 500},1,",
)


async def test_bad_lines_are_named_and_good_ones_kept(database: Database, exports: Exports) -> None:
    report = await bring(database, exports.write("book.csv", *BAD))

    assert [(one.line, one.column) for one in of(report, "book.csv").rejected] == [
        (3, "ARR"),
        (5, "Account Name"),
        (6, "Customer Since"),
        (7, "Account ID"),
        (8, None),
        (9, "Account Name"),
    ]
    assert report.exit_code == 2
    assert [name[:5] for (name,) in await rows(database, "customers", "name")] == ["Acme", "yyyyy"]


async def test_strict_keeps_nothing_when_a_line_is_bad(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BAD), strict=True)

    assert report.exit_code == 2
    assert not report.written
    assert await rows(database, "customers", "name") == []


async def test_cells_that_look_like_formulas_are_text(database: Database, exports: Exports) -> None:
    names = ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2+3"]
    lines = [f'{number},"{name}"' for number, name in enumerate(names)]

    await bring(database, exports.write("book.csv", "Account ID,Account Name", *lines))

    assert [name for (name,) in await rows(database, "customers", "name")] == sorted(
        names, key=lambda name: repr((name,))
    )


async def test_a_title_that_is_too_long_is_cut_and_said(
    database: Database, exports: Exports
) -> None:
    long = "t" * 400
    path = exports.write("book.csv", "Account ID,Account Name,Industry", f"1,Acme,{long}")

    report = await bring(database, path)

    ((industry,),) = await rows(database, "customers", "industry")
    assert len(industry) == 200
    assert "cut to fit" in of(report, "book.csv").findings[-1].text


async def test_children_find_accounts_by_id_name_and_domain(
    database: Database, exports: Exports
) -> None:
    exports.write("1_accounts.csv", "Account ID,Account Name,Website", "1,Acme,https://acme.io/x")
    exports.write(
        "2_contacts.csv",
        "Contact ID,Account ID,Account Name,Account Domain,Full Name,Email,Role",
        "a,1,,,Sarah Lin,sarah@acme.io,Champion",
        "b,,ACME,,Tom Roe,,Economic Buyer",
        "c,,,acme.io,Una Fox,,",
        "d,9,,,Nobody,,",
        "e,,,,Lost,,",
    )

    report = await bring(database, exports.folder)

    assert await rows(database, "contacts", "name", "role") == [
        ("Sarah Lin", "champion"),
        ("Tom Roe", "economic_buyer"),
        ("Una Fox", None),
    ]
    assert [(one.line, one.reason) for one in of(report, "2_contacts.csv").rejected] == [
        (5, "there is no account '9'"),
        (6, "it names no account"),
    ]


async def test_files_of_a_later_run_find_the_accounts_of_an_earlier_one(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("accounts.csv", *BOOK))

    path = exports.write(
        "usage.csv",
        "Account ID,Date,Active Users,Seats",
        "1,2026-11-01,40,50",
        "1,2026-11-02,41,50",
    )
    report = await bring(database, path)

    assert report.exit_code == 0
    found = await rows(database, "usage_metrics", "metric", "value", "licensed")
    assert found == [("active_users", 40.0, 50.0), ("active_users", 41.0, 50.0)]


async def test_what_the_data_lacks_is_said_with_its_cost(
    database: Database, exports: Exports
) -> None:
    report = await bring(database, exports.write("book.csv", *BOOK))

    lacking = {one.fact: one for one in report.missing}
    assert {"health scores", "usage", "contacts"} <= lacking.keys()
    assert not {"ARR", "an owner", "a renewal date"} & lacking.keys()
    assert all(one.cost.endswith(".") for one in report.missing)


async def test_parents_may_come_after_their_children_and_strangers_are_left_empty(
    database: Database, exports: Exports
) -> None:
    path = exports.write(
        "accounts.csv", "Account ID,Account Name,Parent ID", "1,Child,2", "2,Parent,", "3,Orphan,9"
    )

    report = await bring(database, path)

    parents = await rows(database, "customers", "name", "parent_id")
    assert [bool(parent) for _, parent in parents] == [True, False, False]
    assert "parent or manager" in of(report, "accounts.csv").findings[-1].text
    assert (await bring(database, path)).totals.unchanged == 3


async def test_an_owner_given_in_steward_stays_when_the_file_names_none(
    database: Database, exports: Exports
) -> None:
    await bring(database, exports.write("book.csv", *BOOK))
    before = await rows(database, "customers", "name", "csm_id")

    path = exports.write("again.csv", "Account ID,Account Name,CSM", "1,Acme,", "2,Beta,Who Else")
    await bring(database, path)

    after = dict(await rows(database, "customers", "name", "csm_id"))
    assert after["Acme"] == dict(before)["Acme"]


async def test_a_folder_without_tables_is_refused(sqlite: Database, exports: Exports) -> None:
    with pytest.raises(ImportFailed, match="No tables"):
        await bring(sqlite, exports.folder)


async def test_a_path_that_does_not_exist_is_refused(sqlite: Database, exports: Exports) -> None:
    with pytest.raises(ImportFailed, match="no such file"):
        await bring(sqlite, exports / "nothing.csv")


async def test_an_unknown_source_is_refused_with_the_known_ones(
    sqlite: Database, exports: Exports
) -> None:
    with pytest.raises(Invalid, match="hubspot"):
        await bring(sqlite, exports.write("book.csv", *BOOK), source="pipedrive")


async def test_too_many_rows_are_refused_before_anything_is_kept(
    sqlite: Database, exports: Exports
) -> None:
    with pytest.raises(ImportFailed, match="more than 2 rows"):
        await bring(sqlite, exports.write("book.csv", *BOOK), max_rows=2)

    assert await rows(sqlite, "customers", "name") == []


async def test_files_that_are_no_tables_are_named_and_the_others_read(
    sqlite: Database, exports: Exports
) -> None:
    exports.write("book.csv", *BOOK)
    (exports / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    exports.write("poems.csv", "verse,rhyme", "roses,red")
    exports.write("empty.csv", "Account ID,Account Name")

    report = await bring(sqlite, exports.folder)

    states = {Path(file.path).name: file.state for file in report.files}
    assert states == {
        "book.csv": "read",
        "empty.csv": "read",
        "picture.csv": "unreadable",
        "poems.csv": "not recognised",
    }
    assert report.exit_code == 2


async def test_nothing_readable_is_exit_code_1(sqlite: Database, exports: Exports) -> None:
    report = await bring(sqlite, exports.write("poems.csv", "verse,rhyme", "roses,red"))

    assert report.exit_code == 1


async def test_two_imports_at_once_do_not_mix(database: Database, exports: Exports) -> None:
    paths = [
        exports.write(f"book{n}.csv", "Account ID,Account Name", *(f"{i},{n}" for i in range(900)))
        for n in (1, 2)
    ]

    results = await asyncio.gather(
        *(bring(database, path) for path in paths), return_exceptions=True
    )

    refused = [one for one in results if isinstance(one, BaseException)]
    assert all(isinstance(one, ImportFailed) for one in refused)
    assert len(refused) < 2
    names = {name for (name,) in await rows(database, "customers", "name")}
    assert len(names) == 1


async def test_progress_is_told(sqlite: Database, exports: Exports) -> None:
    told: list[tuple[str, int, int]] = []

    await bring(sqlite, exports.write("book.csv", *BOOK), progress=lambda *step: told.append(step))

    assert told[0][0] == "reading book.csv"
    assert any(what.startswith("writing") for what, _, _ in told)
