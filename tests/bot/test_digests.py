"""When a digest is due, in every kind of day."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests import due, instant
from core.recommendations import CsmId
from storage.digests import Subscription

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def _subscription(zone: str, at: str) -> Subscription:
    return Subscription("s", "U1", "person", CsmId("ana"), "me", zone, at, True, LONG_AGO)


def test_an_hour_that_does_not_exist_is_the_first_moment_after_it() -> None:
    at = instant(date(2026, 3, 29), time(2, 30), BERLIN)

    assert at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_its_first_coming() -> None:
    at = instant(date(2026, 11, 1), time(1, 30), NEW_YORK)

    assert at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_day_that_an_island_skipped_becomes_the_next_one() -> None:
    at = instant(date(2011, 12, 30), time(8), ZoneInfo("Pacific/Apia"))

    assert at == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 20, 6, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 11, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 11, 1, tzinfo=UTC), True),
    ],
)
def test_a_morning_digest_is_of_use_until_noon(now: datetime, expected: bool | None) -> None:
    found = due(_subscription("Europe/Berlin", "08:00"), now)

    assert (found and found.late) == expected


def test_an_evening_digest_is_of_use_for_four_hours() -> None:
    evening = _subscription("UTC", "18:00")

    at_ten = due(evening, datetime(2026, 11, 20, 22, 0, tzinfo=UTC))
    after = due(evening, datetime(2026, 11, 20, 22, 1, tzinfo=UTC))

    assert at_ten is not None
    assert after is not None
    assert (at_ten.late, after.late) == (False, True)


@given(
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kabul"]
    ),
)
def test_every_local_time_has_exactly_one_moment_on_or_after_it(
    on: date, hour: int, minute: int, zone: str
) -> None:
    at = instant(on, time(hour, minute), ZoneInfo(zone))

    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(on, time(hour, minute))
    assert wanted <= local
    assert (local - wanted).total_seconds() <= 3600
