"""What the engine goes by: the catalogue, and the few numbers that a team may set."""

from dataclasses import dataclass

from core.catalogue import Catalogue

ENGINE = "2"
"""The version of the engine's arithmetic, stored with every recommendation; raise it with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The catalogue, and the limits of how it is used.

    `most_new` recommendations are proposed to an account within seven days. `exploration` is the
    share of near-ties (within `near` points of the best) in which another than the best is tried.
    """

    catalogue: Catalogue
    most_new: int = 3
    exploration: float = 0.1
    near: float = 3.0

    @staticmethod
    def shipped() -> "Rules":
        """Return the rules that Steward comes with."""
        return Rules(Catalogue.shipped())

    @property
    def version(self) -> str:
        """Name these rules, for the record of what was recommended by them."""
        return f"{self.catalogue.version}/{self.most_new}/{self.exploration:g}/{self.near:g}"
