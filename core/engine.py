"""What a ranking goes by: the moment, the rules, and what has been learned by then."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from core.catalogue import Catalogue
from core.learning import Effectiveness, Estimate, outcomes
from core.rules import Rules
from core.wording import Row, first_name


@dataclass(frozen=True, slots=True)
class Moment:
    """When it is: the moment whose facts are read, and the reader's local date."""

    as_of: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Engine:
    """One use of the rules; `reader` is the CSM who will read it, None when that is not known."""

    moment: Moment
    rules: Rules
    effectiveness: Effectiveness
    reader: str | None = None

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
        owner, name = row["owner_id"], first_name(row["owner_name"])
        whose = "your" if owner == self.reader else f"{name or 'the owner'}'s"
        return replace(self.effectiveness.estimate(row["play"], row["segment"], owner), whose=whose)


def unlearned(catalogue: Catalogue) -> Effectiveness:
    """Return what is expected of every play before there are outcomes."""
    return Effectiveness.of(outcomes(), catalogue.priors, datetime.min.replace(tzinfo=UTC))
