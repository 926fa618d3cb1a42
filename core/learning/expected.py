"""What is expected of each play before its own outcomes, from its prior and how the others did."""

from collections.abc import Mapping

from scipy.special import expit, logit

Seen = Mapping[str, tuple[float, float]]
"""The sum and weight of each play's outcomes."""

ANY = ""
"""The name under which a play is looked up that has neither a prior nor outcomes."""


def expected(seen: Seen, priors: Mapping[str, float] | None, strength: float) -> dict[str, float]:
    """Return the expected rate of each play, and of any other play under ANY.

    Without priors it is the rate of all outcomes. With them each play's prior is shifted, in log
    odds, by as much as the other plays did better or worse than theirs, shrunk by `strength`.
    """
    if not priors:
        won, weight = _sums(seen)
        return {ANY: (won + 0.5) / (weight + 1)}
    usual = sum(priors.values()) / len(priors)
    known = {play: priors.get(play, usual) for play in (*priors, *seen, ANY)}
    return {play: _shifted(play, seen, known, strength) for play in known}


def _shifted(play: str, seen: Seen, known: Mapping[str, float], strength: float) -> float:
    others = {name: found for name, found in seen.items() if name != play}
    won, weight = _sums(others)
    if not weight:
        return known[play]
    thought = sum(known[name] * found[1] for name, found in others.items()) / weight
    better = (won + strength * thought) / (weight + strength)
    return float(expit(logit(known[play]) + logit(better) - logit(thought)))


def _sums(seen: Seen) -> tuple[float, float]:
    return sum(found[0] for found in seen.values()), sum(found[1] for found in seen.values())
