"""What a data set as a whole lacks for Steward, and what each gap costs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from storage.imports.report import Missing
from storage.imports.sheet import Values

_DATES = (
    "recorded_on", "occurred_at", "starts_at", "opened_at", "closed_at", "opened_on", "closed_on",
    "raised_at", "churned_on", "signed_up_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that Steward lives on: where it stands (table, field), and what its lack costs."""

    fact: str
    places: tuple[tuple[str, str], ...]
    cost: str


_ENDS = ("contracts", "ends_on")
"""Only an end that is still to come is a renewal date."""

NEEDS: tuple[Need, ...] = (
    Need("an owner", (("customers", "csm_id"),),
         "nobody's portfolio holds these accounts: assign them, or ask as an admin."),
    Need("ARR", (("customers", "arr"), ("contracts", "arr")),
         "account value cannot be scored, so large and small accounts rank alike."),
    Need("a renewal date", (("renewal_pipeline", "renews_on"), ("contracts", "ends_on")),
         "Steward cannot say that a renewal comes near, nor start its plays in time."),
    Need("health scores", (("health_score_history", "score"),),
         "falling health cannot be noticed; recommendations rest on the other facts."),
    Need("usage", (("usage_metrics", "value"),),
         "a drop in use, the earliest sign of risk, stays unseen."),
    Need("contacts", (("contacts", "name"),),
         "cards cannot say whom to call."),
    Need("a champion or sponsor", (("contacts", "role"),),
         "Steward cannot notice that a champion has gone quiet."),
    Need("meetings, calls or e-mails", (("meetings", "starts_at"), ("activities", "kind")),
         "Steward cannot tell who has not been spoken to for long."),
    Need("support tickets", (("support_tickets", "opened_at"),),
         "open escalations do not show on cards."),
    Need("opportunities", (("expansion_opportunities", "name"),),
         "expansion plays have nothing to start from."),
    Need("a segment", (("customers", "segment"),),
         "questions by segment find nothing."),
)  # fmt: skip


class Coverage:
    """Counts, row by row, for which accounts each fact is known."""

    def __init__(self, now: datetime) -> None:
        """Take the present, so that planned days do not count as the newest fact."""
        self._accounts: set[str] = set()
        self._known: dict[tuple[str, str], set[str]] = {
            place: set() for need in NEEDS for place in need.places
        }
        self._today = now.date()
        self.newest: date | None = None
        self._rows: Counter[str] = Counter()

    def see(self, table: str, id: str, values: Values) -> None:
        """Take note of a row."""
        self._rows[table] += 1
        account = id if table == "customers" else values.get("customer_id", "")
        if table == "customers" and not values.get("prospect"):
            self._accounts.add(id)
        for place in _PLACES.get(table, ()):
            value = values.get(place[1])
            if value is not None and not (place == _ENDS and value < self._today):
                self._known[place].add(account)
        self._date(values[name] for name in _DATES if values.get(name) is not None)

    def missing(self) -> tuple[Missing, ...]:
        """Return the facts that fewer than half of the accounts have."""
        of = len(self._accounts)
        known = {
            need: len(
                set[str]().union(*(self._known[place] for place in need.places)) & self._accounts
            )
            for need in NEEDS
        }
        return tuple(
            Missing(need.fact, count, of, need.cost)
            for need, count in known.items()
            if of and count < of / 2
        )

    def _date(self, moments: Iterable[date]) -> None:
        for moment in moments:
            on = moment.date() if isinstance(moment, datetime) else moment
            if on <= self._today and (self.newest is None or on > self.newest):
                self.newest = on


_PLACES: dict[str, list[tuple[str, str]]] = {}
for _need in NEEDS:
    for _place in _need.places:
        _PLACES.setdefault(_place[0], []).append(_place)
