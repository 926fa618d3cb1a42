"""How often each play worked in the demo's last year, and where it worked better."""

from collections.abc import Mapping, Sequence

RESULTS: Mapping[str, tuple[int, int]] = {
    "champion_outreach": (46, 50),
    "training": (22, 25),
    "value_update": (30, 40),
    "qbr_preparation": (34, 40),
    "executive_alignment": (14, 21),
    "support_issues": (18, 25),
    "check_in": (28, 36),
    "renewal_preparation": (14, 20),
    "expansion_discussion": (13, 20),
    "share_content": (9, 14),
    "request_feedback": (10, 14),
    "escalation_call": (9, 13),
    "save_play": (6, 11),
    "department_introduction": (6, 11),
    "upsell_proposal": (7, 12),
    "renewal_optimization": (8, 12),
    "multi_year_offer": (6, 10),
    "kickoff": (5, 6),
    "onboarding_checkpoint": (6, 8),
    "success_review": (11, 14),
}
"""Of each play: how many outcomes were positive, and how many there were, in the book of sixty."""

BETTER: Mapping[tuple[str, str], float] = {
    ("champion_outreach", "ana"): 3.0,
    ("value_update", "chloe"): 3.0,
    ("support_issues", "ben"): 3.5,
    ("renewal_preparation", "dev"): 3.0,
    ("renewal_preparation", "ana"): 0.6,
    ("check_in", "dev"): 0.35,
    ("qbr_preparation", "chloe"): 2.5,
    ("executive_alignment", "enterprise"): 4.0,
    ("executive_alignment", "smb"): 0.3,
    ("value_update", "enterprise"): 0.4,
    ("check_in", "smb"): 2.5,
    ("expansion_discussion", "mid-market"): 3.0,
    ("share_content", "smb"): 2.5,
}
"""Where a play turns out well more often, by segment or by the CSM's key: the odds, times so much.

Where it is less than one, it turns out well less often.
"""

SIZES: Mapping[str, float] = {"positive": 7.5, "neutral": 1.0, "negative": -4.0}
"""Points of health that follow a result."""

STRONGER: Mapping[str, float] = {
    "save_play": 1.4,
    "escalation_call": 1.3,
    "training": 1.1,
    "request_feedback": 0.5,
    "multi_year_offer": 0.4,
    "upsell_proposal": 0.4,
    "qbr_preparation": 0.8,
}
"""Plays after which health moves more, or less, than after the others."""


def odds(play: str, segment: str, owner: str) -> float:
    """Return how much better than elsewhere a play does in a segment and with a CSM."""
    return BETTER.get((play, segment), 1.0) * BETTER.get((play, owner), 1.0)


def lift(deeds: Sequence[tuple[str, str]]) -> float:
    """Return the points of health that follow deeds, given as plays and results, of one time."""
    return sum(SIZES[result] * STRONGER.get(play, 1.0) for play, result in deeds) / len(deeds)
