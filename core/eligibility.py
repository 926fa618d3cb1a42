"""Rules before ranking: what may not be proposed, however high it would score."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from core.catalogue import Catalogue
from core.engine import Engine
from core.recommendations import DismissReason, Status

REST_AFTER_DISMISSAL = {
    DismissReason.ALREADY_DONE: 30,
    DismissReason.NOT_RELEVANT: 90,
    DismissReason.WRONG_DATA: 7,
    DismissReason.NOT_NOW: 14,
}
"""Days for which a dismissed play is not offered again to that account, by reason.

Wrong data rests for a week only: the fact is not used until it changes (`core/doubts.py`).
"""

NEW_FOR_DAYS = 7
"""For so many days a recommendation counts as a new one of its account."""


@dataclass(frozen=True, slots=True)
class Past:
    """Where a recommendation of a play for an account stands, since when, and why.

    It was shown first on `created_on`. One that was put off until a `happening` wakes when that
    has `happened_on` a day.
    """

    account: str
    play: str
    status: Status
    on: date
    reason: DismissReason | None = None
    until: date | None = None
    happening: str | None = None
    happened_on: date | None = None
    created_on: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether nobody has decided yet, or it was put off."""
        return self.status in (Status.RECOMMENDED, Status.DEFERRED)

    def is_new(self, today: date) -> bool:
        """Tell whether it was first shown within the last seven days."""
        return self.created_on is not None and (today - self.created_on).days < NEW_FOR_DAYS


def rests_until(past: Past, catalogue: Catalogue) -> date | None:
    """Return the first day on which the play may be proposed again; None when it may at once.

    An accepted one is open for good: it rests until it is completed or dismissed. A deferral ends
    with its happening, and at the latest on its day.
    """
    if past.status is Status.ACCEPTED:
        return date.max
    if past.status is Status.DEFERRED:
        return past.until if past.happened_on is None else None
    if past.status is Status.DISMISSED:
        return past.on + timedelta(days=REST_AFTER_DISMISSAL[past.reason or DismissReason.NOT_NOW])
    if past.status is Status.COMPLETED:
        play = catalogue.plays.get(past.play)
        return past.on + timedelta(days=play.cooldown_days) if play else None
    return None


def proposed_lately(past: Iterable[Past], engine: Engine) -> tuple[Past, ...]:
    """Return an account's new ones of the last seven days, if they are all that it may have.

    `past` is of that account; nothing comes back while there is room for another.
    """
    new = tuple(one for one in past if one.is_new(engine.today))
    return new if len(new) >= engine.rules.most_new else ()


def room_again(proposed: Iterable[Past], engine: Engine) -> date:
    """Return the day on which there is room for another than these new ones."""
    days = sorted(one.created_on for one in proposed if one.created_on is not None)
    return days[-engine.rules.most_new] + timedelta(days=NEW_FOR_DAYS)


def eligible(candidates: pl.DataFrame, past: Iterable[Past], engine: Engine) -> pl.DataFrame:
    """Leave out the (id, play) rows that rest today, and what is too much for one week.

    An account that had its share of new ones keeps those that wait; asked again they are not new.
    """
    known = tuple(past)
    resting = [
        {"id": one.account, "play": one.play}
        for one in known
        if (until := rests_until(one, engine.catalogue)) is not None and until > engine.today
    ]
    if resting:
        rows = pl.DataFrame(resting, schema=_PAIR)
        candidates = candidates.join(rows, on=list(_PAIR), how="anti")
    return _not_too_many(candidates, known, engine)


_PAIR = {"id": pl.String, "play": pl.String}


def _not_too_many(candidates: pl.DataFrame, past: Sequence[Past], engine: Engine) -> pl.DataFrame:
    new = Counter(one.account for one in past if one.is_new(engine.today))
    full = [account for account, count in new.items() if count >= engine.rules.most_new]
    if not full:
        return candidates
    waiting = [{"id": one.account, "play": one.play} for one in past if one.is_waiting]
    shown = candidates.join(pl.DataFrame(waiting, schema=_PAIR), on=list(_PAIR), how="semi")
    room = candidates.filter(~pl.col("id").is_in(full))
    return pl.concat([room, shown.filter(pl.col("id").is_in(full))])
