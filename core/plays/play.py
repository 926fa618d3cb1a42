"""What a play is: a kind of action, and when it applies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from core.conditions import Due
from core.recommendations import Category

# Where the priors come from: they are our expectation of how often a play works out well, written
# down before anything was measured. Each is worth some 20 outcomes (core/learning/strength.py)
# and gives way to what is measured as outcomes come in. What is in a CSM's own hands is expected to
# work most often (kickoff), what turns on the customer's money or trust least often (multi-year
# offer, department introduction, save play).

Lean = Literal["repair", "grow", "steady"]
"""Which health makes a play matter: falling (repair), strong (grow), or either (steady)."""


@dataclass(frozen=True, slots=True, eq=False)
class Play:
    """One entry of seed 000's action tables, declared over signals.

    It applies where all signals of `needs` fire, one of `any_of` if there are any, and none of
    `unless`. `supports` are signals that add to it when they fire. `due` says in how many days it
    should happen: 0 now, 1 by tonight. Texts may name facts in braces; a line whose fact is not
    known is left out.
    `prior` is the success rate expected before there are outcomes, `cooldown_days` how long it
    rests after it was completed. `resources` names the templates and links that help with it,
    `fulfilled_by` the happenings that show it was done. `example` holds facts on which it applies.
    """

    name: str
    title: str
    category: Category
    lean: Lean
    headline: str
    needs: tuple[str, ...]
    due: Due
    expected_outcome: str
    approach: tuple[str, ...]
    talking_points: tuple[str, ...]
    avoid: str
    prior: float
    cooldown_days: int
    example: Mapping[str, Any]
    any_of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    fulfilled_by: tuple[str, ...] = ()

    @property
    def signals(self) -> tuple[str, ...]:
        """Every signal that speaks for it, the deciding ones first."""
        return (*self.needs, *self.any_of, *self.supports)
