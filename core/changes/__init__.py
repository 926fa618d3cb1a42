"""What changed at accounts between two moments: which fact moved, by how much, what happened."""

from core.changes.events import Event, in_order, told, tone
from core.changes.moves import Move, sizes, whole
from core.changes.story import (
    AccountChanges,
    Period,
    PortfolioChanges,
    at_account,
    by_id,
    new_account,
)

__all__ = [
    "AccountChanges",
    "Event",
    "Move",
    "Period",
    "PortfolioChanges",
    "at_account",
    "by_id",
    "in_order",
    "new_account",
    "sizes",
    "told",
    "tone",
    "whole",
]
