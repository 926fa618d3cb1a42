"""What changed: which facts moved, from what to what, when, and what lies close to it."""

from typing import ClassVar

from pydantic import Field

from bot.answers import Answer
from bot.cards.changes import changes_card, portfolio_changes_card
from bot.tools.naming import account
from bot.tools.since import read
from bot.tools.tool import Asker, Parts, Tool


class WhatChanged(Tool):
    """Use when somebody asks what changed, moved or happened, at one account or in a portfolio.

    Also for what is new, since a day or since the last call.
    """

    name = "what_changed"
    title = "What changed"
    examples = (
        "what changed since yesterday",
        "what changed at {account} since {date}",
        "what's new at {account}",
        "what moved in my portfolio since {date}",
        "anything new with {account} since our last call",
        "what happened in my book last week",
        "what is different for the team since {date}",
        "why did the health of {account} drop, what changed there",
    )
    account: str | None = Field(
        default=None, description="The account, in the user's own words; none for a portfolio."
    )
    since: str | None = Field(
        default=None,
        description="Since when, in the user's own words: yesterday, last week, 3 Nov, last call.",
    )
    owner: str | None = Field(
        default=None, description="Whose accounts: me, team, or a colleague's name."
    )
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the changes of an account, or of a portfolio with what moved most first."""
        since = read(self.since, asker.today) if self.since else None
        if self.account:
            named = await account(self.account, asker, services)
            found = await services.changes.at(named, asker, since)
            return Answer(changes_card(found.changes, found.period), accounts=(named.id,))
        owner = self.owner or "me"
        if owner not in ("me", "team"):
            owner = (await services.people.find(owner, asker=asker.csm)).id
        owners, name = await services.advisor.whose(asker, owner)
        whose = "your accounts" if name == asker.csm.name else name
        over = await services.changes.over(asker, owners, whose, since)
        listed = tuple(one.account.id for one in over.shown)
        return Answer(portfolio_changes_card(over), accounts=listed)
