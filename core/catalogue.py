"""The plays and signals that the engine works by: those shipped, and what a team made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core import plays, signals
from core.members import members
from core.plays.play import Play
from core.signals.signal import Signal

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All plays and signals by name; `version` names what they are, for the record."""

    plays: Mapping[str, Play]
    signals: Mapping[str, Signal]
    version: str = SHIPPED

    @staticmethod
    def shipped() -> "Catalogue":
        """Return the plays and signals that Steward comes with."""
        return _shipped()


@cache
def _shipped() -> Catalogue:
    return Catalogue(
        {play.name: play for play in members(plays, Play)},
        {signal.name: signal for signal in members(signals, Signal)},
    )
