"""The question Steward is for: what to do next for one account."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from bot.advice import Enough
from bot.answers import Answer
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
        "what should I do next for {account}",
        "what should I do next for {account}?",
        "what do I do with {account}",
        "what's next for {account}",
        "what next {account}",
        "what next for {account}",
        "what is next for {account}",
        "what's next with {account}",
        "next for {account}?",
        "{account} next step?",
        "{account}?",
        "{account}",
        "nba {account}",
        "next best action for {account}",
        "best action for {account}",
        "recommend an action for {account}",
        "recommend action {account}",
        "what's the priority for {account}?",
        "what is the most important thing to do for {account} right now",
        "what's the single most impactful thing I can do at {account}",
        "any recommendation for {account}?",
        "what do you recommend for {account}",
        "what would you suggest I do about {account}",
        "suggest something for {account}",
        "give me a next step for {account} pls",
        "pull up {account}",
        "show me {account}",
        "open {account} for me",
        "how should I handle {account} today",
        "how do I move {account} forward?",
        "I have a call with {account} later, what should I push for?",
        "got 10 min for {account}, where do I start",
        "what can I do to help {account}",
        "what to do with customer {account} please",
        "please tell me which action is the best now for {account}",
        "which step should we take at {account}?",
        "I want to know what we must do for the account {account}",
        "I'm worried about {account}, what now?",
        "{account} has gone quiet. ideas?",
        "{account} renewal is coming up, what should I be doing?",
        "should I call {account} or email them?",
        "is it better to phone or to write to {account}?",
        "can you look into {account} for me",
        "do I need to do anything for {account}?",
        "anything to do for {account} this week?",
        "is there something pending with {account}",
        "where should I focus with {account}?",
        "what is our move on {account}",
        "hey, quick one: what's the play for {account}?",
        "thinking about {account}, what would be smart?",
        "what should {person} do next for {account}",
        "how can we save {account}",
        "what does {account} need from me",
        "wat nxt 4 {account}",
        "whats up w {account}",
        "what about {account}?",
        "and {account}?",
        "tell me what action I shall take for {account}",
        "could you advise me about {account}",
        "look at {account} and tell me what to do",
        "top action for {account}",
        "top recommendation {account}",
        "let's do {account} now, what's first?",
        "what's the plan of attack for {account}",
        "any advice on {account}?",
        "I need advice for {account}",
        "got any tips for {account}",
        "where would you start with {account}",
        "where do we begin with {account}?",
        "{account} has me worried, what do I do",
        "{account} is not answering any more, what can we do?",
        "{account} stopped responding",
        "{account} is unhappy, how do I react",
        "I have to do something about {account}",
        "we are losing {account}, help",
        "what is needed at {account}",
        "what do they need at {account}",
        "what does {account} want from us now",
        "meeting {account} tomorrow, what should I raise?",
        "going into a call with {account}, what is the one thing to do",
        "what do I bring up with {account}",
        "what would you do with {account}",
        "one thing to do for {account}",
        "one idea for {account} please",
        "what is your proposal for {account}",
        "what's your take on {account}",
        "which action next for {account}",
        "the next action for {account} please",
        "next move {account}",
        "go for {account}",
        "taking over {account} from {person}, where do I start",
        "just got assigned {account}, what first?",
        "how to proceed with {account}",
        "what is the right thing to do for {account}",
        "is there any action for {account}?",
        "help me with {account}",
        "help with {account} pls",
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
            card(first, today=asker.today, now=asker.now), shows=(first.id,), surface="card"
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
