"""Why something is recommended: the score in its parts and the signals with their rows."""

from typing import ClassVar

from pydantic import Field

from bot.answers import Answer
from bot.cards.explain import explain_card
from bot.cards.note import note
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, Tool


class Explain(Tool):
    """Use when somebody asks why an action is recommended for an account.

    Also for its signals, its evidence, its score and how that came about.
    """

    name = "explain"
    title = "Why"
    examples = (
        "why {account}?",
        "explain the recommendation for {account}",
        "what signals do you see for {account}?",
        "how is the priority of {account} calculated",
        "what's the evidence for {account}",
        "why {account} and not another account",
        "how sure are you about {account}?",
        "what would change your mind about {account}?",
    )
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the parts and signals of what is best, under way or waiting for the account."""
        named = await account(self.account, asker, services)
        advice = await services.advisor.for_account(named.id, asker)
        shown = (*((advice.best,) if advice.best else ()), *advice.underway, *advice.waiting)
        if not shown:
            return Answer(note(_nothing(named.name)))
        return Answer(explain_card(shown[0], today=asker.today), about=(shown[0].id,))


def _nothing(name: str) -> str:
    return (
        f"I recommend nothing for {name} at the moment, so there is nothing to explain. "
        "Ask “show me my top actions” to see what I do recommend."
    )
