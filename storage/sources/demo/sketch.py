"""An account in outline: what shall be true of it today, from which its rows are drawn."""

from dataclasses import dataclass
from typing import Literal

Segment = Literal["enterprise", "mid-market", "smb"]


@dataclass(frozen=True, slots=True)
class Company:
    """What an account is: name, owner (a key of people.CSMS), kind, size, price, use case."""

    name: str
    owner: str
    segment: Segment
    industry: str
    country: str
    employees: int
    arr: int
    use_case: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket opened `days` ago that is still open."""

    days: int
    priority: str
    category: str
    subject: str


@dataclass(frozen=True, slots=True)
class Deal:
    """An open expansion opportunity, `opened` days ago and expected in `expected_in` days."""

    name: str
    kind: str
    product: str
    stage: str
    amount: int
    opened: int
    expected_in: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk raised `days` ago that is not cleared."""

    days: int
    kind: str
    severity: str
    description: str


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail or note of `days` ago; `direction` is in, out or empty."""

    days: int
    kind: str
    direction: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that the account reached `days` ago."""

    days: int
    subject: str


@dataclass(frozen=True, slots=True)
class Fading:
    """A feature whose use changed by so many percent in four weeks."""

    metric: str
    change: float


@dataclass(frozen=True, slots=True)
class Qbr:
    """A booked QBR in `days`, and how far its preparation is."""

    days: int
    prep_in: int | None
    objectives: bool
    deck: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """One account as of today; a number of days counts back from today, `*_in` ahead.

    The defaults make a calm account. `health` None means that nobody ever sent a score.
    `usage_ends` is the age of the newest usage row. `exact` accounts keep the recent weeks of
    their history free of noise, so that their story comes out to the digit. `weeks` is how much
    history there is at most, `years` how long each of its `terms` of contract is. Nobody of the
    department `idle` signs in. `feedback_days` None means that feedback was never asked for.
    """

    company: Company
    champion: Person | None
    sponsor: Person | None
    terms: int = 2
    years: int = 1
    renewal_in: int = 210
    health: float | None = 80
    health_week: float = 0
    health_month: float = 1
    usage_change: float = 1
    usage_ends: int = 0
    seat_use: float = 0.74
    adoption: float = 0.66
    champion_silent: int = 2
    contact_days: int = 6
    sponsor_silent: int = 30
    value_days: int = 40
    qbr: Qbr | None = None
    check_in: int | None = None
    tickets: tuple[OpenTicket, ...] = ()
    deals: tuple[Deal, ...] = ()
    risks: tuple[Risk, ...] = ()
    messages: tuple[Message, ...] = ()
    kickoff: bool = True
    milestone: Milestone | None = None
    feedback_days: int | None = 75
    fading: Fading | None = None
    idle: str | None = None
    churned: int | None = None
    exact: bool = False
    weeks: int = 78

    @property
    def age(self) -> int:
        """Days since it signed up."""
        return self.term * self.terms - self.renewal_in

    @property
    def term(self) -> int:
        """Days of a term of its contract."""
        return 365 * self.years

    @property
    def history(self) -> int:
        """Days of history that it has."""
        return min(self.age, 7 * self.weeks)

    @property
    def seats(self) -> int:
        """The seats it has bought: about one for each $800 a year, in fives."""
        return max(10, round(self.company.arr / 4000) * 5)

    @property
    def tier(self) -> str:
        """The plan that its segment usually buys."""
        return {"enterprise": "enterprise", "mid-market": "growth"}.get(
            self.company.segment, "starter"
        )
