"""The question Steward is for: what to do next for one account."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from bot.advice import Enough
from bot.answers import Answer, shown_of
from bot.cards.decided import said
from bot.cards.note import note
from bot.cards.recommendation import card
from bot.cards.text import day
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, Tool
from core.recommendations import Status


class NextBestAction(Tool):
    """Use when somebody wants to know what to do next for one account, or how to move it on.

    Also for its priority, the best action, or a general "what about" that account.
    """

    name = "next_best_action"
    title = "What next"
    examples = (
        "what should I do next for {account}?",
        "what's next for {account}",
        "{account}?",
        "next best action for {account}",
        "what about {account}?",
        "{account} has gone quiet, ideas?",
        "I have a call with {account} later, what should I push for?",
        "how do I move {account} forward?",
    )
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the card of the account's best action, or of what is under way or waiting."""
        named = await account(self.account, asker, services)
        advice = await services.advisor.for_account(named.id, asker)
        shown = (*((advice.best,) if advice.best else ()), *advice.underway, *advice.waiting)
        if not shown and advice.enough:
            return Answer(note(_enough(named.name, advice.enough, asker.today)))
        if not shown:
            settled = await _settled(named.id, asker, services)
            return Answer(note(_nothing(named.name, advice.unknown, settled)))
        first = shown[0]
        return Answer(
            card(first, today=asker.today, now=asker.now),
            shows=(first.id,),
            surface="card",
            known=shown_of([first]),
        )


async def _settled(account_id: str, asker: Asker, services: Parts) -> str:
    """Return what was decided last, which is why nothing is proposed; empty when nothing was."""
    if asker.in_past:
        return ""
    last = await services.recommendations.last_decided(account_id)
    if last is None or last.status not in (Status.COMPLETED, Status.DISMISSED):
        return ""
    return f" Last: “{last.headline}”, {said(last, asker.today)}."


def _enough(name: str, enough: Enough, today: date) -> str:
    return (
        f"That is enough for {name} this week: I proposed {', '.join(enough.titles)}. "
        f"There may be more from {day(enough.room_on, today)} on. "
        "Ask “show me my top actions” to see where else your time counts."
    )


def _nothing(name: str, unknown: tuple[str, ...], settled: str) -> str:
    gaps = f" Not known: {'; '.join(unknown)}." if unknown else ""
    return (
        f"Nothing {'else ' if settled else ''}stands out for {name} at the moment.{settled}{gaps} "
        "Ask “show me my top actions” to see where your time counts most."
    )
