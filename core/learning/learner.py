"""What learns: anew when the outcomes are others, or an hour has gone by."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import polars as pl

from core.learning.effectiveness import Effectiveness


class Learner:
    """Keeps what it learned last, since most questions come between two outcomes.

    Outcomes age by the hour, so that all questions within one get the same answer, from whichever
    machine. It may be used from several threads.
    """

    def __init__(self, priors: Mapping[str, float]) -> None:
        """Take what is expected of every play before there are outcomes."""
        self._priors = priors
        self._last: tuple[datetime, pl.DataFrame, Effectiveness] | None = None

    def effectiveness(self, outcomes: pl.DataFrame, now: datetime) -> Effectiveness:
        """Return what these outcomes, none of them later than `now`, say in its hour."""
        until = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        match self._last:
            case (hour, known, learned) if hour == until and known.equals(outcomes):
                return learned
        learned = Effectiveness.of(outcomes, self._priors, until)
        self._last = until, outcomes, learned
        return learned
