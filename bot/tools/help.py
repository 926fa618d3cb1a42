"""What can be asked."""

from typing import ClassVar

from bot.answers import Answer
from bot.cards.help import help_card
from bot.tools.tool import Asker, Parts, Tool
from core.errors import StewardError


class Help(Tool):
    """Use when somebody asks what Steward can do, how to use it, or only says hello."""

    name = "help"
    title = "What I can ask"
    examples = (
        "help",
        "what can you do?",
        "how do I use you",
        "show me some examples",
        "hello",
        "what can I ask",
        "how do I snooze something",
        "I'm new here, where do I start?",
    )
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        """Return examples of what to ask, about the asker's own accounts where they have some."""
        return Answer(help_card(await _names(asker, services)))


async def _names(asker: Asker, services: Parts) -> tuple[str, ...]:
    """Return the accounts that come first today, or any of the asker's; it recommends nothing."""
    try:
        top = await services.advisor.top(asker, limit=2, store=False)
    except StewardError:
        return ()
    first = [one.account.name for one in top.recommendations]
    own = await services.accounts.names(await services.people.scope(asker.csm))
    return tuple(dict.fromkeys([*first, *(one.name for one in own)]))[:2]
