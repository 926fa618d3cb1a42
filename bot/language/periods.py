"""Where weeks, months, quarters and years begin and end."""

from calendar import monthrange
from datetime import date, timedelta


def start(period: str, today: date, ahead: int) -> date:
    """Return the first day of the period that is `ahead` periods from now; weeks begin Monday."""
    if period == "week":
        return today + timedelta(days=7 * ahead - today.weekday())
    if period == "month":
        return add_months(today.replace(day=1), ahead)
    if period == "quarter":
        return add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * ahead)
    return date(today.year + ahead, 1, 1)


def end(period: str, today: date) -> date:
    """Return the last day of the period, the next one's when that day is here; weeks end Friday."""
    back = 3 if period == "week" else 1
    last = start(period, today, 1) - timedelta(days=back)
    return last if last > today else start(period, today, 2) - timedelta(days=back)


def middle(period: str, today: date, base: date) -> date:
    """Return the middle of the period, the next one's when it is past."""
    first = start(period, base, 0)
    days = {"week": 2, "month": 14, "quarter": 45, "year": 182}[period]
    found = first + timedelta(days=days)
    return found if found > today else start(period, base, 1) + timedelta(days=days)


def in_month(edge: str, first: date) -> date:
    """Return the end, middle or start of the month that begins on `first`."""
    if edge == "end":
        return first.replace(day=length(first))
    return first.replace(day=15) if edge == "middle" else first


def months(today: date, count: int) -> date:
    """Return the day so many months later, the last of the month where it is shorter."""
    first = add_months(today.replace(day=1), count)
    return first.replace(day=min(today.day, length(first)))


def add_months(first: date, count: int) -> date:
    """Return the first of the month so many months later."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)


def working(today: date, count: int) -> date:
    """Return the day after so many working days."""
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def length(day: date) -> int:
    """Return how many days the month of `day` has."""
    return monthrange(day.year, day.month)[1]
