"""The answer to a question: the actions, and what else there is to know about them."""

from datetime import datetime

from pydantic import Field

from bot.api.action import NextBestAction
from bot.api.model import Model


class NextBestActions(Model):
    """The best actions, best first: of one account, or one for each account of a portfolio."""

    items: list[NextBestAction] = Field(
        description="The recommended actions of this page; for one account one or none."
    )
    underway: list[NextBestAction] = Field(
        description="Accepted and not completed, the earliest due first; for a portfolio at most "
        "`limit` of them, on its first page."
    )
    waiting: list[NextBestAction] = Field(
        description="For one account: deferred, and not back yet."
    )
    unknown: list[str] = Field(
        description="What is not known about the account or portfolio, or only from old data.",
        examples=[["no support tickets are known"]],
    )
    total: int = Field(description="How many actions fit, over all pages.", examples=[12])
    accounts: int = Field(description="How many accounts were looked at.", examples=[24])
    portfolio: str = Field(
        description="Whose accounts: a person's name, or “your team”.", examples=["Ana Souza"]
    )
    limit: int = Field(description="How many actions a page holds at most.", examples=[10])
    offset: int = Field(description="How many were left out before the first.", examples=[0])
    next: str | None = Field(
        description="The address of the next page, null on the last. Every page is ranked anew: "
        "a decision between two pages moves what follows.",
        json_schema_extra={"format": "uri-reference"},
        examples=["/api/intelligence/next-best-action?limit=10&offset=10"],
    )
    as_of: datetime = Field(
        description="The moment of the answer.", examples=["2026-03-03T09:00:00Z"]
    )
