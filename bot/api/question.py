"""What is asked: the query of the seed, with Steward's further filters and pages."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from bot.api.model import Given
from core.portfolio import Wanted
from core.recommendations import Category, Urgency

MOST = 50
FARTHEST = 100_000


class Question(Given):
    """The query of `GET /api/intelligence/next-best-action`."""

    customer_id: UUID | None = Field(
        default=None,
        description="One account. Without it the best action of each account of a portfolio.",
    )
    category: Literal["all"] | Category = Field(
        default="all", description="Only actions of this category; `all` is no filter."
    )
    urgency: Urgency | None = Field(default=None, description="Only actions this urgent.")
    horizon: Literal["today", "this_week", "this_month"] | None = Field(
        default=None, description="Only actions that are due until then."
    )
    owner: Literal["me", "team"] | UUID | None = Field(
        default=None,
        description="Whose portfolio: `me`, `team` (everybody whose accounts you may see) or a "
        "person's id. Without it your own, or the team's when you own no accounts. Not looked at "
        "with customerId.",
    )
    segment: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="Only accounts of this segment, in any case.",
        examples=["enterprise"],
    )
    limit: int = Field(default=10, ge=1, le=MOST, description="How many actions at most.")
    offset: int = Field(
        default=0,
        ge=0,
        le=FARTHEST,
        description="How many of the first to leave out, for the pages after the first.",
    )

    @property
    def wanted(self) -> Wanted:
        """The filters that hold for one account as well."""
        category = None if self.category == "all" else self.category
        return Wanted(category, self.urgency, self.horizon, self.segment)
