"""What a ranking goes by: the moment, the rules, and what has been learned by then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.catalogue import Catalogue
from core.learning import Effectiveness, Estimate, outcomes
from core.rules import Rules
from core.wording import Row


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is: the moment whose facts are read, and the reader's local date."""

    as_of: datetime
    today: date


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

    def learned(self, row: Row) -> Estimate:
        """Return what is expected of the play of a ranked row, for its segment and owner."""
        return self.effectiveness.estimate(row["play"], row["segment"], row["owner_id"])


def unlearned(catalogue: Catalogue) -> Effectiveness:
    """Return what is expected of every play before there are outcomes."""
    return Effectiveness.of(outcomes(), catalogue.priors, datetime.min.replace(tzinfo=UTC))
