"""Other ways of choosing among an account's plays, to be compared with the way that was used."""

from dataclasses import dataclass

import polars as pl

PARTS = ("impact", "urgency", "confidence", "account_value")


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A way of choosing: the candidate with the highest `worth`; of equals the one ranked first."""

    name: str
    says: str
    worth: pl.Expr


def weighed(**weights: float) -> Target:
    """Return the choice by the sum of the four parts under other weights, which are named."""
    missing = [part for part in PARTS if part not in weights]
    if missing or abs(sum(weights.values()) - 1) > 1e-6 or len(weights) != len(PARTS):
        raise ValueError(f"weights of {', '.join(PARTS)} that sum to 1 are needed")
    told = ", ".join(f"{part.replace('_', ' ')} {weights[part]:g}" for part in PARTS)
    return Target(
        "other weights",
        f"the highest sum of {told}",
        pl.sum_horizontal([pl.col(part) * weights[part] for part in PARTS]),
    )


TARGETS: tuple[Target, ...] = (
    Target("without exploration", "always the highest priority", pl.col("priority")),
    Target("highest success rate", "what is most likely to work", pl.col("rate")),
    Target("most urgent first", "what is due first", pl.col("urgency")),
    weighed(impact=0.5, urgency=0.2, confidence=0.2, account_value=0.1),
)
"""What `steward evaluate actions` compares."""
