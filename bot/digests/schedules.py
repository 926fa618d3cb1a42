"""When a subscription's digest comes, with its reader's holidays and absences."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.countries import holiday_of, observed
from core.calendar import Absence, Schedule, may_write
from storage.digests import AUTO, Subscription


def schedule_of(subscription: Subscription, away: Absence | None) -> Schedule:
    """Return when a digest comes; a channel reads on while whoever set it up is away."""
    country = observed(subscription.holidays, subscription.timezone)
    return Schedule(
        zone=subscription.zone,
        at=subscription.at,
        begins=subscription.begins,
        weekdays=subscription.weekdays,
        holiday=holiday_of(country),
        away=away if subscription.kind == "person" else None,
    )


def may_write_to(
    zone: str | None, away: Absence | None, now: datetime, *, holidays: str = AUTO
) -> bool:
    """Tell whether a person may be written to unasked: at their hours, on a day at work."""
    zone = zone or "UTC"
    holiday = holiday_of(observed(holidays, zone))
    return may_write(now.astimezone(ZoneInfo(zone)), holiday=holiday, away=away)
