"""What past outcomes say about a play: a success rate shrunk toward its prior when data is thin."""

from dataclasses import dataclass

from scipy.special import betaincinv

PRIOR_OUTCOMES = 20
"""How many outcomes the prior is worth; 20 to 50 was never worse than the plain mean."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Completed recommendations of a play: how many had an outcome, how many a positive one."""

    positive: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """An expected success rate 0-1 with its 80 % interval and the outcomes behind it."""

    rate: float
    low: float
    high: float
    tally: Tally

    @property
    def evidence(self) -> float:
        """How much the outcomes say, 0 (none) toward 1 (many): half at ten outcomes."""
        return self.tally.total / (self.tally.total + 10)

    @property
    def says(self) -> str:
        """The estimate in words, with the numbers behind it."""
        interval = f"[{self.low * 100:.0f}-{self.high * 100:.0f}]"
        if not self.tally.total:
            return f"no outcomes yet; expected {self.rate * 100:.0f} % {interval}"
        return (
            f"worked in {self.tally.positive} of {self.tally.total}; "
            f"estimated {self.rate * 100:.0f} % {interval}"
        )


def estimate(tally: Tally, prior: float) -> Estimate:
    """Shrink a tally toward `prior` (0-1, exclusive) by PRIOR_OUTCOMES pseudo-outcomes."""
    wins = tally.positive + prior * PRIOR_OUTCOMES
    losses = tally.total - tally.positive + (1 - prior) * PRIOR_OUTCOMES
    return Estimate(
        rate=wins / (wins + losses),
        low=float(betaincinv(wins, losses, 0.1)),
        high=float(betaincinv(wins, losses, 0.9)),
        tally=tally,
    )
