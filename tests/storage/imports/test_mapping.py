import tomllib
from datetime import date

import pytest

from core.errors import ImportFailed, Invalid
from storage.database import Database
from storage.imports import propose
from tests.storage.imports.exports import Exports, bring, of, rows

GAINSIGHT = (
    'source = "gainsight"',
    'dates = "day-first"',
    'numbers = "comma"',
    'currency = "EUR"',
    "as_of = 2026-11-01",
    "[[file]]",
    'match = "company*.csv"',
    'kind = "accounts"',
    "[file.columns]",
    '"Gsid" = "id"',
    '"Kunde" = "name"',
    '"Umsatz" = "arr"',
    '"Laufzeit bis" = "renewal_on"',
    '"Ampel" = { field = "health", scale = [0, 10], direction = "health" }',
    '"Notiz" = ""',
)
COMPANY = (
    "Gsid;Kunde;Umsatz;Laufzeit bis;Ampel;Notiz",
    "1P01;Acme;1.234,5;3/4/2027;7,5;x",
    "1P02;Beta;10;4/5/2027;11;x",
)


async def test_a_mapping_reads_any_export_its_own_way(database: Database, exports: Exports) -> None:
    mapping = exports.write("gainsight.toml", *GAINSIGHT)
    path = exports.write("company.csv", *COMPANY)

    report = await bring(database, path, mapping=mapping)

    assert report.source == "gainsight"
    found = await rows(database, "customers", "source", "name", "arr", "currency")
    assert found == [("gainsight", "Acme", 1234.5, "EUR")]
    assert await rows(database, "renewal_pipeline", "renews_on") == [(date(2027, 4, 3),)]
    scores = await rows(database, "health_score_history", "recorded_on", "score")
    assert scores == [(date(2026, 11, 1), 75.0)]
    (rejected,) = of(report, "company.csv").rejected
    assert (rejected.line, rejected.column) == (3, "Ampel")
    assert of(report, "company.csv").ignored["Notiz"] == "the mapping says so"


async def test_a_mapping_tells_the_scale_of_a_known_sources_score(
    database: Database, exports: Exports
) -> None:
    mapping = exports.write(
        "mapping.toml",
        'source = "salesforce"',
        "[[file]]",
        'kind = "accounts"',
        "[file.columns]",
        '"Churn_Score__c" = { field = "health", scale = [0, 100], direction = "risk" }',
    )
    path = exports.write(
        "Account.csv", "Id,Name,OwnerId,AccountSource,Churn_Score__c", "a,Acme,u,Web,30"
    )

    await bring(database, path, mapping=mapping)

    assert await rows(database, "health_score_history", "score") == [(70.0,)]
    assert await rows(database, "customers", "source", "name") == [("salesforce", "Acme")]


async def test_a_mapping_may_only_tell_how_dates_are_written(
    database: Database, exports: Exports
) -> None:
    path = exports.write("book.csv", "Account ID,Account Name,Customer Since", "1,Acme,3/4/2026")
    unsure = await bring(database, path)
    assert "two ways" in of(unsure, "book.csv").rejected[0].reason
    mapping = exports.write("mapping.toml", 'source = "csv"', 'dates = "month-first"')

    await bring(database, path, mapping=mapping)

    assert await rows(database, "customers", "signed_up_on") == [(date(2026, 3, 4),)]


@pytest.mark.parametrize(
    ("line", "instead", "words"),
    [
        (0, 'source = "Gain Sight"', "line 1"),
        (1, 'dates = "sideways"', "line 2"),
        (3, 'currency = "euro"', "line 4"),
        (7, 'kind = "companies"', "line 8.*no kind is called so"),
        (10, '"Kunde" = "label"', "line 11.*no field is called 'label'"),
        (13, '"Ampel" = { field = "health", scale = [0, 10] }', "line 14.*both scale"),
        (13, '"Ampel" = { field = "health", scale = [9, 1], direction = "risk" }', "line 14.*low"),
        (13, '"Ampel" = { field = "health", min = 1 }', "line 14"),
        (8, "[file.columns", "at line 9"),
        (2, 'time_zone = "Mars/Olympus"', "line 3.*no time zone"),
    ],
)
async def test_a_wrong_mapping_is_refused_with_line_and_reason(
    sqlite: Database, exports: Exports, line: int, instead: str, words: str
) -> None:
    lines = list(GAINSIGHT)
    lines[line] = instead
    mapping = exports.write("gainsight.toml", *lines)

    with pytest.raises(Invalid, match=words):
        await bring(sqlite, exports.write("company.csv", *COMPANY), mapping=mapping)


async def test_a_mapping_that_cannot_be_read_is_refused(sqlite: Database, exports: Exports) -> None:
    path = exports.write("company.csv", *COMPANY)

    with pytest.raises(ImportFailed, match="cannot be read"):
        await bring(sqlite, path, mapping=exports / "none.toml")


async def test_a_proposed_mapping_can_be_used_as_it_is(
    database: Database, exports: Exports
) -> None:
    path = exports.write(
        "strange.csv",
        'Acount Name,Custmer ID,Anual Recuring Revenue,Healt Score,"Mood ""today"""',
        "Acme,1,5000,8,fine",
    )

    text = propose(path)

    told = tomllib.loads(text)
    assert told["file"][0]["columns"] == {"Acount Name": "name", "Custmer ID": "id",
                                          "Anual Recuring Revenue": "arr"}  # fmt: skip
    assert "say the scale" in text
    assert '# "Mood \\"today\\"" = ""' in text
    mapping = exports.write("mapping.toml", text)
    await bring(database, path, mapping=mapping)
    assert await rows(database, "customers", "name", "arr") == [("Acme", 5000.0)]


def test_a_proposal_says_what_is_needed_and_not_found(exports: Exports) -> None:
    path = exports.write("poems.csv", "verse,rhyme", "roses,red")

    text = propose(path)

    tomllib.loads(text)
    assert "Needed and not found" in text
