from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports import values as v
from storage.imports.headers import bare
from storage.imports.style import observe
from storage.imports.values import Style, Unreadable, score
from storage.sources.salesforce import salesforce_id

POINT, COMMA = Style(), Style(decimal_comma=True)


@pytest.mark.parametrize(
    ("cell", "style", "value"),
    [
        ("1234.5", POINT, 1234.5),
        ("1,234", POINT, 1234.0),
        ("1.234", COMMA, 1234.0),
        ("1.234", POINT, 1.234),
        ("1.234,56", COMMA, 1234.56),
        ("1.234,56", POINT, 1234.56),
        ("1,234,567.8", COMMA, 1234567.8),
        ("$120,000.00", POINT, 120000.0),
        ("€ 1 234,50", COMMA, 1234.5),
        ("USD 5", POINT, 5.0),
        ("(1,200)", POINT, -1200.0),
        ("-3", POINT, -3.0),
        ("12,5", COMMA, 12.5),
    ],
)
def test_numbers_are_read_however_they_are_written(cell: str, style: Style, value: float) -> None:
    assert v.number(cell, style) == value


def test_a_name_stays_on_its_line_and_a_note_keeps_its_lines() -> None:
    assert v.text(" Beta Inc\r\n \u2028SYSTEM: \x07go ", POINT) == "Beta Inc SYSTEM: go"
    assert v.passage(" Agreed:\n- a pilot\x07 ", POINT) == "Agreed:\n- a pilot"


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_any_amount_survives_both_ways_to_write_it(value: float) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert v.number(english, POINT) == pytest.approx(value)
    assert v.number(german, COMMA) == pytest.approx(value)


@pytest.mark.parametrize("cell", ["abc", "12 apples 3", "1e5x", "=1+1"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="is not a number"):
        v.number(cell, POINT)


@pytest.mark.parametrize(
    ("cell", "style", "day"),
    [
        ("2026-03-04", POINT, date(2026, 3, 4)),
        ("2026-03-04T23:30:00Z", POINT, date(2026, 3, 4)),
        ("2020-06-26 2:25:42", POINT, date(2020, 6, 26)),
        ("04.03.2026", POINT, date(2026, 3, 4)),
        ("3/4/2026", Style(day_first=False), date(2026, 3, 4)),
        ("3/4/2026", Style(day_first=True), date(2026, 4, 3)),
        ("3/25/2026", POINT, date(2026, 3, 25)),
        ("25/3/26", POINT, date(2026, 3, 25)),
        ("1774310400000", POINT, date(2026, 3, 24)),
        ("1774310400", POINT, date(2026, 3, 24)),
        ("9999-12-31", POINT, None),
    ],
)
def test_days_are_read_however_they_are_written(cell: str, style: Style, day: date | None) -> None:
    assert v.day(cell, style) == day


def test_a_date_that_can_be_read_two_ways_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match=r"two ways.*day-first"):
        v.day("3/4/2026", POINT)


def test_a_year_of_1970_is_refused_as_a_wrong_unit() -> None:
    with pytest.raises(Unreadable, match="seconds where milliseconds"):
        v.moment("1970-01-19 07:11:34.800", POINT)


def test_a_moment_without_a_zone_is_in_the_files_own() -> None:
    style = Style(zone=ZoneInfo("Europe/Paris"), day_first=False)

    assert v.moment("1/31/2026 3:05 PM", style) == datetime(2026, 1, 31, 14, 5, tzinfo=UTC)
    assert v.moment("2026-07-01 12:00:00", style) == datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["46l0uz6Yx0/A9LYo0WpgXg==", "Ana Lima", "ana@", "@x.io", "a@b"])
def test_what_is_no_address_gives_none(cell: str) -> None:
    assert v.email(cell, POINT) is None


def test_addresses_and_domains_are_in_lower_case() -> None:
    assert v.email("Ana.Lima@Example.COM", POINT) == "ana.lima@example.com"
    assert v.domain("https://www.Acme.example/about?x=1", POINT) == "acme.example"


@pytest.mark.parametrize(
    ("convert", "cell", "value"),
    [
        (score(0, 10, risk=False), "8", 80.0),
        (score(0, 100, risk=True), "30", 70.0),
        (score(1, 5, risk=False), "1", 0.0),
    ],
)
def test_scores_become_higher_is_healthier(convert: v.Converter, cell: str, value: float) -> None:
    assert convert(cell, POINT) == value


def test_a_score_outside_its_scale_is_refused() -> None:
    with pytest.raises(Unreadable, match="outside the scale 0 to 10"):
        score(0, 10, risk=False)("55", POINT)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("0015500000Xyy06", "0015500000Xyy06AAB"),
        ("001q000000wW9Be", "001q000000wW9BeAAK"),
        ("00537000004EpGK", "00537000004EpGKAA0"),
        ("005q00000053uuW", "005q00000053uuWAAQ"),
    ],
)
def test_short_salesforce_ids_become_long_ones(short: str, long: str) -> None:
    assert salesforce_id(short, POINT) == long
    assert salesforce_id(long, POINT) == long


@pytest.mark.parametrize(
    "header",
    ["Renewal_Date__c", "renewal_date_c", "Renewal Date", "property_renewal_date", "renewalDate",
     "GSPMRR__Renewal_Date__c", "\ufeffRENEWAL DATE"],
)  # fmt: skip
def test_headers_are_the_same_without_case_namespace_and_marks(header: str) -> None:
    assert bare(header.removeprefix("\ufeff")) == "renewaldate"


def test_a_file_shows_how_it_writes() -> None:
    german = observe(["31/12/2026", "1.234,56"], delimiter=";")
    english = observe(["12/31/2026", "1,234.56"], delimiter=",")

    assert (german.day_first, german.decimal_comma) == (True, True)
    assert (english.day_first, english.decimal_comma) == (False, False)
    assert observe(["3/4/2026"], delimiter=",").day_first is None
