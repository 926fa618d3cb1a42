"""What to recommend to whom: reads the facts, asks the engine, stores what is shown."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from bot.advice import Advice, Enough, Top
from bot.tools.tool import Asker
from core.doubts import without_doubted
from core.eligibility import Past, proposed_lately, room_again
from core.engine import Engine, Moment
from core.errors import AccountUnknown, NotAllowed, PortfolioEmpty
from core.exploration import choice, choose, with_propensities
from core.facts import GROUPS
from core.learning import Effectiveness
from core.lessons import Lesson, lessons
from core.portfolio import Wanted, counts, missing, most_urgent_first
from core.ranking import rank, with_facts
from core.recommend import (
    Leaders,
    account,
    build,
    cleared,
    leaders,
    others,
    runner_up,
    unknown,
)
from core.recommendations import Category, Recommendation, Status, Urgency
from core.rules import Rules
from core.wording import Row
from storage.accounts import Accounts
from storage.database import Database
from storage.facts import Window, read
from storage.flags import standing
from storage.notices import Notices
from storage.people import Csm, People
from storage.recommendations import Recommendations

Sort = Literal["priority", "urgency"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was ranked, by what, and what was wanted of it, to build recommendations from."""

    facts: pl.DataFrame
    engine: Engine
    past: tuple[Past, ...]
    ranked: pl.DataFrame
    wanted: Wanted

    @classmethod
    def of(
        cls, facts: pl.DataFrame, engine: Engine, past: tuple[Past, ...], wanted: Wanted
    ) -> "Ranking":
        """Rank the facts and keep what was asked for."""
        ranked = wanted.among(rank(facts, engine, past), engine.catalogue)
        return cls(facts, engine, past, ranked, wanted)

    def chosen(self) -> pl.DataFrame:
        """Return one row of each account, best first; of near-ties sometimes not the best."""
        return choose(self.ranked, self.engine.rules, self.engine.today)

    @property
    def enough(self) -> Enough | None:
        """What was proposed this week, if that is why the one account ranked gets no more."""
        proposed = proposed_lately(self.past, self.engine)
        rules = replace(self.engine.rules, most_new=sys.maxsize)
        unlimited = replace(self.engine, rules=rules)
        if (
            not proposed
            or Ranking.of(self.facts, unlimited, self.past, self.wanted).ranked.is_empty()
        ):
            return None
        plays = self.engine.catalogue.plays
        titles = tuple(plays[one.play].title for one in proposed if one.play in plays)
        return Enough(titles, room_again(proposed, self.engine))

    def recommendations(self, chosen: pl.DataFrame) -> list[Recommendation]:
        """Build the recommendations of chosen rows, with what else there was to choose from."""
        if chosen.is_empty():
            return []
        facts = self.facts.filter(pl.col("id").is_in(chosen["id"].to_list()))
        again = cleared(facts, self.engine, self.past)
        leading = leaders(self.wanted.among(again, self.engine.catalogue))
        return [self._built(row, leading) for row in chosen.iter_rows(named=True)]

    def _built(self, row: Row, leading: Leaders) -> Recommendation:
        own = with_propensities(self.ranked.filter(pl.col("id") == row["id"]), self.engine.rules)
        plays = with_facts(
            own.sort(pl.col("play") != row["play"], maintain_order=True), self.facts, self.engine
        )
        return build(
            plays.row(0, named=True),
            self.engine,
            runner_up=runner_up(plays, self.engine, leading),
            others=others(plays, self.engine),
            choice=choice(row, own.iter_rows(named=True), self.engine.rules),
        )


class Advisor:
    """Answers the one question: what should be done next?"""

    def __init__(
        self,
        database: Database,
        recommendations: Recommendations,
        people: People,
        accounts: Accounts,
        rules: Rules,
    ) -> None:
        """Take the repositories to read from and the rules to rank by."""
        self._rules = rules
        self._database = database
        self._recommendations = recommendations
        self._people = people
        self._accounts = accounts

    async def for_account(
        self, account_id: str, asker: Asker, *, wanted: Wanted | None = None
    ) -> Advice:
        """Return the advice for one account; raises AccountUnknown or NotAllowed.

        `wanted` says which kind the best is to be, None when any will do.
        """
        await self._check(account_id, asker)
        facts = await self._facts(Window(asker.now, accounts=(account_id,), today=asker.today))
        if facts.is_empty():
            raise AccountUnknown(account_id)
        ranking = await self._ranking(facts, asker, wanted or Wanted(), accounts=[account_id])
        found = ranking.recommendations(ranking.chosen())
        best = next(iter(await self._kept(found, asker)), None)
        opened = () if asker.in_past else await self._recommendations.open_for(account_id)
        return Advice(
            account=account(facts.row(0, named=True)),
            best=best,
            underway=tuple(one for one in opened if one.status is Status.ACCEPTED),
            waiting=tuple(one for one in opened if one.is_snoozed(asker.today)),
            unknown=unknown(
                facts.row(0, named=True), [group.name for group in GROUPS], asker.today
            ),
            enough=None if best else ranking.enough,
        )

    async def top(
        self,
        asker: Asker,
        *,
        owner: str | None = None,
        category: Category | None = None,
        urgency: Urgency | None = None,
        horizon: str | None = None,
        segment: str | None = None,
        limit: int = 5,
        offset: int = 0,
        sort: Sort = "priority",
        store: bool = True,
    ) -> Top:
        """Return the best recommendations over a portfolio, one per account.

        `owner` is `me`, `team` or a CSM's id. Sorted by urgency they keep the order of their
        priorities within each; `offset` leaves out the first ones. Raises NotAllowed when that
        person's accounts are outside the asker's scope and PortfolioEmpty when there are no
        accounts. `store=False` only looks: nothing is kept, and the recommendations have no ids.
        """
        owners, name = await self.whose(asker, owner)
        facts = await self._facts(Window(asker.now, owners=owners, today=asker.today))
        if facts.is_empty():
            raise PortfolioEmpty(name, book_empty=await self._is_empty())
        wanted = Wanted(category, urgency, horizon, segment)
        ranking = await self._ranking(facts, asker, wanted)
        fitting = ranking.chosen()
        ordered = most_urgent_first(fitting) if sort == "urgency" else fitting
        built = ranking.recommendations(ordered.slice(offset, limit))
        shown = await self._kept(built, asker) if store else tuple(built)
        return Top(
            recommendations=shown,
            underway=() if asker.in_past else await self._recommendations.underway(owners),
            total=fitting.height,
            accounts=facts.height,
            owner_name=name,
            missing=missing(facts, asker.today),
            counts=counts(fitting),
            segments=tuple(facts["segment"].drop_nulls().unique().sort()),
            owners=owners,
        )

    @property
    def titles(self) -> dict[str, str]:
        """What each play is called, by its name."""
        return {name: play.title for name, play in self._rules.catalogue.plays.items()}

    async def lessons(self, asker: Asker, owners: frozenset[str] | None) -> tuple[Lesson, ...]:
        """Return what was learned by then that differs from what was expected of each play."""
        outcomes = await self._recommendations.outcomes(as_of=asker.now)
        catalogue = self._rules.catalogue
        learned = Effectiveness.of(outcomes, catalogue.priors, asker.now)
        alone = next(iter(owners)) if owners is not None and len(owners) == 1 else None
        return lessons(learned, catalogue, alone)

    async def _ranking(
        self,
        facts: pl.DataFrame,
        asker: Asker,
        wanted: Wanted,
        *,
        accounts: Sequence[str] | None = None,
    ) -> Ranking:
        """Rank the facts by what was decided and learned until then."""
        outcomes = await self._recommendations.outcomes(as_of=asker.now)
        past = await self._recommendations.past(as_of=asker.now, accounts=accounts)
        engine = Engine(
            Moment(asker.now, asker.today),
            self._rules,
            Effectiveness.of(outcomes, self._rules.catalogue.priors, asker.now),
            reader=asker.csm.id,
        )
        return Ranking.of(facts, engine, past, wanted)

    async def _kept(
        self, found: Sequence[Recommendation], asker: Asker
    ) -> tuple[Recommendation, ...]:
        """Store what will be shown; a question about the past leaves no trace."""
        if asker.in_past:
            return tuple(found)
        kept = await self._recommendations.offer(found, now=asker.now)
        plays = self._rules.catalogue.plays.values()
        done = await Notices(self._database).look(
            {play.name: play.fulfilled_by for play in plays},
            now=asker.now,
            ids=[one.id for one in kept],
        )
        return tuple(replace(one, done=done.get(one.id, one.done)) for one in kept)

    async def _check(self, account_id: str, asker: Asker) -> None:
        named = await self._accounts.get(account_id)
        if named is None:
            raise AccountUnknown(account_id)
        scope = await self._people.scope(asker.csm)
        if scope is not None and named.owner_id not in scope:
            owner = await self._people.get(named.owner_id) if named.owner_id else None
            raise NotAllowed(named.name, owner.name if owner else None)

    async def whose(self, asker: Asker, owner: str | None) -> tuple[frozenset[str] | None, str]:
        """Return whose accounts are meant (None: everybody's), and the name to call them by.

        `owner` is `me`, `team` or a CSM's id. Raises NotAllowed for somebody outside the asker's
        scope.
        """
        scope = await self._people.scope(asker.csm)
        if owner in (None, "me"):
            own = frozenset({asker.csm.id})
            if asker.csm.role == "csm" or await self._owns_any(asker.csm):
                return own, asker.csm.name
            return scope, "your team"
        if owner == "team":
            alone = scope is not None and len(scope) == 1
            return scope, asker.csm.name if alone else "your team"
        person = await self._people.get(str(owner))
        if scope is not None and person.id not in scope:
            raise NotAllowed(f"{person.name}'s portfolio")
        return frozenset({person.id}), person.name

    async def _owns_any(self, csm: Csm) -> bool:
        return bool(await self._accounts.names(frozenset({csm.id})))

    async def _is_empty(self) -> bool:
        return not await self._accounts.names(None)

    async def _facts(self, window: Window) -> pl.DataFrame:
        """Read the facts, without those that somebody called wrong."""
        async with self._database.read() as session:
            facts = await read(session, window)
            doubts = await standing(session, window.as_of, window.accounts)
        return without_doubted(facts, doubts, Moment(window.as_of, window.reader_day))
