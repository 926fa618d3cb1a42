"""Days and times in words."""

import re
from datetime import date

import pytest

from bot.language import dates, times
from tests.bot.language.book import TODAY


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("fri", date(2026, 11, 20)),
        ("til friday", date(2026, 11, 20)),
        ("wednesday", date(2026, 11, 25)),
        ("next friday", date(2026, 11, 27)),
        ("Monday morning", date(2026, 11, 23)),
        ("friday next week", date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 19)),
        ("next week", date(2026, 11, 23)),
        ("next month", date(2026, 12, 1)),
        ("next quarter", date(2027, 1, 1)),
        ("in two weeks", date(2026, 12, 2)),
        ("in a week's time", date(2026, 11, 25)),
        ("for 3 days", date(2026, 11, 21)),
        ("5 business days", date(2026, 11, 25)),
        ("a month", date(2026, 12, 18)),
        ("EOW", date(2026, 11, 20)),
        ("end of month", date(2026, 11, 30)),
        ("end of the quarter", date(2026, 12, 31)),
        ("EOQ", date(2026, 12, 31)),
        ("mid January", date(2027, 1, 15)),
        ("Q1", date(2027, 1, 1)),
        ("the 8th", date(2026, 12, 8)),
        ("31st", date(2026, 12, 31)),
        ("8 December", date(2026, 12, 8)),
        ("Dec 8", date(2026, 12, 8)),
        ("2026-12-24", date(2026, 12, 24)),
        ("12/8", date(2026, 12, 8)),
        ("24.12.2026", date(2026, 12, 24)),
        ("January", date(2027, 1, 1)),
    ],
)
def test_a_day_is_read_as_people_say_it(words: str, day: date) -> None:
    assert dates.resolve(words, TODAY) == day


@pytest.mark.parametrize("words", ["70%", "now", "they reply", "the QBR", "", "99th", "31/31"])
def test_what_is_no_day_is_none(words: str) -> None:
    assert dates.resolve(words, TODAY) is None


@pytest.mark.parametrize("words", ["and gamma", "in and out", "this and that"])
def test_an_and_is_no_day(words: str) -> None:
    assert re.search(rf"\b{dates.PATTERN}", words) is None


def test_the_end_of_a_month_that_ends_today_is_the_next_ones() -> None:
    assert dates.resolve("eom", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("8am", "08:00"),
        ("8:30", "08:30"),
        ("8.30pm", "20:30"),
        ("half past nine", "09:30"),
        ("quarter to 8", "07:45"),
        ("at 17h", "17:00"),
        ("noon", "12:00"),
        ("12am", "00:00"),
        ("eight o'clock", "08:00"),
    ],
)
def test_a_time_is_read_as_people_say_it(words: str, time: str) -> None:
    assert times.resolve(words) == time


@pytest.mark.parametrize("words", ["25:00", "13pm", "soon", "8:99", ""])
def test_what_is_no_time_is_none(words: str) -> None:
    assert times.resolve(words) is None


@pytest.mark.parametrize("words", ["that one", "into two", "what seven"])
def test_that_one_is_no_time(words: str) -> None:
    assert re.search(times.PATTERN, words) is None
