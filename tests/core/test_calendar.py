"""When something may reach a person, in every kind of day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import Absence, Schedule, due, exists, first_day, instant, may_write, slot

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LORD_HOWE, APIA, CAIRO = (
    ZoneInfo(name) for name in ("Australia/Lord_Howe", "Pacific/Apia", "Africa/Cairo")
)
LONG_AGO = date(2026, 1, 1)
EVERY_DAY = frozenset(range(1, 8))
ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kabul", "Asia/Kolkata"),
    *("Pacific/Apia", "Pacific/Chatham", "Africa/Cairo", "America/Havana", "Asia/Beirut"),
    *("America/Santiago", "America/St_Johns", "Atlantic/Azores", "Africa/Casablanca", "UTC"),
)


def _schedule(zone: ZoneInfo = BERLIN, at: str = "08:00", **more: object) -> Schedule:
    return Schedule(zone, time.fromisoformat(at), **({"begins": LONG_AGO} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "on", "at", "moment"),
    [
        (BERLIN, date(2026, 3, 29), time(2, 30), "2026-03-29T01:00Z"),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01T05:30Z"),
        (LORD_HOWE, date(2026, 10, 4), time(2, 10), "2026-10-03T15:30Z"),
        (LORD_HOWE, date(2026, 4, 5), time(1, 45), "2026-04-04T14:45Z"),
        (CAIRO, date(2026, 4, 24), time(0, 15), "2026-04-23T22:00Z"),
        (BERLIN, date(2028, 2, 29), time(8), "2028-02-29T07:00Z"),
        (BERLIN, date(2026, 12, 31), time(8), "2026-12-31T07:00Z"),
    ],
    ids=["gap", "fold", "half-hour gap", "half-hour fold", "gap at midnight", "leap", "year end"],
)
def test_a_local_time_is_one_moment_also_where_clocks_change(
    zone: ZoneInfo, on: date, at: time, moment: str
) -> None:
    assert instant(on, at, zone) == datetime.fromisoformat(moment)


def test_a_day_that_an_island_skipped_is_no_day() -> None:
    in_2011 = _schedule(APIA, weekdays=EVERY_DAY, begins=date(2011, 12, 28))

    found = due(in_2011, datetime(2012, 1, 1, 20, tzinfo=UTC))

    assert not exists(date(2011, 12, 30), APIA)
    assert found.open is not None
    assert [*found.over, found.open.on] == [date(2011, 12, day) for day in (28, 29, 31)] + [
        date(2012, 1, 1),
        date(2012, 1, 2),
    ]


@pytest.mark.parametrize(
    ("at", "lasts_until"),
    [("08:00", "12:00"), ("11:30", "15:30"), ("18:00", "20:00"), ("19:30", "20:30")],
)
def test_a_digest_is_of_use_until_noon_or_for_a_while_but_not_at_night(
    at: str, lasts_until: str
) -> None:
    ends = slot(time.fromisoformat(at), date(2026, 11, 20), BERLIN).ends

    assert f"{ends.astimezone(BERLIN):%H:%M}" == lasts_until


def test_what_was_not_settled_is_over_and_todays_is_open() -> None:
    thursday = date(2026, 11, 19)
    at_nine = datetime(2026, 11, 24, 8, tzinfo=UTC)

    found = due(_schedule(), at_nine, after=thursday)

    assert found.over == (date(2026, 11, 20), date(2026, 11, 23))
    assert found.open is not None
    assert found.open.on == date(2026, 11, 24)


def test_weekends_holidays_and_days_away_are_left_out() -> None:
    christmas = {date(2026, 12, 25): "Christmas Day"}
    away = Absence(date(2026, 12, 28), date(2027, 1, 4))
    schedule = _schedule(
        begins=date(2026, 12, 24), holiday=lambda on: christmas.get(on, ""), away=away
    )

    found = due(schedule, datetime(2027, 1, 4, 8, tzinfo=UTC))

    assert found.over == (date(2026, 12, 24),)
    assert found.open is not None
    assert found.open.on == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("now", "running", "expected"),
    [
        ("2026-11-20T06:00Z", False, 20),
        ("2026-11-20T09:00Z", False, 21),
        ("2026-11-20T09:00Z", True, 20),
        ("2026-11-20T12:00Z", True, 21),
    ],
    ids=["before its hour", "after it", "moved in the morning", "moved when it is over"],
)
def test_what_is_set_up_begins_with_its_hour_and_what_is_moved_goes_on(
    now: str, running: bool, expected: int
) -> None:
    found = first_day(time(8), BERLIN, datetime.fromisoformat(now), running=running)

    assert found == date(2026, 11, expected)


def test_nobody_is_written_to_unasked_at_night_on_days_off_or_away() -> None:
    friday = datetime(2026, 11, 20, 10, tzinfo=BERLIN)
    away = Absence(friday.date(), date(2026, 11, 23))

    assert may_write(friday, away=None)
    assert not may_write(friday.replace(hour=18), away=None)
    assert not may_write(friday.replace(hour=7), away=None)
    assert not may_write(friday + timedelta(days=1), away=None)
    assert not may_write(friday, away=away)
    assert not may_write(friday, holiday=lambda _: "A day off", away=None)


@given(
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    zone=st.sampled_from(ZONES),
)
def test_every_local_time_has_exactly_one_moment_on_or_after_it(
    on: date, hour: int, minute: int, zone: str
) -> None:
    at = instant(on, time(hour, minute), ZoneInfo(zone))

    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime.combine(on, time(hour, minute))
    assert wanted <= local
    assert (local - wanted).total_seconds() <= 3600


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.sampled_from((0, 10, 30, 45)),
    begins=st.dates(date(2025, 1, 1), date(2029, 12, 1)),
    looks=st.lists(st.integers(1, 60 * 50), min_size=20, max_size=60),
)
def test_whoever_looks_when_they_can_settles_each_working_day_once(
    zone: str, hour: int, minute: int, begins: date, looks: list[int]
) -> None:
    schedule = Schedule(ZoneInfo(zone), time(hour, minute), begins)
    now = instant(begins, time(), schedule.zone)
    settled: list[date] = []

    for minutes in looks:
        now += timedelta(minutes=minutes)
        found = due(schedule, now, after=settled[-1] if settled else None)
        settled += found.over
        if found.open is not None:
            settled.append(found.open.on)
            assert found.open.begins <= now <= found.open.ends

    working = [day for day in _days(begins, now, schedule.zone) if schedule.comes(day)]
    begun = [day for day in working if slot(schedule.at, day, schedule.zone).begins <= now]
    assert settled == begun


def _days(begins: date, now: datetime, zone: ZoneInfo) -> list[date]:
    last = now.astimezone(zone).date()
    return [begins + timedelta(days=count) for count in range((last - begins).days + 1)]
