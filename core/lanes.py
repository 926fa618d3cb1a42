"""The four lanes of a day: what is owed, what to protect, what can grow, whom to keep close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from core.recommendations import Category, Recommendation, Status, Urgency

LaneName = Literal["owe", "protect", "grow", "close"]

MOST = 5
"""A day's list holds so many; what does not fit is no list for a day."""

MOST_OWED = 2
"""So many of them at most were accepted before, so that what is fresh has room."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: what it is called, and what belongs there, for whoever chooses among them."""

    name: LaneName
    title: str
    holds: str


LANES: tuple[Lane, ...] = (
    Lane("owe", "You owe them", "What you accepted and is due, and what customers wait for"),
    Lane("protect", "Protect", "Risks, and renewals that are near"),
    Lane("grow", "Grow", "Expansion"),
    Lane("close", "Keep close", "Staying in touch"),
)
"""In the order in which a day shows them."""


CHANGES, WEEK = "changes", "week"
"""The parts of a digest besides its lanes: what changed, and a team's week once a week."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What belongs into a lane: plays by name, or a category, where given only if that urgent."""

    lane: LaneName
    plays: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    urgencies: frozenset[Urgency] = frozenset(get_args(Urgency))

    def takes(self, play: str, category: Category, urgency: Urgency) -> bool:
        """Tell whether it is about such a recommendation."""
        return (play in self.plays or category in self.categories) and urgency in self.urgencies


_PRESSING: frozenset[Urgency] = frozenset({"immediate", "today"})

RULES: tuple[Rule, ...] = (
    Rule(
        "owe",
        plays=frozenset({"support_issues", "kickoff", "onboarding_checkpoint", "qbr_preparation"}),
    ),
    Rule("protect", plays=frozenset({"renewal_preparation"})),
    Rule("protect", categories=frozenset({"risk"})),
    Rule("grow", categories=frozenset({"expansion"})),
    Rule("owe", categories=frozenset({"lifecycle"}), urgencies=_PRESSING),
    Rule("protect", categories=frozenset({"engagement"}), urgencies=frozenset({"immediate"})),
    Rule("close", categories=frozenset({"engagement", "lifecycle"})),
)
"""The one place where plays come into lanes: the first that fits counts. A team's own plays go by
their category."""


def lane_of(one: Recommendation) -> LaneName:
    """Return a recommendation's lane; what somebody accepted is owed."""
    if one.status is Status.ACCEPTED:
        return "owe"
    return _by_kind(one)


def is_owed(one: Recommendation, today: date) -> bool:
    """Tell whether somebody accepted it and its day has come."""
    return one.status is Status.ACCEPTED and one.due_on <= today


def days_list(
    offered: Sequence[Recommendation],
    underway: Sequence[Recommendation],
    *,
    lanes: frozenset[LaneName],
    today: date,
) -> tuple[Recommendation, ...]:
    """Return a day's list lane by lane, each in the order given: at most five, an account once.

    What was accepted and is due comes first, then the best of what is `offered`.
    """
    owed = sorted((one for one in underway if is_owed(one, today)), key=lambda one: one.due_on)
    ranked = [*owed[:MOST_OWED], *offered]
    chosen: dict[str, Recommendation] = {}
    for one in ranked:
        if lane_of(one) in lanes and len(chosen) < MOST:
            chosen.setdefault(one.account.id, one)
    order = {lane.name: place for place, lane in enumerate(LANES)}
    return tuple(sorted(chosen.values(), key=lambda one: order[lane_of(one)]))


def _by_kind(one: Recommendation) -> LaneName:
    found = (rule.lane for rule in RULES if rule.takes(one.play, one.category, one.urgency))
    return next(found, "close")
