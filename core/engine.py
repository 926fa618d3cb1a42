"""What a ranking goes by: the moment, the rules, and what has been learned by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.catalogue import Catalogue
from core.learning import Estimate, Tally, estimate
from core.plays.play import Play
from core.rules import Rules


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is: the moment whose facts are read, and the reader's local date."""

    as_of: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """The estimate of every play, from the tallies of past outcomes."""

    by_play: Mapping[str, Estimate]

    @classmethod
    def of(cls, tallies: Mapping[str, Tally], catalogue: Catalogue) -> "Effectiveness":
        """Shrink each play's tally toward that play's prior."""
        return cls(
            {
                name: estimate(tallies.get(name, Tally()), play.prior)
                for name, play in catalogue.plays.items()
            }
        )


@dataclass(frozen=True, slots=True)
class Engine:
    """One use of the rules."""

    moment: Moment
    rules: Rules
    effectiveness: Effectiveness

    @property
    def catalogue(self) -> Catalogue:
        """The plays and signals."""
        return self.rules.catalogue

    @property
    def today(self) -> date:
        """The reader's local date."""
        return self.moment.today

    def groups(self, play: Play) -> tuple[str, ...]:
        """Return the names of the groups of facts that a play's signals read."""
        signals = self.catalogue.signals
        read = [group for name in play.signals for group in signals[name].groups]
        return tuple(dict.fromkeys(read))
