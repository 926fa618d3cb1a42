"""Periods in words: rolling ones, those that still run, and those that are over."""

from datetime import date
from typing import Any

import pytest

from bot.language.offline.spans import read

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how effective were my actions last 30 days", {"days": 30}),
        ("in the last two weeks", {"days": 14}),
        ("over the past six months", {"days": 180}),
        ("the past year", {"days": 365}),
        ("acceptance rate this quarter", {"days": 51}),
        ("so far this year", {"days": 324}),
        ("success rate ytd", {"days": 324}),
        ("this week", {"days": 5}),
        ("today", {"days": 1}),
        ("what worked last quarter", {"days": 92, "until": "2026-09-30"}),
        ("last month", {"days": 31, "until": "2026-10-31"}),
        ("the previous year", {"days": 365, "until": "2025-12-31"}),
        ("in the last 100000 days", {}),
        ("what works", {}),
    ],
)
def test_a_period_is_read_as_days_and_where_it_ended(text: str, found: dict[str, Any]) -> None:
    assert read(text, TODAY) == found
