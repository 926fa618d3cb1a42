"""What the advisor answers: for one account, and for a portfolio."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.recommendations import Account, Recommendation, Urgency


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next for one account, and what is already under way there.

    `enough` names what was proposed there this week when that is all that it may be.
    """

    account: Account
    best: Recommendation | None
    underway: tuple[Recommendation, ...]
    waiting: tuple[Recommendation, ...]
    unknown: tuple[str, ...]
    enough: "Enough | None" = None


@dataclass(frozen=True, slots=True)
class Enough:
    """The titles of an account's new recommendations of a week, and when there is room again."""

    titles: tuple[str, ...]
    room_on: date


@dataclass(frozen=True, slots=True)
class Top:
    """The best next actions of a portfolio: those shown, how many fit, how many were looked at.

    `missing` says which facts the portfolio lacks or has only old ones of, a sentence each;
    `underway` are those that were accepted, the earliest due first; `counts` says how many of all
    that fit have which urgency, `segments` which segments the portfolio has, `owners` whose it is
    (None: everybody's).
    """

    recommendations: tuple[Recommendation, ...]
    underway: tuple[Recommendation, ...]
    total: int
    accounts: int
    owner_name: str
    missing: tuple[str, ...]
    counts: Mapping[Urgency, int] = field(default_factory=dict)
    segments: tuple[str, ...] = ()
    owners: frozenset[str] | None = None
