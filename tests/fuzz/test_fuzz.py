"""The targets of `make fuzz` for as long as the suite can spare, and what they once found."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import Escaping, Guard, Importer, Language

LIGHT = settings(max_examples=150)
HEAVY = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(max_size=120) | st.text("*_~`<>&:@!#|- \nab\u200b\u202e", max_size=60)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    target = Guard()
    yield target
    target.close()


@pytest.fixture(scope="module")
def importer() -> Iterator[Importer]:
    target = Importer()
    yield target
    target.close()


@pytest.fixture(scope="module")
def language() -> Iterator[Language]:
    target = Language()
    yield target
    target.close()


@LIGHT
@given(data=st.binary(max_size=300))
def test_the_guard_answers_anything_shortly(guard: Guard, data: bytes) -> None:
    guard(data)


@HEAVY
@given(data=st.binary(max_size=400))
def test_any_bytes_are_imported_or_refused_in_words(importer: Importer, data: bytes) -> None:
    importer(data)


@HEAVY
@given(text=TEXTS, data=st.binary(max_size=40))
def test_any_text_is_answered_and_none_writes_by_chance(
    language: Language, text: str, data: bytes
) -> None:
    language.read(text)
    language(data)


@LIGHT
@given(text=TEXTS, most=st.integers(3, 80), data=st.binary(max_size=60))
@example(text="*a *b* c", most=7, data=b"")
def test_no_text_becomes_a_mention_a_link_or_a_ping(text: str, most: int, data: bytes) -> None:
    Escaping().show(text, most=most)
    Escaping()(data)


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
NOTES = CELLS | st.just("two\nlines") | st.just("three\r\nlines, and\none more")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.booleans(), NOTES), min_size=1, max_size=12))
def test_a_rejected_line_is_the_one_where_the_wrong_row_begins(
    importer: Importer, tmp_path: Path, rows: list[tuple[bool, str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("Account ID", "Account Name", "ARR", "Renewal Date", "Mood"))
    wrong = []
    for number, (is_wrong, mood) in enumerate(rows):
        line = out.getvalue().replace("\r\n", "\n").count("\n") + 1
        wrong += [line] if is_wrong else []
        ends = "no day at all" if is_wrong else "2027-01-19"
        writer.writerow((f"id-{number}", f"Account {number}", "1000", ends, mood))
    path = tmp_path / "book.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")

    report = importer.report(path)

    assert report is not None
    assert [one.line for one in report.files[0].rejected] == wrong
