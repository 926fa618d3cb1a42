"""Any facts: rows of the frame with whatever a column may hold, known or not."""

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from core.facts import FACTS, GROUPS, Fact
from tests.core.builders import TODAY

_BOUNDS = {"share": (0.0, 1.0), "money": (0.0, 5e6), "points": (0.0, 100.0)}
_MADE_OF = {
    "health_was": ("health",),
    "health_change_7d": ("health", "health_was"),
    "health_change_30d": ("health",),
    "open_tickets": ("urgent_tickets", "tickets_30d"),
    "urgent_tickets": ("open_tickets",),
    "tickets_30d": ("open_tickets",),
}
"""Facts that the reader makes of others, or counts together with them."""

_AWKWARD = st.text(alphabet="aé漢 *_~`<>&|{}@:\n", min_size=1, max_size=12)
_DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


def any_facts() -> st.SearchStrategy[dict[str, Any]]:
    """Return rows in which each fact is known or not, independently of the others."""
    known = {fact.name: st.none() | _values(fact) for fact in FACTS}
    named = {name: st.just(name) for name in ("id", "name")}
    groups = {f"{group.name}_on": st.none() | _DAYS for group in GROUPS}
    return st.fixed_dictionaries(known | named | groups).map(_consistent)


def _consistent(row: dict[str, Any]) -> dict[str, Any]:
    """Forget what cannot be known because what it is made of is not."""
    for made, needed in _MADE_OF.items():
        if any(row[name] is None for name in needed):
            row[made] = None
    return row


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.dtype == pl.Float64:
        low, high = _BOUNDS.get(fact.unit, (-1000.0, 1000.0))
        low = -100.0 if "change" in fact.name else low
        return st.floats(low, high, allow_nan=False)
    if fact.dtype == pl.Int64:
        return st.integers(-40 if fact.name.startswith("days_to") else 0, 4000)
    if fact.dtype == pl.Boolean:
        return st.booleans()
    return _DAYS if fact.dtype == pl.Date else _AWKWARD
