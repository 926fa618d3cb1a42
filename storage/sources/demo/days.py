"""The demo's calendar: days before today, and moments on them that are never later than now."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts days back from `today`; `now` is the latest moment at which anything happened."""

    today: date
    now: datetime

    def day(self, ago: int) -> date:
        """Return the day so many days before today; a negative number lies ahead."""
        return self.today - timedelta(days=ago)

    def workday(self, ago: int) -> int:
        """Return how many days ago the last weekday on or before that day was."""
        return ago + max(0, self.day(ago).weekday() - 4)

    def at(self, ago: int, minute: int) -> datetime:
        """Return the moment `minute` minutes into that day, in UTC, but not after now."""
        midnight = datetime.combine(self.day(ago), time(tzinfo=UTC))
        return min(midnight + timedelta(minutes=minute), self.now)

    def exactly(self, ago: int, minute: int) -> datetime:
        """Return a moment of that day which is also full `ago` times 24 hours before now."""
        return min(self.at(ago, minute), self.now - timedelta(days=ago))

    def ahead(self, days: int, minute: int) -> datetime:
        """Return a moment on a coming day, for what is booked."""
        midnight = datetime.combine(self.day(-days), time(tzinfo=UTC))
        return midnight + timedelta(minutes=minute)


def office(rng: Random) -> int:
    """Draw a minute of the working day."""
    return rng.randrange(8 * 60, 16 * 60 + 30)
