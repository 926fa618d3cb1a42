"""What is on a digest: the day's five in lanes, what changed, and on Mondays a team's week."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

from bot.answers import Answer
from bot.cards.changes import summary
from bot.cards.digest import digest_answer, empty_answer
from bot.cards.digest_day import Changed, Day
from bot.cards.top import footer, question
from bot.digests.scope import scope_of
from bot.digests.week import week_of
from bot.sentences import sentence
from bot.tools.since import working_day_before
from bot.tools.tool import Asker
from core.errors import PortfolioEmpty
from core.lanes import CHANGES, MOST, WEEK, LaneName, days_list, lane_of
from core.recommendations import Recommendation, Status
from core.wording import count
from storage.digests import Scope, Subscription
from storage.people import Csm

if TYPE_CHECKING:
    from bot.advice import Top
    from bot.services import Services

_LOOKED_AT = 40
"""So many of the best are looked through where only some lanes are wanted."""

_MOST_COMPARED = 20_000
"""Comparing two moments of more accounts than this takes longer than it is worth."""

_FARTHEST = timedelta(days=14)
_MOST_CHANGED = 3
_ASKED = {"Your": "my", "The team's": "the team's"}
"""A digest's owner in its heading, and in the question that brings more of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which digest: for whom, over whose accounts, with which parts, since when things changed.

    `missed` is the sentence on digests that did not come. `store` keeps what it shows.
    """

    asker: Asker
    scope: Scope
    to_self: bool
    holds: frozenset[str] | None = None
    since: date | None = None
    week: bool = False
    missed: str = ""
    store: bool = True

    @property
    def lanes(self) -> frozenset[LaneName]:
        """The lanes that are wanted; of a team's week only what it has to protect."""
        every: frozenset[LaneName] = frozenset(get_args(LaneName))
        if self.week:
            return frozenset({"protect"})
        return every if self.holds is None else every & self.holds or every

    @property
    def by_owner(self) -> bool:
        """A channel sees a team's list by whose accounts they are."""
        return not self.to_self and self.scope == "team"

    def has(self, part: str) -> bool:
        """Tell whether a part besides the lanes is wanted."""
        return self.holds is None or part in self.holds


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest as it is posted, and what of it is kept to draw it again."""

    answer: Answer
    content: dict[str, Any] = field(default_factory=dict)


async def compose(
    services: "Services",
    subscription: Subscription,
    *,
    on: date,
    delivery: str,
    missed: str = "",
    now: datetime,
) -> Composed:
    """Return a subscription's digest of a local date; what it shows is stored."""
    csm = await services.people.get(subscription.csm_id)
    digests = services.digests
    asker = Asker(
        csm=replace(csm, timezone=subscription.timezone),
        now=now,
        request_key=f"digest:{subscription.id}:{on}",
        channel=subscription.channel,
    )
    monday = on - timedelta(days=on.weekday())
    is_first = not await digests.has_since(subscription.id, monday, before=on)
    wanted = Wanted(
        asker,
        subscription.scope,
        to_self=subscription.kind == "person",
        holds=subscription.holds,
        since=await digests.last_sent(subscription.id, before=on),
        week=subscription.scope == "team" and is_first and _has_week(subscription),
        missed=missed,
    )
    return await _compose(services, wanted, delivery)


async def preview(services: "Services", csm: Csm, now: datetime) -> Answer:
    """Return the digest a person would get at this moment, without storing anything."""
    kept = await services.digests.for_csm(csm.id)
    asker = Asker(csm=csm, now=now, request_key=f"preview:{csm.id}")
    holds = kept.holds if kept else None
    wanted = Wanted(asker, scope_of(csm), to_self=True, holds=holds, store=False)
    return (await _compose(services, wanted, "preview")).answer


def _has_week(subscription: Subscription) -> bool:
    return subscription.holds is None or WEEK in subscription.holds


async def _compose(services: "Services", wanted: Wanted, delivery: str) -> Composed:
    asker = wanted.asker
    narrow = len(wanted.lanes) < len(get_args(LaneName))
    try:
        top = await services.advisor.top(
            asker, owner=wanted.scope, limit=_LOOKED_AT if narrow else MOST, store=False
        )
    except PortfolioEmpty as error:
        return Composed(empty_answer(sentence(error), today=asker.today, missed=wanted.missed))
    chosen = days_list(top.recommendations, top.underway, lanes=wanted.lanes, today=asker.today)
    if wanted.by_owner:
        chosen = tuple(sorted(chosen, key=lambda one: one.owner_name))
    shown = await _kept(services, chosen, wanted)
    day = Day(
        whose=_whose(wanted),
        on=asker.today,
        lanes={str(one.account.id): lane_of(one) for one in shown},
        owed=tuple(one.account.id for one in shown if one.status is Status.ACCEPTED),
        by_owner=wanted.by_owner,
        looked=_looked(top),
        footer=_footer(top, len(shown), wanted),
        missed=wanted.missed,
        changed=await _changed(services, wanted, top) if wanted.has(CHANGES) else None,
        week=await week_of(services, asker, top) if wanted.week else None,
    )
    answer = digest_answer(shown, day, now=asker.now, delivery=delivery)
    return Composed(answer, day.packed())


async def _kept(
    services: "Services", chosen: Sequence[Recommendation], wanted: Wanted
) -> tuple[Recommendation, ...]:
    """Store what is new of a day's list; what somebody accepted is stored already."""
    if not wanted.store:
        return tuple(chosen)
    fresh = await services.advisor.keep([one for one in chosen if not one.id], wanted.asker)
    stored = {one.account.id: one for one in fresh}
    return tuple(one if one.id else stored[one.account.id] for one in chosen)


async def _changed(services: "Services", wanted: Wanted, top: "Top") -> Changed | None:
    """Return what changed since the digest before, or since the last working day."""
    asker = wanted.asker
    if top.accounts > _MOST_COMPARED:
        return None
    last = wanted.since or working_day_before(asker.today)
    since = max(last, asker.today - _FARTHEST)
    try:
        found = await services.changes.over(
            asker, top.owners, top.owner_name, since, limit=_MOST_CHANGED
        )
    except PortfolioEmpty:
        return None
    lines = [(one.account.name, summary(one, asker.today)) for one in found.shown]
    return Changed(found.period.says, tuple(lines), more=found.moved - len(lines))


def _whose(wanted: Wanted) -> str:
    if wanted.scope == "team":
        return "The team's"
    return "Your" if wanted.to_self else f"{wanted.asker.csm.name}'s"


def _looked(top: "Top") -> str:
    """Say what was looked at, for a day on which nothing came of it."""
    at = f"I looked at {count(top.accounts, 'account')}"
    under = f"; {len(top.underway)} accepted under way" if top.underway else ""
    return f"{at}{under}."


def _footer(top: "Top", shown: int, wanted: Wanted) -> str:
    whose = _whose(wanted)
    asked = question(_ASKED.get(whose, whose))
    return footer(shown=shown, total=top.total, missing=top.missing, asked=asked)
