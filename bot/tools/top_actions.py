"""What to do first over all accounts of one person or team: a page of it, or a list."""

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from bot.answers import Answer, shown_of
from bot.cards.note import note
from bot.cards.selection import Selection
from bot.cards.top import MOST_ITEMS, question, top_card
from bot.portfolio import drawn, find_page
from bot.tools.tool import Asker, Parts, Tool
from core.recommendations import Category, Urgency
from core.wording import count

if TYPE_CHECKING:
    from bot.advice import Top

Horizon = Literal["today", "this_week", "this_month"]
USUAL = 5
"""How many a list shows when no number is named."""
_WHEN = {"today": " today", "this_week": " this week", "this_month": " this month"}


class TopActions(Tool):
    """Use when somebody asks what to do first over several accounts: their list, day or week.

    Without filters and number it shows the whole portfolio, page by page.
    Filters: category, urgency, horizon, whose accounts, segment, and how many to show.
    """

    name = "top_actions"
    title = "My top actions"
    examples = (
        "show me my top actions this week",
        "what should I do first today?",
        "anything urgent?",
        "top 3 risk actions",
        "which accounts need me today",
        "expansion plays in enterprise this month",
        "what should {person} focus on today?",
        "team priorities this week",
    )
    category: Category | None = Field(default=None, description="Only plays of this category.")
    urgency: Urgency | None = Field(default=None, description="Only actions this urgent.")
    horizon: Horizon | None = Field(default=None, description="Only what is due until then.")
    owner: str | None = Field(
        default=None, description="Whose accounts: me, team, or a colleague's name."
    )
    segment: str | None = Field(default=None, description="enterprise, mid-market or smb.")
    limit: int | None = Field(
        default=None, ge=1, le=MOST_ITEMS, description="How many to show, when a number is named."
    )
    page: int = Field(default=1, ge=1, description="Which page, when they want to see more of it.")
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the portfolio, the best actions as one list, or a sentence when nothing fits.

        When nothing is due in the time asked for, or that urgent, the list holds what comes next.
        """
        owner = self.owner
        if owner is not None and owner not in ("me", "team"):
            owner = (await services.people.find(owner, asker=asker.csm)).id
        if self._is_whole and not asker.in_past:
            page = await find_page(
                services, asker, Selection(owner=owner or "me", page=self.page - 1)
            )
            if page.top.total:
                return drawn(page, asker)
        mine = owner == asker.csm.id
        wanted = self
        top = await wanted._top(asker, services, owner)
        heading = self._heading(top.owner_name, mine=mine)
        if not top.recommendations and self.page > 1:
            return Answer(note(_no_more(top.total)))
        if not top.recommendations and self._is_pressed:
            wanted = self.model_copy(update={"horizon": None, "urgency": None})
            top = await wanted._top(asker, services, owner)
            heading = f"{self._nothing_by_then()}. What comes next"
        if not top.recommendations:
            return Answer(note(self._nothing(top.accounts, top.missing)))
        listed = top_card(
            top.recommendations,
            heading=heading,
            today=asker.today,
            now=asker.now,
            total=top.total,
            missing=top.missing,
            asked=wanted._asked(top.owner_name, mine=mine),
        )
        ids = tuple(recommendation.id for recommendation in top.recommendations)
        known = shown_of(top.recommendations)
        return Answer(listed, shows=ids, surface="list", heading=heading, known=known)

    async def _top(self, asker: Asker, services: Parts, owner: str | None) -> "Top":
        return await services.advisor.top(
            asker,
            owner=owner,
            category=self.category,
            urgency=self.urgency,
            horizon=self.horizon,
            segment=self.segment,
            limit=self.limit or USUAL,
            offset=(self.page - 1) * (self.limit or USUAL),
        )

    @property
    def _is_whole(self) -> bool:
        """Tell whether nothing is left out: a page of everything then says more than a list."""
        filters = (self.category, self.urgency, self.horizon, self.segment, self.limit)
        return not any(filters)

    @property
    def _is_pressed(self) -> bool:
        """Tell whether the question is about what cannot wait."""
        return self.urgency == "immediate" or (self.horizon is not None and self.urgency is None)

    def _heading(self, owner_name: str, *, mine: bool) -> str:
        whose = "Your team's" if owner_name == "your team" else "Your"
        if self._names_somebody(mine):
            whose = f"{owner_name}'s"
        heading = " ".join(f"{whose} top {self._what} actions".split())
        page = f", page {self.page}" if self.page > 1 else ""
        return heading + _WHEN.get(self.horizon or "", "") + page

    def _asked(self, owner_name: str, *, mine: bool) -> str:
        """Return this question in words, with `{count}` for how many."""
        whose = f"{owner_name}'s" if self._names_somebody(mine) else "my"
        if self.owner == "team":
            whose = "the team's"
        return question(whose, self._what, _WHEN.get(self.horizon or "", ""))

    def _names_somebody(self, mine: bool) -> bool:
        return self.owner not in (None, "me", "team") and not mine

    @property
    def _what(self) -> str:
        filters = (self.urgency, self.category, self.segment)
        return " ".join(word.replace("_", " ") for word in filters if word)

    def _nothing_by_then(self) -> str:
        if self.horizon is None or self.urgency is not None:
            return "Nothing is that urgent"
        return f"Nothing is due{_WHEN[self.horizon]}"

    def _nothing(self, accounts: int, missing: tuple[str, ...]) -> str:
        looked = f"I looked at {count(accounts, 'account')}"
        if any((self.category, self.urgency, self.segment)):
            step = "Ask “show me my top actions” to see everything."
            return " ".join([f"{looked}, and nothing of that kind is due.", *missing, step])
        if missing:
            found = f"{looked}, and found nothing that I can stand behind with what I know."
            return " ".join([found, *missing, "Import newer or fuller exports, then ask again."])
        step = "Ask “what should I do next for” an account to look at one closely."
        return f"{looked}, and none needs you right now. {step}"


def _no_more(total: int) -> str:
    step = "Ask “show me my top actions” to begin again."
    return f"That was all: {count(total, 'action')} of that kind. {step}"
