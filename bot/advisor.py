"""What to recommend to whom: reads the facts, asks the engine, stores what is shown."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from bot.advice import Advice, Top
from bot.ranking import Page, Ranking, Sort
from bot.scope import check_account, check_portfolio
from bot.tools.tool import Asker
from core.doubts import without_doubted
from core.engine import Engine, Moment
from core.errors import AccountUnknown, PortfolioEmpty
from core.facts import GROUPS
from core.learning import Learner
from core.lessons import Lesson, lessons
from core.portfolio import Wanted, counts, missing
from core.recommend import account, unknown
from core.recommendations import Category, Recommendation, Status, Urgency
from core.rules import Rules
from storage.accounts import Accounts
from storage.database import Database
from storage.facts import Window, read
from storage.flags import standing
from storage.people import Csm, People
from storage.recommendations import Recommendations


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
        self._learner = Learner(rules.catalogue.priors)
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
        work = self._about(account_id, asker, wanted or Wanted())
        advice = await self._database.snapshot(work)
        if advice.best is None:
            return advice
        return replace(advice, best=next(iter(await self._kept([advice.best], asker))))

    async def _about(self, account_id: str, asker: Asker, wanted: Wanted) -> Advice:
        """Find the advice for one account; nothing of it is stored yet."""
        await self._check(account_id, asker)
        facts = await self._facts(Window(asker.now, accounts=(account_id,), today=asker.today))
        if facts.is_empty():
            raise AccountUnknown(account_id)
        ranking = await self._ranking(facts, asker, wanted, accounts=[account_id])
        best = next(iter(ranking.recommendations(ranking.chosen())), None)
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
        wanted = Wanted(category, urgency, horizon, segment)
        page = Page(offset, limit, sort)
        found = await self._database.snapshot(self._over(asker, owner, wanted, page))
        if not store:
            return found
        return replace(found, recommendations=await self._kept(found.recommendations, asker))

    async def _over(self, asker: Asker, owner: str | None, wanted: Wanted, page: Page) -> Top:
        """Find the best over a portfolio; nothing of it is stored yet."""
        owners, name = await self.whose(asker, owner)
        facts = await self._facts(Window(asker.now, owners=owners, today=asker.today))
        if facts.is_empty():
            raise PortfolioEmpty(name, book_empty=await self._is_empty())
        ranking = await self._ranking(facts, asker, wanted)
        fitting = ranking.chosen()
        return Top(
            recommendations=tuple(ranking.recommendations(page.of(fitting))),
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
        learned = self._learner.effectiveness(outcomes, asker.now)
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
            self._learner.effectiveness(outcomes, asker.now),
            reader=asker.csm.id,
        )
        return Ranking.of(facts, engine, past, wanted)

    async def keep(
        self, found: Sequence[Recommendation], asker: Asker
    ) -> tuple[Recommendation, ...]:
        """Store recommendations that were only looked at, because they are shown after all."""
        return await self._kept(found, asker)

    async def _kept(
        self, found: Sequence[Recommendation], asker: Asker
    ) -> tuple[Recommendation, ...]:
        """Store what will be shown; a question about the past leaves no trace."""
        if asker.in_past:
            return tuple(found)
        plays = self._rules.catalogue.plays.values()
        fulfilling = {play.name: play.fulfilled_by for play in plays}
        return await self._recommendations.offer(found, now=asker.now, fulfilling=fulfilling)

    async def _check(self, account_id: str, asker: Asker) -> None:
        await check_account(account_id, asker.csm, people=self._people, accounts=self._accounts)

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
        person = await check_portfolio(str(owner), asker.csm, self._people)
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
