"""One page of a portfolio, ready to be drawn."""

from dataclasses import dataclass

from bot.advice import Top
from bot.cards.selection import Selection
from core.recommendations import Urgency
from core.results import Results

IN_A_MESSAGE = 7
"""How many recommendations a page shows where Slack takes few characters."""

ON_HOME = 15
"""How many recommendations a page of the Home tab shows."""

WHEN: dict[Urgency, str] = {
    "immediate": "Now",
    "today": "Today",
    "this_week": "This week",
    "this_month": "This month",
}
"""When something of each urgency is to be done, in a word."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a portfolio: what is on it, out of what, and what may be chosen besides.

    `owners` are the values and names of those whose portfolio may be looked at, empty for
    somebody who sees only their own.
    """

    selection: Selection
    top: Top
    results: Results
    size: int = IN_A_MESSAGE
    owners: tuple[tuple[str, str], ...] = ()

    @property
    def whose(self) -> str:
        """Return "Your", "Your team's" or "Ben Carter's"."""
        if self.top.owner_name == "your team":
            return "Your team's"
        own = self.selection.owner in ("me", "team")
        return "Your" if own else f"{self.top.owner_name}'s"

    @property
    def first(self) -> int:
        """The place of the first one on it, counted from 1."""
        return self.selection.page * self.size + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.top.total // self.size))
