"""A page of somebody's portfolio: found, stored as shown, drawn, and drawn again as it stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.answers import Answer, Card, shown_of
from bot.cards.effectiveness import DAYS
from bot.cards.page import IN_A_MESSAGE, Page
from bot.cards.portfolio import portfolio_card
from bot.cards.selection import Selection
from bot.scope import check_may_see
from bot.tools.tool import Asker
from storage.results import Period

if TYPE_CHECKING:
    from bot.advice import Top
    from bot.advisor import Advisor
    from storage.accounts import Accounts
    from storage.people import People
    from storage.recommendations import Recommendations
    from storage.results import PastResults


class Sources(Protocol):
    """What a page is made from: the part of the services that it needs."""

    @property
    def people(self) -> "People":
        """Who is who, and whose accounts they may see."""

    @property
    def accounts(self) -> "Accounts":
        """The names of accounts, and whose they are."""

    @property
    def advisor(self) -> "Advisor":
        """What is best to do next."""

    @property
    def recommendations(self) -> "Recommendations":
        """What was recommended and decided."""

    @property
    def results(self) -> "PastResults":
        """What came of the recommendations of a period."""


async def find_page(
    sources: Sources, asker: Asker, selection: Selection, *, size: int = IN_A_MESSAGE
) -> Page:
    """Return a page of `size` and store what is on it; one beyond the end is the last there is.

    Raises PortfolioEmpty and NotAllowed as the advisor does.
    """
    top = await _top(sources, asker, selection, size)
    if not top.recommendations and top.total:
        selection = replace(selection, page=(top.total - 1) // size)
        top = await _top(sources, asker, selection, size)
    return replace(await _page(sources, asker, selection, top), size=size)


def drawn(page: Page, asker: Asker) -> Answer:
    """Return a page as an answer that can be drawn again from what is remembered of it."""
    return Answer(
        portfolio_card(page, today=asker.today, now=asker.now),
        shows=tuple(one.id for one in page.top.recommendations),
        known=shown_of(page.top.recommendations),
        surface="portfolio",
        heading=f"{asker.csm.id} {page.selection.packed()}",
    )


async def redrawn(sources: Sources, heading: str, ids: Sequence[str], *, now: datetime) -> Card:
    """Return a page with the recommendations that it showed, each as it stands now.

    Raises NotAllowed where one of them is no longer its reader's to see.
    """
    csm_id, _, packed = heading.partition(" ")
    csm = await sources.people.get(csm_id)
    asker = Asker(csm=csm, now=now, request_key=f"redraw:{csm_id}")
    selection = Selection.unpacked(packed)
    top = await _top(sources, asker, selection, 0)
    shown = await sources.recommendations.find(ids)
    for one in shown:
        await check_may_see(one, csm, people=sources.people, accounts=sources.accounts)
    page = await _page(sources, asker, selection, replace(top, recommendations=shown))
    return portfolio_card(page, today=asker.today, now=now)


async def _top(sources: Sources, asker: Asker, selection: Selection, size: int) -> "Top":
    return await sources.advisor.top(
        asker,
        owner=selection.owner,
        category=selection.category,
        urgency=selection.urgency,
        horizon=selection.horizon,
        segment=selection.segment,
        sort="urgency",
        offset=selection.page * size,
        limit=size,
    )


async def _page(sources: Sources, asker: Asker, selection: Selection, top: "Top") -> Page:
    if top.owner_name == "your team":
        selection = replace(selection, owner="team")
    since = asker.now - timedelta(days=DAYS)
    results = await sources.results.of(Period(since, asker.now, top.owners))
    return Page(selection, top, results, owners=await owner_choices(sources, asker))


async def owner_choices(sources: Sources, asker: Asker) -> tuple[tuple[str, str], ...]:
    """Return whose portfolios may be chosen: nobody's but their own for a CSM."""
    team = await sources.people.team(asker.csm)
    if len(team) <= 1:
        return ()
    others = [(one.id, one.name) for one in team if one.id != asker.csm.id]
    return (("me", "My accounts"), ("team", "My team"), *others)
