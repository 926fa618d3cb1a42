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
        "why {account}",
        "why {account}?",
        "why do you recommend that for {account}?",
        "why is {account} on my list",
        "why is {account} first?",
        "why is {account} at the top",
        "why should I call {account}",
        "why now for {account}?",
        "explain {account}",
        "explain the recommendation for {account}",
        "can you explain why I should act on {account}",
        "explain the score of {account}",
        "how did you get to that score for {account}?",
        "how is the priority of {account} calculated",
        "where does the priority for {account} come from",
        "what is behind the recommendation for {account}?",
        "what signals do you see for {account}?",
        "show signals for {account}",
        "signals {account}",
        "which signals fired at {account}",
        "what's the evidence for {account}",
        "show me the evidence on {account}",
        "what data is this based on for {account}",
        "on what do you base the advice for {account}?",
        "what makes {account} so urgent",
        "reasons for {account}?",
        "reasoning for {account} pls",
        "give me the reasoning behind the {account} action",
        "break down the score for {account}",
        "score breakdown {account}",
        "{account} score parts",
        "{account}: why?",
        "{account} why tho",
        "what triggered the {account} recommendation?",
        "I don't understand why {account} is there, can you explain?",
        "convince me about {account}",
        "justify {account}",
        "says who? what's the proof for {account}",
        "what are the facts behind {account}",
        "how come {account} ranks so high",
        "why does {account} have such high priority",
        "y {account}",
        "please explain me the reason for {account}",
        "for what reason is {account} in the list?",
        "walk me through the reasoning on {account}",
        "how sure are you about {account}?",
        "what is the confidence for {account} made of",
        "my boss asks why {account} matters this week, what do I say?",
        "are you sure about {account}? why that action",
        "what did you look at for {account}",
        "why not something else for {account}",
        "what is the reason for recommending {account}",
        "what was your reasoning for {account}?",
        "why did you suggest that for {account}",
        "why did you put {account} on the list",
        "what made you pick {account}",
        "what made you choose this action for {account}?",
        "what's the case for calling {account}",
        "what's the argument for {account}",
        "on which facts is the {account} recommendation based",
        "tell me why {account} is important right now",
        "tell me more about the reasons for {account}",
        "show me why {account}",
        "show me how {account} got its priority",
        "show the math for {account}",
        "can I see the calculation for {account}",
        "details of the score for {account}",
        "more details on why {account}",
        "what does the {account} score consist of",
        "where do you get that about {account}?",
        "how do you know that about {account}",
        "how do you come to this conclusion for {account}",
        "back up your advice on {account}",
        "what supports the recommendation on {account}",
        "is there evidence for {account}?",
        "which data say that {account} needs this",
        "what contributed to the priority of {account}",
        "what pushed {account} up the list",
        "why is {account} ranked above the others",
        "why {account} instead of another account",
        "give reasons for {account} pls",
        "{account}, explain please",
        "{account}: on what basis?",
        "explanation for {account}",
        "rationale for {account}",
        "rationale {account}?",
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
