"""The advisor on the demo portfolio: the seed's examples, scopes, filters, and the past."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.advisor import Advisor
from bot.tools.tool import Asker
from core.errors import AccountUnknown, NotAllowed, PortfolioEmpty
from core.recommendations import CsmId, Decision, DecisionKind, Status
from core.rules import Rules
from storage.accounts import Accounts
from storage.database import Database
from storage.people import Csm, People
from storage.recommendations import Recommendations
from storage.sources.demo import fill
from tests.core.builders import CATALOGUE
from tests.databases import Databases, filled

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def portfolio(databases: Databases) -> str:
    """The demo portfolio of one day, filled once and copied for each test."""
    return filled(databases, lambda database: fill(database, today=NOW.date(), now=NOW))


class Book:
    """The demo portfolio with what the advisor needs."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.people, self.accounts = People(database), Accounts(database)
        self.recommendations = Recommendations(database)
        self.advisor = Advisor(
            database, self.recommendations, self.people, self.accounts, Rules.shipped()
        )

    async def asker(self, first_name: str, *, now: datetime = NOW) -> Asker:
        csm = await self.people.by_email(f"{first_name}@steward.example")
        return Asker(csm=csm, now=now, request_key="test")

    async def id(self, name: str) -> str:
        return next(one.id for one in await self.accounts.names(None) if one.name == name)


@pytest.fixture
async def book(databases: Databases, portfolio: str) -> AsyncIterator[Book]:
    url = databases.copy(portfolio)
    database = Database(url)
    yield Book(database)
    await database.close()
    databases.give_back(url)


async def test_beta_inc_gets_the_seeds_recommendation(book: Book) -> None:
    advice = await book.advisor.for_account(await book.id("Beta Inc"), await book.asker("ana"))

    assert advice.best is not None
    assert advice.best.title == "Outreach to champion"
    assert advice.best.reasons == (
        "Champion Sarah hasn't logged in for 14 days.",
        "Health score dropped 12 points this week (78 to 66).",
        "Usage is down 25 % against the two weeks before.",
        "Renewal in 60 days.",
    )
    assert advice.best.account.arr == 120_000
    assert advice.best.runner_up is not None


async def test_what_else_could_have_been_proposed_is_kept_with_its_chances(book: Book) -> None:
    top = await book.advisor.top(await book.asker("ana"), limit=12)

    for one in top.recommendations:
        kept = (await book.recommendations.get(one.id)).choice
        assert kept is not None
        chances = {candidate.play: candidate.propensity for candidate in kept.candidates}
        assert sum(chances.values()) == pytest.approx(1)
        assert chances[one.play] == kept.propensity > 0


async def test_what_is_tried_in_place_of_the_best_is_no_worse_than_a_near_tie(book: Book) -> None:
    always = Advisor(
        book.database,
        book.recommendations,
        book.people,
        book.accounts,
        replace(Rules.shipped(), exploration=1.0),
    )

    top = await always.top(await book.asker("mara"), limit=60, store=False)

    tried = [one for one in top.recommendations if one.choice and one.choice.explored]
    assert tried
    for one in tried:
        assert one.urgency != "immediate"
        assert one.runner_up is not None
        assert 0 <= one.runner_up.priority - one.score.priority <= 3


async def test_the_week_of_ana_begins_as_in_the_seed(book: Book) -> None:
    top = await book.advisor.top(await book.asker("ana"), limit=12)

    first = [(one.account.name, one.title) for one in top.recommendations]
    assert first[:2] == [
        ("Beta Inc", "Outreach to champion"),
        ("Alpha Corp", "Start renewal conversation"),
    ]
    assert {
        ("Acme Corp", "QBR preparation"),
        ("Gamma Ltd", "Send value update"),
        ("Delta Co", "Address support issues"),
        ("Epsilon", "Schedule training"),
        ("Zeta Inc", "QBR preparation"),
        ("Eta Corp", "Expansion discussion"),
        ("Theta", "Executive alignment"),
    } <= set(first)
    assert top.missing == ()


async def test_a_csm_sees_no_colleagues_account_but_their_manager_does(book: Book) -> None:
    wayne = await book.id("Wayne Freight")

    with pytest.raises(NotAllowed) as refused:
        await book.advisor.for_account(wayne, await book.asker("ana"))
    advice = await book.advisor.for_account(wayne, await book.asker("mara"))

    assert refused.value.owner == "Ben Carter"
    assert advice.account.name == "Wayne Freight"


async def test_a_manager_who_owns_nothing_is_answered_for_the_team(book: Book) -> None:
    top = await book.advisor.top(await book.asker("mara"))

    assert top.owner_name == "your team"
    assert len({one.owner for one in top.recommendations}) > 1


async def test_nobody_can_ask_for_the_list_of_a_person_outside_their_scope(book: Book) -> None:
    ben = await book.asker("ben")

    with pytest.raises(NotAllowed):
        await book.advisor.top(await book.asker("ana"), owner=ben.csm.id)


async def test_an_empty_portfolio_says_whose_it_is(book: Book) -> None:
    nobody = Asker(
        csm=Csm(
            id="new",
            name="New Hire",
            email="new@steward.example",
            role="csm",
            timezone=None,
            slack_user_id=None,
            manager_id=None,
        ),
        now=NOW,
        request_key="test",
    )

    with pytest.raises(PortfolioEmpty) as empty:
        await book.advisor.top(nobody)

    assert (empty.value.who, empty.value.book_empty) == ("New Hire", False)


async def test_an_account_that_does_not_exist_is_unknown(book: Book) -> None:
    with pytest.raises(AccountUnknown):
        await book.advisor.for_account("nothing", await book.asker("ana"))


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ({"category": "risk"}, lambda one: one.category == "risk"),
        ({"urgency": "today"}, lambda one: one.urgency == "today"),
        ({"horizon": "today"}, lambda one: one.due_on == NOW.date()),
        ({"segment": "Enterprise"}, lambda one: one.account.segment == "enterprise"),
    ],
)
async def test_filters_keep_what_was_asked_for(book: Book, wanted: dict, holds: object) -> None:  # type: ignore[type-arg]  # keyword arguments of one call
    top = await book.advisor.top(await book.asker("mara"), limit=12, **wanted)

    assert top.recommendations
    assert all(holds(one) for one in top.recommendations)  # type: ignore[operator]  # a predicate


async def test_of_what_was_asked_for_nothing_else_is_said_to_lead_if_something_changed(
    book: Book,
) -> None:
    titles = {one.title for one in CATALOGUE.plays.values() if one.category == "expansion"}

    top = await book.advisor.top(await book.asker("mara"), limit=60, category="expansion")

    said = [one.runner_up.reason for one in top.recommendations if one.runner_up]
    leads = {text.removesuffix(" would lead.").split(", ")[-1] for text in said if "lead" in text}
    assert said
    assert leads <= titles


async def test_what_was_accepted_is_under_way_and_not_proposed_again(book: Book) -> None:
    ana, beta = await book.asker("ana"), await book.id("Beta Inc")
    best = (await book.advisor.for_account(beta, ana)).best
    assert best is not None
    accept = Decision(DecisionKind.ACCEPT, CsmId(ana.csm.id), ana.csm.name, NOW)
    await book.recommendations.decide(best.id, accept, request_key="c", today=NOW.date())

    advice = await book.advisor.for_account(beta, ana)

    assert [one.id for one in advice.underway] == [best.id]
    assert advice.best is None or advice.best.play != best.play


async def test_what_was_put_off_comes_back_on_its_day(book: Book) -> None:
    ana, alpha = await book.asker("ana"), await book.id("Alpha Corp")
    best = (await book.advisor.for_account(alpha, ana)).best
    assert best is not None
    until = NOW.date() + timedelta(days=3)
    defer = Decision(DecisionKind.DEFER, CsmId(ana.csm.id), ana.csm.name, NOW, until=until)
    await book.recommendations.decide(best.id, defer, request_key="c", today=NOW.date())

    waiting = await book.advisor.for_account(alpha, ana)
    back = await book.advisor.for_account(alpha, replace(ana, now=NOW + timedelta(days=3)))

    assert [one.id for one in waiting.waiting] == [best.id]
    assert back.best is not None
    assert (back.best.id, back.best.status) == (best.id, Status.RECOMMENDED)


async def test_a_question_about_the_past_leaves_no_trace(book: Book) -> None:
    ana = replace(await book.asker("ana"), now=NOW - timedelta(days=90), in_past=True)

    top = await book.advisor.top(ana)

    assert top.recommendations
    assert {one.id for one in top.recommendations} == {""}


async def test_a_question_about_the_past_does_not_tell_what_is_under_way_since(book: Book) -> None:
    ana = await book.asker("ana")
    best = (await book.advisor.top(ana)).recommendations[0]
    accept = Decision(DecisionKind.ACCEPT, CsmId(ana.csm.id), ana.csm.name, NOW)
    await book.recommendations.decide(best.id, accept, request_key="c", today=NOW.date())

    then = await book.advisor.top(replace(ana, now=NOW - timedelta(days=90), in_past=True))

    assert best.id in {one.id for one in (await book.advisor.top(ana)).underway}
    assert then.underway == ()


async def test_looking_without_storing_keeps_nothing(book: Book) -> None:
    top = await book.advisor.top(await book.asker("ana"), store=False)

    assert {one.id for one in top.recommendations} == {""}


async def test_pages_by_urgency_follow_each_other_and_their_counts_add_up(book: Book) -> None:
    ana = await book.asker("ana")
    whole = await book.advisor.top(ana, sort="urgency", limit=10, store=False)

    first, second = [
        await book.advisor.top(ana, sort="urgency", limit=5, offset=offset, store=False)
        for offset in (0, 5)
    ]

    paged = (*first.recommendations, *second.recommendations)
    assert [one.account.name for one in paged] == [
        one.account.name for one in whole.recommendations
    ]
    assert sum(whole.counts.values()) == whole.total
    assert next(iter(whole.counts)) == whole.recommendations[0].urgency
    assert set(whole.segments) >= {one.account.segment for one in paged}
