"""Which moment a command works at: the present one, or noon of a day that was named."""

from datetime import UTC, date, datetime, time

from bot.services import Clock
from core.errors import Invalid

NOON = time(12, tzinfo=UTC)
"""At noon in UTC it is the same day nearly everywhere."""


def clock(as_of: str | None) -> Clock:
    """Return what tells the time: the real clock, or one that stands at noon of `as_of`."""
    if as_of is None:
        return lambda: datetime.now(UTC)
    moment = datetime.combine(_day(as_of), NOON)
    return lambda: moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"{text!r} is no day. Write it as YYYY-MM-DD, e.g. 2026-11-20.") from error
