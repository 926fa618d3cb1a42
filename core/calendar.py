"""When something may reach a person: local times, working days, days off, and when it is too late.

Everything is counted in local dates, one digest a date, and every local time becomes one moment:
the first of two where clocks go back, the next that exists where they go forward.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORKING: frozenset[int] = frozenset({1, 2, 3, 4, 5})
"""Monday to Friday, as ISO counts them."""

NOON = time(12)
"""Until then a morning digest is of use."""

EVENING = time(20)
"""From then on nothing arrives any more, unless somebody asked for that hour."""

PATIENCE, AT_LEAST = timedelta(hours=4), timedelta(hours=1)
"""How long a digest later in the day is of use, and how long at night where one was asked for."""

OFFICE_OPENS, OFFICE_CLOSES = time(8), time(18)
"""Between these local hours a person may be written to without having asked for it."""

LONGEST = 366
"""Missed days are counted this far back."""

Holiday = Callable[[date], str]
"""The name of a date's public holiday, empty where it is none."""


def no_holiday(_: date) -> str:
    """Tell that a date is no public holiday."""
    return ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from the first day until the day on which they are back."""

    starts: date
    back: date

    def covers(self, on: date) -> bool:
        """Tell whether they are away on a day."""
        return self.starts <= on < self.back


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something comes: at a local time, on these ISO weekdays, not before its first day.

    It does not come on a public holiday nor while its reader is away.
    """

    zone: ZoneInfo
    at: time
    begins: date
    weekdays: frozenset[int] = WORKING
    holiday: Holiday = no_holiday
    away: Absence | None = None

    def comes(self, on: date) -> bool:
        """Tell whether it comes on a date at all."""
        return (
            on >= self.begins
            and on.isoweekday() in self.weekdays
            and not (self.away and self.away.covers(on))
            and not self.holiday(on)
            and exists(on, self.zone)
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One local date's turn: from its moment until it would be of no use any more."""

    on: date
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done at a moment: the slot that is open, and the dates that are over."""

    open: Slot | None
    over: tuple[date, ...]


def due(schedule: Schedule, now: datetime, *, after: date | None = None) -> Due:
    """Return what is due at `now` of the dates later than `after`, the last that is settled."""
    begun = [slot for slot in _slots(schedule, now, after) if slot.begins <= now]
    still = [slot for slot in begun if now <= slot.ends]
    newest = still[-1] if still else None
    return Due(newest, tuple(slot.on for slot in begun if slot is not newest))


def slot(at: time, on: date, zone: ZoneInfo) -> Slot:
    """Return the turn of a local date.

    A morning's is over at noon, a later one's after four hours or in the evening; whoever wants it
    at night has an hour.
    """
    begins = instant(on, at, zone)
    evening = max(instant(on, EVENING, zone), begins + AT_LEAST)
    ends = max(instant(on, NOON, zone), min(begins + PATIENCE, evening))
    return Slot(on, begins, ends)


def first_day(at: time, zone: ZoneInfo, now: datetime, *, running: bool) -> date:
    """Return the first date of something that is set at `now`.

    Anew, it begins with the next time that its hour comes. One that was `running` only moves:
    today counts until its turn would be over.
    """
    today = now.astimezone(zone).date()
    turn = slot(at, today, zone)
    is_past = turn.ends <= now if running else turn.begins < now
    return today + timedelta(days=1) if is_past else today


def may_write(local: datetime, *, holiday: Holiday = no_holiday, away: Absence | None) -> bool:
    """Tell whether a person may be written to unasked at their local time: on a day at work."""
    on = local.date()
    at_work = on.isoweekday() in WORKING and not holiday(on) and not (away and away.covers(on))
    return at_work and OFFICE_OPENS <= local.time() < OFFICE_CLOSES


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time: the first of two, the next that exists if none does."""
    local = datetime.combine(on, at)
    while not _is_on_the_clock(local, zone):
        local += timedelta(minutes=1)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def exists(on: date, zone: ZoneInfo) -> bool:
    """Tell whether a zone has a date: an island that crosses the date line leaves one out."""
    return instant(on, NOON, zone).astimezone(zone).date() == on


def _slots(schedule: Schedule, now: datetime, after: date | None) -> Iterator[Slot]:
    """Yield the turns from the first date that is not settled until today."""
    today = now.astimezone(schedule.zone).date()
    on = max(schedule.begins, today - timedelta(days=LONGEST))
    if after is not None:
        on = max(on, after + timedelta(days=1))
    while on <= today:
        if schedule.comes(on):
            yield slot(schedule.at, on, schedule.zone)
        on += timedelta(days=1)


def _is_on_the_clock(local: datetime, zone: ZoneInfo) -> bool:
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(tzinfo=None) == local
