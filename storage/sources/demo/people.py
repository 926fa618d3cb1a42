"""The people of the demo portfolio: Steward's own, and names for those at the accounts."""

from dataclasses import dataclass
from random import Random

from storage.sources.demo.sketch import Person


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text: long lists of names stay readable that way."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who uses Steward; `key` is how the demo's data calls them."""

    key: str
    name: str
    role: str
    timezone: str

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.key}@steward.example"


MANAGER = Colleague("mara", "Mara Lindholm", "manager", "Europe/Stockholm")

CSMS = (
    Colleague("ana", "Ana Souza", "csm", "Europe/Berlin"),
    Colleague("ben", "Ben Carter", "csm", "America/New_York"),
    Colleague("chloe", "Chloe Martin", "csm", "Europe/Paris"),
    Colleague("dev", "Dev Patel", "csm", "Asia/Kolkata"),
)

FIRST = words(
    "Amara Bruno Camille Daniel Elena Farid Grace Hannah Ibrahim Julia Kenji Laura Marcus Nadia "
    "Oliver Priya Quentin Rosa Samuel Tara Umar Valerie Wei Ximena Yusuf Zoe Anders Beatriz "
    "Carlos Dana Emil Fiona Goran Helen Ines Jonas Karin Liam Miriam Noor Oscar Petra Rahul "
    "Simone Tomasz Ursula Victor Wanda Yara Aiko Boris Celia Dmitri Esther"
)

LAST = words(
    "Abbott Becker Castillo Dubois Eriksen Fischer Garcia Haddad Ivanova Jensen Kowalski Larsen "
    "Mbeki Novak Okafor Petrov Quinn Rossi Sato Thompson Usman Vargas Weber Xu Yilmaz Zhang "
    "Almeida Brandt Costa Duarte Evans Ferrari Gupta Hoffmann Ito Jovanovic Klein Lindgren "
    "Moreau Nakamura Olsen Pereira Reyes Schmidt Tanaka Ueda Virtanen Walsh Yamada Ziegler"
)

TITLES = {
    "champion": (
        "Head of Operations",
        "Customer Operations Manager",
        "Director of Support",
        "Team Lead Operations",
        "Programme Manager",
    ),
    "executive_sponsor": ("COO", "CFO", "VP Operations", "Managing Director", "Chief of Staff"),
    "economic_buyer": ("Procurement Manager", "Finance Director", "Head of Purchasing"),
    "technical": ("IT Manager", "Solutions Architect", "Systems Administrator"),
    "user": ("Operations Analyst", "Service Coordinator", "Support Specialist", "Planner"),
}
"""Believable titles by role."""


def person(rng: Random, role: str) -> Person:
    """Draw somebody who could have that role."""
    return Person(f"{rng.choice(FIRST)} {rng.choice(LAST)}", rng.choice(TITLES[role]))
