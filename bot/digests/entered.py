"""What somebody entered in the form that sets a digest, checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.digests.away import absence
from bot.listeners.payload import entered, ticked
from bot.tools.tool import Asker
from core.calendar import WORKING, Absence
from core.errors import Invalid
from storage.digests import AUTO


@dataclass(frozen=True, slots=True)
class Entered:
    """A digest as it is to be from now on; `room` is the channel it is for, empty for one's own."""

    is_on: bool
    local_time: str
    timezone: str
    weekdays: frozenset[int]
    holidays: str
    holds: tuple[str, ...]
    room: str
    away: Absence | None


def read(view: dict[str, Any], asker: Asker, *, place: str) -> Entered:
    """Return what the form holds; raises Invalid with the field that is wrong."""
    is_on = entered(view, "switch", "switch") == "on"
    at = entered(view, "time", "time")
    if is_on and not at:
        raise Invalid("Choose when the digest should come.", field="time")
    days = frozenset(int(day) for day in ticked(view, "days", "days"))
    if is_on and not days:
        raise Invalid("Choose at least one day.", field="days")
    return Entered(
        is_on=is_on,
        local_time=at or "08:30",
        timezone=_zone(entered(view, "zone", "zone")) if place else asker.csm.timezone or "UTC",
        weekdays=days or WORKING,
        holidays=entered(view, "holidays", "holidays") or AUTO,
        holds=ticked(view, "holds", "holds"),
        room=place or entered(view, "room", "room"),
        away=_away(entered(view, "back", "back"), asker),
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        said = "I do not know that time zone. Write it like Europe/Berlin or America/New_York."
        raise Invalid(said, field="zone") from error
    return name


def _away(back: str, asker: Asker) -> Absence | None:
    if not back:
        return None
    on = date.fromisoformat(back)
    return absence(asker.today, on, asker)
