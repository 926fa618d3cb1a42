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
        "help!",
        "help me",
        "help pls",
        "i need help",
        "?",
        "hi",
        "hello",
        "hey there",
        "hey steward",
        "good morning steward",
        "hi, I am new here",
        "what can you do",
        "what can you do for me?",
        "what can I ask you",
        "what can I ask?",
        "what questions do you understand",
        "what do you understand",
        "what are you for",
        "what are you",
        "who are you?",
        "how does this work",
        "how do I use you",
        "how do I use this bot?",
        "how to use steward",
        "how do you work",
        "how do I snooze something",
        "how can I dismiss an action?",
        "how do I accept a recommendation",
        "how do I undo",
        "how to mark an action as done",
        "show me some examples",
        "give me examples of questions",
        "examples pls",
        "commands",
        "list commands",
        "which commands are there",
        "menu",
        "options",
        "show me the ropes",
        "what are my options here",
        "instructions",
        "manual",
        "guide me",
        "tutorial",
        "getting started",
        "what is this",
        "what is this app",
        "I don't know what to type",
        "what should I type",
        "what shall I write to you",
        "please explain how I can use you",
        "I'm lost",
        "not sure how this works",
        "first time here, what now",
        "wat can u do",
        "capabilities",
        "what do the buttons do",
        "how do I get started?",
        "teach me how to use this",
        "can you help me",
        "how do I talk to you",
        "how should I ask you things",
        "how do I ask a question",
        "any advice on how to use this bot?",
        "tips for using steward",
        "tips?",
        "what kind of questions can you answer",
        "show me an example",
        "give me an example question",
        "example questions please",
        "what are some things I can ask",
        "which functions do you have",
        "what features do you have",
        "explain yourself",
        "explain what you do",
        "introduce yourself",
        "tell me what you can do",
        "how can you help me?",
        "what is steward",
        "what's this bot for",
        "what do I type to accept something",
        "how do I change the digest time",
        "what words do you know",
        "hello steward, what can you do",
        "usage",
        "intro",
        "what all can you do",
        "how do I complete an action",
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
