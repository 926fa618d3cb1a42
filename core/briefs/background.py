"""What a brief is made of beside the facts: the last touch, people, what is open and booked."""

from dataclasses import dataclass
from datetime import date, datetime

TALKS: tuple[str, ...] = ("meeting", "qbr", "call", "email_in")
"""The kinds of touch in which the customer took part; an e-mail of ours is none."""


@dataclass(frozen=True, slots=True)
class Touch:
    """The last touch of a kind: when, about what, with whom, and what was noted or written."""

    kind: str
    at: datetime
    what: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an account, and when they last signed in and wrote or were called."""

    name: str
    role: str
    title: str
    department: str
    signed_in: datetime | None
    in_touch: datetime | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that the customer waits for."""

    subject: str
    priority: str
    opened_on: date
    who: str


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity that is open."""

    name: str
    amount: float | None
    stage: str
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting to come."""

    title: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanNote:
    """The newest account plan, and where it stands."""

    fiscal_year: str
    status: str
    created_on: date


@dataclass(frozen=True, slots=True)
class Background:
    """Everything of one account at a moment; `touches` has the newest first, one of each kind."""

    touches: tuple[Touch, ...] = ()
    people: tuple[Person, ...] = ()
    tickets: tuple[OpenTicket, ...] = ()
    deals: tuple[Deal, ...] = ()
    booked: tuple[Booked, ...] = ()
    plan: PlanNote | None = None

    @property
    def last(self) -> Touch | None:
        """The last touch of any kind."""
        return self.touches[0] if self.touches else None

    def newest(self, *kinds: str) -> Touch | None:
        """Return the last touch of some kinds."""
        return next((one for one in self.touches if one.kind in kinds), None)
