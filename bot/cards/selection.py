"""What of a portfolio is shown, and the menus that choose it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.cards.blocks import Element, brief_option, select
from core.recommendations import Category, Urgency
from core.wording import sentence_case

_FILTERS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "category": (
        "All categories",
        (
            ("engagement", "Engagement"),
            ("risk", "Risk"),
            ("expansion", "Expansion"),
            ("lifecycle", "Lifecycle"),
        ),
    ),
    "urgency": (
        "Any urgency",
        (
            ("immediate", "Immediate"),
            ("today", "Today"),
            ("this_week", "This week"),
            ("this_month", "This month"),
        ),
    ),
    "horizon": (
        "Any due day",
        (
            ("today", "Due today"),
            ("this_week", "Due within 7 days"),
            ("this_month", "Due within 30 days"),
        ),
    ),
}
"""What each filter is called when it is off, and its choices."""

PREFIX = "portfolio."
"""How the action ids of the menus begin."""

ANY = "all"
"""The value of a filter that is off."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a portfolio is shown: whose, which, and which page of it, counted from 0."""

    owner: str = "me"
    category: Category | None = None
    urgency: Urgency | None = None
    horizon: str | None = None
    segment: str | None = None
    page: int = 0

    @property
    def is_filtered(self) -> bool:
        """Tell whether something is left out."""
        return any((self.category, self.urgency, self.horizon, self.segment))

    def packed(self) -> str:
        """Return it as one short text; what is off is left out."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(kept, separators=(",", ":"))

    def with_choices(self, values: Mapping[str, Any], page: int) -> "Selection":
        """Return a page of what is chosen in the menus, as Slack reports their state."""
        chosen = {
            action.removeprefix(PREFIX): state["selected_option"]["value"]
            for block in values.values()
            for action, state in block.items()
            if action.startswith(PREFIX) and state.get("selected_option")
        }
        filters = {name: None if value == ANY else value for name, value in chosen.items()}
        return _SELECTION.validate_python(asdict(self) | filters | {"page": page})

    @classmethod
    def unpacked(cls, text: str) -> "Selection":
        """Return what `packed` wrote; everything for an empty text."""
        return _SELECTION.validate_json(text) if text else cls()


_SELECTION = TypeAdapter(Selection)


def menus(
    chosen: Selection,
    segments: Sequence[str],
    owners: Sequence[tuple[str, str]],
    *,
    most: int,
) -> list[Element]:
    """Return a menu for each filter; that of the owners holds about `most` of them."""
    made = [
        _menu(name, [(ANY, off), *choices], getattr(chosen, name))
        for name, (off, choices) in _FILTERS.items()
    ]
    named = dict.fromkeys([*segments, *([chosen.segment] if chosen.segment else [])])
    if named:
        every = [(one, segment(one)) for one in named]
        made.append(_menu("segment", [(ANY, "All segments"), *every], chosen.segment))
    if owners:
        picked = [one for one in owners if one[0] == chosen.owner]
        listed = dict.fromkeys([*owners[: max(3, most)], *picked])
        made.append(_menu("owner", list(listed), chosen.owner))
    return made


def segment(name: str) -> str:
    """Return a segment as people write it: “SMB”, “Mid-market”."""
    return name.upper() if len(name) <= 3 else sentence_case(name)


def _menu(name: str, choices: Sequence[tuple[str, str]], value: str | None) -> Element:
    """Return a menu whose placeholder says when nothing is chosen."""
    options = [brief_option(label, choice) for choice, label in choices]
    return select(f"{PREFIX}{name}", options, placeholder=choices[0][1], chosen=value)
