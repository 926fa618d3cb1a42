"""Answers by Claude: it calls the tools, the cards stay the engine's, its sentences stand above."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.answers import Answer
from bot.cards.prose import only_prose, with_prose, with_word
from bot.done import Done
from bot.language.claude.claude import Claude
from bot.language.claude.cleaning import QUOTATION
from bot.language.claude.scene import Scene, Turn, user_hash
from bot.language.claude.told import Told
from bot.language.claude.troubles import Reason, sentence_of
from bot.language.language import (
    Clarify,
    Context,
    NotOurs,
    Proposed,
    Understanding,
    Understood,
    WhichOne,
)
from bot.tools.catalogue import tool, tools
from bot.tools.tool import Asker, ToolCall

Run = Callable[[ToolCall], Awaitable[Done]]
EARLIER = 6
"""So many turns of a conversation Claude is told of."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What Claude made of a question: what is shown, and all the calls that it took."""

    done: Done
    calls: tuple[ToolCall, ...]


def may_be_spoken(understood: Understanding) -> bool:
    """Tell whether a model may answer instead: never where the person's own words change something,
    or might; that is read by rules alone.
    """
    match understood:
        case Understood(call):
            return not tool(call.name)(**call.arguments).alters
        case WhichOne():
            return False
        case NotOurs() | Clarify() | Proposed():
            return True


class Speaker:
    """Lets Claude read questions, where there is a Claude."""

    def __init__(self, claude: Claude) -> None:
        """Take Claude behind its limits."""
        self._claude = claude

    async def warm(self) -> None:
        """Prepare, so that the first question need not wait."""
        await self._claude.warm()

    @property
    def is_there(self) -> bool:
        """Whether there is a key and nobody has switched Claude off."""
        return self._claude.available not in (Reason.NO_KEY, Reason.SWITCHED_OFF)

    async def answer(self, question: str, context: Context, asker: Asker, run: Run) -> Spoken:
        """Return the answer; raises ClaudeUnavailable, with the word for the person, for none."""
        done: list[Done] = []

        async def told(call: ToolCall) -> Told:
            one = await run(call)
            done.append(one)
            return _told(one)

        spoken = await self._claude.converse(question, _scene(context, asker), tools(), told)
        shown = _shown(done)
        trouble = Reason(spoken.trouble) if spoken.trouble else None
        if shown is None:
            card = only_prose(spoken.prose or "", asker.request_key)
            return Spoken(Done(ToolCall("none", {}), Answer(card)), spoken.calls)
        card = shown.answer.card
        if spoken.prose:
            card = with_prose(card, spoken.prose, asker.request_key)
        elif trouble and (says := sentence_of(trouble)):
            card = with_word(card, says)
        return Spoken(replace(shown, answer=replace(shown.answer, card=card)), spoken.calls)


def _scene(context: Context, asker: Asker) -> Scene:
    return Scene(
        reader_name=asker.csm.name,
        today=context.today,
        user_hash=user_hash(asker.csm.id),
        portfolio=context.names.own,
        earlier=tuple(Turn(one.asked, one.said) for one in context.earlier[-EARLIER:]),
    )


def _told(done: Done) -> Told:
    """Return what Claude reads of an answer: its words, quotations apart, as a customer's may be.

    Whatever tells of accounts holds names that customers gave: nothing is changed after it.
    """
    text = done.answer.card.text
    quoted = tuple(dict.fromkeys(filter(None, QUOTATION.findall(text))))
    return Told(
        text=text,
        customer_text=quoted,
        of_customers=not done.declined,
        is_error=done.declined,
        final=bool(done.answer.asks),
    )


def _shown(found: list[Done]) -> Done | None:
    """Return what is shown of several answers: a question back, else the last that is one."""
    asked = [one for one in found if one.answer.asks]
    answered = [one for one in found if not one.declined]
    return next(iter([*asked[:1], *answered[-1:], *found[-1:]]), None)
