"""Recommendations as they were shown, the decisions on them, and where they are on show."""

from storage.recommendations.copies import Copy
from storage.recommendations.copies import note as note_copies
from storage.recommendations.occasions import Occasions
from storage.recommendations.redrawing import redrawing
from storage.recommendations.repository import Recommendations

__all__ = ["Copy", "Occasions", "Recommendations", "note_copies", "redrawing"]
