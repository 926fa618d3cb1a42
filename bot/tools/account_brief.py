"""Ten seconds before a call: what happened, what is promised, who matters, one ask, one value."""

from typing import ClassVar

from pydantic import Field

from bot.answers import Answer
from bot.cards.brief import brief_card
from bot.tools.naming import account
from bot.tools.since import read
from bot.tools.tool import Asker, Parts, Tool


class AccountBrief(Tool):
    """Use when somebody prepares for a call or meeting with an account, or wants a summary of it.

    It tells the story since the last touch, open promises, people, risks, one ask and one value.
    """

    name = "account_brief"
    title = "Brief me"
    examples = (
        "brief me on {account}",
        "give me a brief on {account} before my call",
        "prepare me for the meeting with {account}",
        "I'm about to call {account}, what do I need to know",
        "{account} summary for my call please",
        "catch me up on {account}",
        "who is who at {account} and what did we promise them",
        "call with {account} in five minutes, get me ready",
    )
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    since: str | None = Field(
        default=None,
        description="Since when the story is told, in the user's own words; the last talk if none.",
    )
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the brief of the account."""
        since = read(self.since, asker.today) if self.since else None
        named = await account(self.account, asker, services)
        period, found = await services.briefs.of(named, asker, since)
        about = (found.best.id,) if found.best and found.best.id else ()
        return Answer(brief_card(found, period), about=about, accounts=(named.id,))
