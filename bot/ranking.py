"""A ranking, and which of it is shown: the step from ranked rows to recommendations."""

import sys
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from bot.advice import Enough
from core.eligibility import Past, proposed_lately, room_again
from core.engine import Engine
from core.exploration import choice, choose, with_propensities
from core.portfolio import Wanted, most_urgent_first
from core.ranking import rank, with_facts
from core.recommend import Leaders, build, cleared, leaders, others, runner_up
from core.recommendations import Recommendation
from core.strengths import with_strengths
from core.wording import Row

Sort = Literal["priority", "urgency"]

FEW = 25
"""Up to so many accounts, what would flip their order is tried in the same pass: their rows cost
less than a second one.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the chosen rows to show: `limit` of them after `offset`, in the order of `sort`."""

    offset: int
    limit: int
    sort: Sort

    def of(self, chosen: pl.DataFrame) -> pl.DataFrame:
        """Return the rows to show."""
        ordered = most_urgent_first(chosen) if self.sort == "urgency" else chosen
        return ordered.slice(self.offset, self.limit)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was ranked, by what, and what was wanted of it, to build recommendations from.

    The facts know how strongly signals fire, and the ranked rows how likely each is to be chosen.
    """

    facts: pl.DataFrame
    engine: Engine
    past: tuple[Past, ...]
    ranked: pl.DataFrame
    wanted: Wanted
    leading: Leaders | None = None

    @classmethod
    def of(
        cls, facts: pl.DataFrame, engine: Engine, past: tuple[Past, ...], wanted: Wanted
    ) -> "Ranking":
        """Rank the facts and keep what was asked for."""
        facts = with_strengths(facts, engine.catalogue)
        if facts.height > FEW:
            ranked = wanted.among(rank(facts, engine, past), engine.catalogue)
            return cls(facts, engine, past, with_propensities(ranked, engine.rules), wanted)
        tried = wanted.among(cleared(facts, engine, past), engine.catalogue)
        ranked = with_propensities(tried.filter(pl.col("without").is_null()), engine.rules)
        return cls(facts, engine, past, ranked.drop("without"), wanted, leaders(tried))

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
        leading = self.leading or self._leading(chosen)
        return [self._built(row, leading) for row in chosen.iter_rows(named=True)]

    def _leading(self, chosen: pl.DataFrame) -> Leaders:
        facts = self.facts.filter(pl.col("id").is_in(chosen["id"].to_list()))
        again = cleared(facts, self.engine, self.past)
        return leaders(self.wanted.among(again, self.engine.catalogue))

    def _built(self, row: Row, leading: Leaders) -> Recommendation:
        own = self.ranked.filter(pl.col("id") == row["id"])
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
