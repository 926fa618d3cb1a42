"""What came of a period's recommendations, what was learned from them, and what was set back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.cards.text import plain_day
from bot.cards.what_works import Forgotten, WhatWorked
from bot.tools.tool import Asker
from storage.learning_resets import Forgetting
from storage.results import Period

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from storage.learning_resets import Resets
    from storage.people import People
    from storage.results import PastResults


class Sources(Protocol):
    """What the card is made from: the part of the services that it needs."""

    @property
    def people(self) -> "People":
        """Who is who."""

    @property
    def advisor(self) -> "Advisor":
        """Whose accounts are meant, and what was learned."""

    @property
    def results(self) -> "PastResults":
        """What came of the recommendations of a period."""

    @property
    def resets(self) -> "Resets":
        """What an admin had forgotten of what was learned."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many days until a day (until now when None), of `owner`: me, team or a CSM's id."""

    days: int = 30
    until: date | None = None
    owner: str = "me"

    def packed(self) -> str:
        """Return it as one short text."""
        return f"{self.days} {self.until.isoformat() if self.until else '-'} {self.owner}"

    @classmethod
    def unpacked(cls, text: str) -> "Span":
        """Return what `packed` wrote."""
        days, until, owner = text.split(" ", 2)
        return cls(int(days), None if until == "-" else date.fromisoformat(until), owner)

    def ends(self, asker: Asker) -> datetime:
        """Return the moment it ends: the last midnight of its last day where the asker is."""
        if self.until is None or self.until >= asker.today:
            return asker.now
        return datetime.combine(self.until + timedelta(days=1), time(), tzinfo=asker.zone)

    def says(self, asker: Asker) -> str:
        """Return it in words: "last 30 days", "1 Jul to 30 Sep 2026"."""
        if self.until is None or self.until >= asker.today:
            return self._until_now(asker.today)
        first = self.until - timedelta(days=self.days - 1)
        return f"{plain_day(first)} to {plain_day(self.until)}"

    def _until_now(self, today: date) -> str:
        """Return "since 1 Oct 2026" for a month, quarter or year begun, else how many days."""
        first = today - timedelta(days=self.days - 1)
        if first.day == 1 and self.days not in (1, 30, 60, 90):
            return f"since {plain_day(first)}"
        return f"last {self.days} days" if self.days != 1 else "today"


async def find(sources: Sources, asker: Asker, span: Span) -> WhatWorked:
    """Return all that the card says; raises NotAllowed for somebody outside the asker's scope."""
    owners, name = await sources.advisor.whose(asker, span.owner)
    until = span.ends(asker)
    since = until - timedelta(days=span.days)  # by the asker's clock: a day may have 23 hours
    period = Period(since.astimezone(UTC), until.astimezone(UTC), owners)
    results = await sources.results.of(period)
    forgotten = await sources.resets.standing(as_of=asker.now)
    titles = sources.advisor.titles
    return WhatWorked(
        whose=_whose(name, asker, span.owner),
        when=span.says(asker),
        results=results,
        lessons=await sources.advisor.lessons(asker, owners),
        forgotten=await _named(sources, forgotten, titles, asker),
        plays=tuple(sorted(titles.items(), key=lambda one: one[1])),
        key=span.packed(),
        may_forget=asker.csm.role == "admin" and not asker.in_past,
    )


def _whose(name: str, asker: Asker, owner: str) -> str:
    if name != asker.csm.name:
        return f"actions of {name}"
    # who asked for the team's and sees only their own must not take the one for the other
    return "your actions (nobody reports to you here)" if owner == "team" else "your actions"


async def _named(
    sources: Sources, found: Sequence[Forgetting], titles: dict[str, str], asker: Asker
) -> tuple[Forgotten, ...]:
    names = {csm.id: csm.name for csm in await sources.people.everyone()}
    return tuple(
        Forgotten(
            id=one.id,
            title=titles.get(one.reset.play or "", one.reset.play or ""),
            by=names.get(one.by, one.by),
            on=one.reset.since.astimezone(asker.zone).date(),
        )
        for one in found
    )
