"""What the engine works by: plays, signals and resources, as shipped or as a team made them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from core import plays, resources, signals
from core.members import members
from core.plays.play import Play
from core.resources.resource import Resource
from core.signals.signal import Signal

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All plays, signals and resources by name; `version` names what they are, for the record."""

    plays: Mapping[str, Play]
    signals: Mapping[str, Signal]
    version: str = SHIPPED
    resources: Mapping[str, Resource] = field(default_factory=dict)

    @property
    def priors(self) -> dict[str, float]:
        """The success rate expected of each play before there are outcomes."""
        return {name: play.prior for name, play in self.plays.items()}

    @staticmethod
    def shipped() -> "Catalogue":
        """Return the plays, signals and resources that Steward comes with."""
        return _shipped()


@cache
def _shipped() -> Catalogue:
    return Catalogue(
        {play.name: play for play in members(plays, Play)},
        {signal.name: signal for signal in members(signals, Signal)},
        resources={one.name: one for one in members(resources, Resource)},
    )
