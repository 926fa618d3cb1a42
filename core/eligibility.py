"""Rules before ranking: what may not be proposed, however high it would score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from core.catalogue import Catalogue
from core.engine import Engine
from core.recommendations import DismissReason, Status

REST_AFTER_DISMISSAL = {
    DismissReason.ALREADY_DONE: 30,
    DismissReason.NOT_RELEVANT: 90,
    DismissReason.WRONG_DATA: 30,
    DismissReason.NOT_NOW: 14,
}
"""Days for which a dismissed play is not offered again to that account, by reason."""


@dataclass(frozen=True, slots=True)
class Past:
    """The newest recommendation of a play for an account: where it stands, since when, and why."""

    account: str
    play: str
    status: Status
    on: date
    reason: DismissReason | None = None
    until: date | None = None


def rests_until(past: Past, catalogue: Catalogue) -> date | None:
    """Return the first day on which the play may be proposed again; None when it may at once.

    An accepted one is open for good: it rests until it is completed or dismissed.
    """
    if past.status is Status.ACCEPTED:
        return date.max
    if past.status is Status.DEFERRED:
        return past.until
    if past.status is Status.DISMISSED:
        return past.on + timedelta(days=REST_AFTER_DISMISSAL[past.reason or DismissReason.NOT_NOW])
    if past.status is Status.COMPLETED:
        play = catalogue.plays.get(past.play)
        return past.on + timedelta(days=play.cooldown_days) if play else None
    return None


def eligible(candidates: pl.DataFrame, past: Iterable[Past], engine: Engine) -> pl.DataFrame:
    """Leave out the (id, play) rows that rest today."""
    resting = [
        {"id": one.account, "play": one.play}
        for one in past
        if (until := rests_until(one, engine.catalogue)) is not None and until > engine.today
    ]
    schema = {"id": pl.String, "play": pl.String}
    return candidates.join(pl.DataFrame(resting, schema=schema), on=["id", "play"], how="anti")
