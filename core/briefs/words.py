"""Days in a brief, which is read on a phone: as short as they can be said."""

from datetime import date

from core.wording import count


def on(day: date, today: date) -> str:
    """Return `today`, `yesterday`, `7 Nov` or `7 Jan 2027`."""
    past = (today - day).days
    if past in (0, 1):
        return ("today", "yesterday")[past]
    return f"{day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def ago(day: date, today: date) -> str:
    """Return `7 Nov, 14 days ago`; no count where the day says it."""
    days = (today - day).days
    return on(day, today) + (f", {count(days, 'day')} ago" if days > 1 else "")


def one_line(text: str) -> str:
    """Return a text without line breaks."""
    return " ".join(text.split())
