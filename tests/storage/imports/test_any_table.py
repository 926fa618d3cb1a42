import csv
import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from tests.storage.imports.exports import Exports, bring, everything, of, rows

MANY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
names = st.text(alphabet="abcé ,;\"\n'=@<>&*_", min_size=1, max_size=30).filter(
    lambda name: bool(name.strip()) and name.strip() not in {"-", "--"}
)


@MANY
@given(
    book=st.dictionaries(
        st.integers(1, 50), st.tuples(names, st.one_of(st.none(), st.integers(0, 10**7))),
        min_size=1, max_size=15,
    ),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)  # fmt: skip
async def test_any_book_goes_in_once_and_a_second_time_changes_nothing(
    book: dict[int, tuple[str, int | None]],
    delimiter: str,
    encoding: str,
    exports: Exports,
    sqlite: Database,
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["Account ID", "Account Name", "ARR"])
    writer.writerows([id, name, "" if arr is None else arr] for id, (name, arr) in book.items())
    path = exports / "book.csv"
    path.write_bytes(out.getvalue().encode(encoding))

    first = await bring(sqlite, path)
    state = await everything(sqlite)
    second = await bring(sqlite, path)

    assert (first.totals.rows, first.totals.rejected) == (len(book), 0)
    assert (second.totals.new, second.totals.changed) == (0, 0)
    assert await everything(sqlite) == state
    assert second.written is False


@MANY
@given(
    lines=st.lists(st.tuples(names, st.sampled_from(["1", "", "bad", "1e", "12 apples"])),
                   min_size=1, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)  # fmt: skip
async def test_every_rejected_line_is_named_by_its_true_number(
    lines: list[tuple[str, str]], encoding: str, exports: Exports, sqlite: Database
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Account ID", "Account Name", "ARR"])
    expected = []
    for number, (name, arr) in enumerate(lines):
        if arr not in {"1", ""}:
            expected.append((out.getvalue().count("\n") + 1, "ARR"))
        writer.writerow([number, name, arr])
    path = exports / "book.csv"
    path.write_bytes(out.getvalue().encode(encoding))

    report = await bring(sqlite, path, dry_run=True)

    assert [(one.line, one.column) for one in of(report, "book.csv").rejected] == expected


VENDORS = {
    "gainsight": (
        "Gsid,Name,ARR,CSMName,RenewalDate,OverallScore,LifecycleStage,Industry",
        "1P,Acme,100,Ana Lima,1800316800000,77,Adoption,Retail",
    ),
    "churnzero": (
        "AccountExternalId,Name,NextRenewalDate,ChurnScore",
        "1,Acme,2027-01-19,20",
    ),
    "vitally": (
        "externalId,name,mrr,healthScore,npsScore,nextRenewalDate,churnedAt,status",
        "1,Acme,100,7.5,9,2027-01-19,,active",
    ),
}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_lists_of_other_systems_are_read_and_their_scores_left_until_told(
    sqlite: Database, exports: Exports, vendor: str
) -> None:
    report = await bring(sqlite, exports.write(f"{vendor}.csv", *VENDORS[vendor]))

    assert report.exit_code == 0
    assert await rows(sqlite, "customers", "name") == [("Acme",)]
    assert await rows(sqlite, "renewal_pipeline", "renews_on") == [(date(2027, 1, 19),)]
    assert await rows(sqlite, "health_score_history", "score") == []
    ignored = of(report, f"{vendor}.csv").ignored
    assert any("direction" in reason for reason in ignored.values())


@pytest.mark.parametrize("header", ["ARR", "ARR (USD)", "arr [$]", "ARR__c"])
async def test_a_header_may_say_that_amounts_are_in_dollars(
    header: str, exports: Exports, sqlite: Database
) -> None:
    path = exports.write("book.csv", f"Account ID,Account Name,{header}", '1,Beta,"12,500"')

    await bring(sqlite, path)

    assert await rows(sqlite, "customers", "arr") == [(12_500.0,)]


async def test_amounts_in_another_currency_are_not_taken_for_dollars(
    exports: Exports, sqlite: Database
) -> None:
    path = exports.write("book.csv", "Account ID,Account Name,ARR (EUR)", "1,Beta,12500")

    report = await bring(sqlite, path)

    assert "ARR (EUR)" in of(report, "book.csv").ignored


async def test_a_health_score_without_a_day_is_dated_by_the_file_and_said_to_be(
    exports: Exports, sqlite: Database
) -> None:
    table = exports.write("book.csv", "Customer,Score", "Beta,71")
    told = exports.write(
        "told.toml",
        'source = "ours"',
        "[[file]]",
        'match = "book.csv"',
        'kind = "accounts"',
        "[file.columns]",
        '"Customer" = "name"',
        '"Score" = { field = "health", scale = [0, 100], direction = "health" }',
    )

    report = await bring(sqlite, table, mapping=told)

    assert any("carry no day" in finding.text for finding in of(report, "book.csv").findings)
