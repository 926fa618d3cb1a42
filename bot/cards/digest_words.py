"""What a digest's setting and its log say, the same on every card."""

from collections.abc import Sequence
from datetime import date

from bot.cards.text import day
from core.calendar import WORKING, Absence
from core.wording import count, sentence_case
from storage.delivery import Delivery
from storage.digests import Subscription

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY = frozenset(range(1, 8))

LOGGED = 14
"""So many deliveries the log shows."""


def days_said(weekdays: frozenset[int]) -> str:
    """Return weekdays in words: "Monday to Friday" in short, "every day", or each by name."""
    if weekdays == EVERY_DAY:
        return "every day"
    if weekdays == WORKING:
        return "Mon to Fri"
    named = [DAYS[number - 1] for number in sorted(weekdays)]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def schedule_said(subscription: Subscription, country: str) -> str:
    """Return when a digest comes: "Mon to Fri at 08:00 (Europe/Berlin), not on holidays".

    `country` is the name of the one whose public holidays are days off, empty for none.
    """
    when = f"{days_said(subscription.weekdays)} at {subscription.local_time}"
    off = f", not on public holidays in {country}" if country else ""
    return f"{when} ({subscription.timezone}){off}"


def away_said(away: Absence | None, today: date) -> str:
    """Return from when to when somebody is away; nothing when they are not, nor about to be."""
    if away is None or away.back <= max(today, away.starts):
        return ""
    back = f"I take it that you are back on {day(away.back, today)}"
    if away.starts > today:
        return f"Paused from {day(away.starts, today)}: {back}."
    return f"Paused: {back}."


def log_said(log: Sequence[Delivery], today: date) -> list[str]:
    """Return a line for each delivery: its day, what became of it, and why."""
    return [f"{sentence_case(day(one.local_date, today))}: {_fate(one)}" for one in log[:LOGGED]]


def _fate(one: Delivery) -> str:
    match one.state:
        case "sent":
            on_it = count(len(one.items), "action") if one.items else "nothing urgent"
            return f"sent, {on_it}"
        case "missed":
            return f"missed. {one.problem or 'The reason is not known.'}"
        case "skipped":
            return f"not sent. {one.problem or ''}".strip()
        case "queued":
            return "on its way to Slack"
    return "being prepared"
