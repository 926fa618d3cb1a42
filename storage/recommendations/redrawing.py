"""The letter that brings every message up to date that shows a recommendation."""

from datetime import date

from storage.outbox import Letter


def redrawing(id: str, since: int | str, *, today: date, first: str = "") -> Letter:
    """Return the letter for what changed: a version, or what else happened, named by `since`.

    `today` is the day that the cards are drawn for, `first` the message to begin with.
    """
    body = {"recommendation": id, "today": today.isoformat(), "first": first}
    return Letter(f"redraw:{id}:{since}", "redraw", body)
