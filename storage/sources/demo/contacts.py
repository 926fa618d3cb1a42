"""The people at an account, and when they signed in."""

from dataclasses import dataclass
from random import Random

from storage.sources.demo.days import Calendar, office
from storage.sources.demo.people import person
from storage.sources.demo.rows import Ledger, slug
from storage.sources.demo.sketch import Person, Sketch
from storage.tables import Activity, Contact

OTHERS = ("technical", "economic_buyer", "user", "user")
"""Roles beside champion and sponsor, in the order in which they are filled."""


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that has been written."""

    id: str
    person: Person
    role: str


def write_contacts(sketch: Sketch, ledger: Ledger, rng: Random, on: Calendar) -> tuple[Known, ...]:
    """Write three to six contacts; the one to talk to comes first."""
    named = [("champion", sketch.champion), ("executive_sponsor", sketch.sponsor)]
    cast = [(role, who) for role, who in named if who is not None]
    for role in OTHERS[: rng.randint(2, 4) if cast else 3]:
        cast.append((role, _new(rng, role, {who.name for _, who in cast})))
    domain = f"{ledger.slug}.example"
    known = []
    for role, who in cast:
        id = ledger.add(
            Contact,
            name=who.name,
            email=f"{slug(who.name).replace('-', '.')}@{domain}",
            title=who.title,
            role=role,
            joined_on=on.day(rng.randint(min(sketch.age, 200), sketch.age)),
        )
        known.append(Known(id, who, role))
    return tuple(sorted(known, key=lambda contact: contact.role == "executive_sponsor"))


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
