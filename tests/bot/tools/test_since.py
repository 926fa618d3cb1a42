"""Since when: days, weeks and touches of the past, in the words of many."""

from datetime import date

import pytest

from bot.tools.since import Last, Since, read, working_day_before
from core.errors import Invalid

TODAY = date(2026, 11, 21)
"""A Saturday."""


@pytest.mark.parametrize(
    ("words", "since"),
    [
        ("since yesterday", date(2026, 11, 20)),
        ("today", date(2026, 11, 21)),
        ("Monday", date(2026, 11, 16)),
        ("last friday", date(2026, 11, 20)),
        ("since Saturday", date(2026, 11, 14)),
        ("since 3 Nov", date(2026, 11, 3)),
        ("Nov 3rd", date(2026, 11, 3)),
        ("3.11.", date(2026, 11, 3)),
        ("11/3", date(2026, 11, 3)),
        ("2026-10-01", date(2026, 10, 1)),
        ("24 dec", date(2025, 12, 24)),
        ("the 8th", date(2026, 11, 8)),
        ("since the 30th", date(2026, 10, 30)),
        ("last week", date(2026, 11, 9)),
        ("this week", date(2026, 11, 16)),
        ("a week ago", date(2026, 11, 14)),
        ("the last 2 weeks", date(2026, 11, 7)),
        ("over the past 10 days", date(2026, 11, 11)),
        ("a couple of weeks", date(2026, 11, 7)),
        ("past month", date(2026, 10, 21)),
        ("last month", date(2026, 10, 1)),
        ("this month", date(2026, 11, 1)),
        ("the beginning of the month", date(2026, 11, 1)),
        ("October", date(2026, 10, 1)),
        ("Q3", date(2026, 7, 1)),
        ("last quarter", date(2026, 7, 1)),
        ("24 hours", date(2026, 11, 20)),
        ("since the weekend", date(2026, 11, 20)),
        ("since our last call", Last("call")),
        ("since we last spoke", Last("any")),
        ("the last time we talked", Last("any")),
        ("last meeting", Last("meeting")),
        ("since the QBR", Last("qbr")),
        ("since my last e-mail", Last("email")),
    ],
)
def test_words_of_the_past_are_understood(words: str, since: Since) -> None:
    assert read(words, TODAY) == since


@pytest.mark.parametrize("words", ["bananas", "tomorrow", "next week", "2020-01-01", "2027-01-01"])
def test_what_is_no_day_of_the_past_is_declined_with_examples(words: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(words, TODAY)

    assert refused.value.field == "since"


def test_a_period_that_begins_today_is_looked_at_from_the_working_day_before() -> None:
    monday = date(2026, 11, 23)

    assert read("this week", monday) == date(2026, 11, 20) == working_day_before(monday)
