"""The people at an account, and when they signed in."""

from dataclasses import dataclass
from datetime import date
from random import Random

from storage.sources.demo.days import Calendar, office
from storage.sources.demo.people import person
from storage.sources.demo.rows import Ledger, slug
from storage.sources.demo.sketch import Person, Sketch
from storage.tables import Activity, Contact

OTHERS = ("technical", "economic_buyer", "user", "user")
"""Roles beside champion and sponsor, in the order in which they are filled."""


DEPARTMENTS = {
    "champion": "Operations",
    "user": "Operations",
    "technical": "IT",
    "economic_buyer": "Finance",
    "executive_sponsor": "Management",
}
"""Where somebody of that role works."""


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that has been written."""

    id: str
    person: Person
    role: str


def write_contacts(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> tuple[Known, ...]:
    """Write three to six contacts, the one to talk to first; return those who are talked with."""
    named = [("champion", sketch.champion), ("executive_sponsor", sketch.sponsor)]
    cast = [(role, who) for role, who in named if who is not None]
    others = 2 if sketch.idle else rng.randint(2, 4) if cast else 3
    for role in OTHERS[:others]:
        cast.append((role, _new(rng, role, {who.name for _, who in cast})))
    known = []
    for role, who in cast:
        joined = rng.randint(min(sketch.age, 200), sketch.age)
        id = _write_contact(ledger, who, role, DEPARTMENTS[role], on.day(joined))
        known.append(Known(id, who, role))
    _write_idle(sketch, ledger, {who.name for _, who in cast}, rng, on)
    return tuple(sorted(known, key=lambda contact: contact.role == "executive_sponsor"))


def _write_idle(sketch: Sketch, ledger: Ledger, taken: set[str], rng: Random, on: Calendar) -> None:
    """Write two people of the department that does not use the product."""
    for title in ("Lead", "Coordinator") if sketch.idle else ():
        who = Person(_new(rng, "user", taken).name, f"{sketch.idle} {title}")
        taken.add(who.name)
        _write_contact(ledger, who, "user", sketch.idle, on.day(rng.randint(20, sketch.age)))


def _write_contact(
    ledger: Ledger, who: Person, role: str, department: str | None, joined: date
) -> str:
    return ledger.add(
        Contact,
        name=who.name,
        email=f"{slug(who.name).replace('-', '.')}@{ledger.slug}.example",
        title=who.title,
        department=department,
        role=role,
        joined_on=joined,
    )


def write_logins(
    sketch: Sketch, ledger: Ledger, known: tuple[Known, ...], rng: Random, on: Calendar
) -> None:
    """Write the sign-ins; sponsors do not sign in, and the champion's last one is the sketch's."""
    for contact in known:
        if contact.role == "executive_sponsor":
            continue
        lead = contact.role == "champion"
        last = sketch.champion_silent if lead else rng.randint(1, 6)
        for ago in _logins(last + (sketch.churned or 0), sketch.history, lead, rng):
            at = on.exactly(ago, office(rng))
            ledger.add(Activity, kind="login", contact_id=contact.id, occurred_at=at)


def _logins(last: int, history: int, lead: bool, rng: Random) -> list[int]:
    """Days of sign-ins: several a week of late, one or two a month long ago."""
    days, ago = [], last
    while ago <= history:
        days.append(ago)
        recent = ago < 90
        ago += rng.randint(1, 4) if lead and recent else rng.randint(4, 10 if recent else 30)
    return days


def _new(rng: Random, role: str, taken: set[str]) -> Person:
    who = person(rng, role)
    while who.name in taken:
        who = person(rng, role)
    return who
