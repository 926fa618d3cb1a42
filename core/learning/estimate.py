"""What is expected of a play for one kind of account and one CSM, and the numbers behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Outcomes counted: how many, how many positive, how many a dismissal as not relevant."""

    positive: int = 0
    total: int = 0
    not_relevant: int = 0

    @property
    def evidence(self) -> float:
        """How much the outcomes say, 0 (none) toward 1 (many): half at ten outcomes."""
        return self.total / (self.total + 10)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An expected success rate 0-1 with its 80 % interval and the outcomes behind it.

    `own` are the CSM's outcomes of the play, and `whose` is what the reader calls that CSM's.
    `segment` are those of all CSMs in accounts of that segment, `team` all of them. `effect` is the
    expected change of health in points against the account's own trend, None while nothing was
    `measured`.
    """

    rate: float
    low: float
    high: float
    own: Tally = Tally()
    segment: Tally = Tally()
    team: Tally = Tally()
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    measured: int = 0
    whose: str = "your"

    @property
    def evidence(self) -> float:
        """How much the team's outcomes say, 0 (none) toward 1 (many)."""
        return self.team.evidence

    @property
    def says(self) -> str:
        """The estimate in words, with the numbers behind it."""
        interval = f"{self.rate * 100:.0f} % [{self.low * 100:.0f}-{self.high * 100:.0f}]"
        if not self.team.total:
            return f"no outcomes yet; expected {interval}"
        own = [f"worked in {_of(self.own, self.whose)}"] if self.own.total else []
        others = self.team.total > self.own.total
        team = [f"team {_share(self.team)}"] if others else []
        return "; ".join([*own, *team, f"estimated {interval}"])


def _of(tally: Tally, whose: str) -> str:
    return f"{tally.positive} of {whose} {tally.total}{_not_relevant(tally)}"


def _share(tally: Tally) -> str:
    share = f"{tally.positive / tally.total * 100:.0f} % of {tally.total}"
    return share + _not_relevant(tally)


def _not_relevant(tally: Tally) -> str:
    return f" ({tally.not_relevant} not relevant)" if tally.not_relevant else ""
