"""A message, an agenda or a call script for an account, filled with its facts."""

from typing import ClassVar, Literal

from pydantic import Field

from bot.advice import Advice
from bot.answers import Answer
from bot.cards.resources import draft_card
from bot.drafting import Prepared
from bot.tools.naming import account
from bot.tools.tool import Asker, Parts, Tool
from core.recommendations import Recommendation

Kind = Literal["email", "agenda", "call"]

GENERAL = ("check_in_email", "check_in_call", "check_in_agenda")
"""What fits an account for which nothing is recommended, or nothing of the wanted kind."""


class DraftMessage(Tool):
    """Use when somebody wants a text for an account: an e-mail, an agenda or a call script.

    The text fits the account's next best action and holds its facts; nothing is sent.
    """

    name = "draft_message"
    title = "Draft message"
    examples = (
        "draft an email to {account}",
        "write an agenda for the QBR with {account}",
        "call script for {account}",
        "write to the champion of {account}",
        "mail template for {account}",
        "what should I say to {account} on the phone",
        "draft a message for {account}",
        "invite {account} to a training",
    )
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    kind: Kind | None = Field(
        default=None, description="email, agenda or call; leave it out when it was not said."
    )
    about: str | None = Field(
        default=None,
        description="The play it is for, when they name a subject: renewal_preparation, "
        "qbr_preparation, value_update, training, kickoff, request_feedback, check_in, …",
    )
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return the draft for the subject named, else for what is under way or best to do next."""
        named = await account(self.account, asker, services)
        advice = await services.advisor.for_account(named.id, asker)
        about = self._meant(advice)
        names = services.drafts.names(about.play, about.resources) if about else ()
        asked = services.drafts.names(self.about) if self.about else ()
        found = await services.drafts.prepare(named.id, (*(asked or names), *GENERAL), asker)
        one = self._fitting(found)
        helps = about if one.draft.name in names else None
        card = draft_card(one, named.name, asker.zone, about=helps, more=len(names) - 1)
        return Answer(card)

    def _meant(self, advice: Advice) -> Recommendation | None:
        """Return what is under way or best to do, of the subject named if there is one of it."""
        open_ones = (*advice.underway, *([advice.best] if advice.best else ()))
        return next((one for one in open_ones if self.about in (None, one.play)), None)

    def _fitting(self, found: tuple[Prepared, ...]) -> Prepared:
        """Return the first of the wanted kind, which a team may have made of another kind."""
        wanted = (one for one in found if self.kind in (None, one.draft.kind))
        return next(wanted, found[0])
