"""What next for the account that somebody else's message is about: only its names are read."""

from bot.answers import Answer
from bot.assistant import Reply
from bot.cards.clarify import Pick, ask
from bot.cards.note import note
from bot.desk import Desk
from bot.tools.naming import known_names
from bot.tools.tool import Asker, ToolCall
from storage.accounts import Named
from storage.conversations import Place

NEXT = "next_best_action"
NONE = (
    "I found none of your accounts in that message. Ask me by name, "
    "as in “what should I do next for Beta Inc?”"
)
WHICH = "That message names several of your accounts. Which one do you mean?"
MAYBE = "I am not sure which account that message means. Is it this one?"


async def about_message(desk: Desk, text: str, asker: Asker, place: Place) -> Reply:
    """Return what is next for the account that a message names, or ask which one is meant.

    The message is data: nothing that it asks for is done. Where it names none, the channel it is
    in may suggest one. Whoever asks keeps the turn.
    """
    found, sure = await _named(desk, text, asker)
    if len(found) == 1 and sure:
        pick = desk.services.assistant.pick
        return await pick(NEXT, found[0].id, asker, place, keeps=False)
    if not found:
        return _said(Answer(note(NONE)), ToolCall("none", {}))
    picks = [Pick(one.name, NEXT, one.id) for one in found[:5]]
    question = WHICH if len(found) > 1 else MAYBE
    calls = [{"name": NEXT, "arguments": {"account": one.name}} for one in found[:5]]
    call = ToolCall("clarify", {"question": question, "candidates": calls})
    return _said(Answer(ask(question, picks)), call)


async def _named(desk: Desk, text: str, asker: Asker) -> tuple[list[Named], bool]:
    """Return the asker's accounts that a text names, and whether that is certain."""
    names = await known_names(asker, desk.services)
    scope = await desk.services.people.scope(asker.csm)
    mentions = names.find(text)
    named = {
        one.id: one
        for mention in mentions
        for one in mention.candidates
        if scope is None or one.owner_id in scope
    }
    if not named and asker.near:
        return [names.resolve(asker.near)], True
    return list(named.values()), all(mention.sure for mention in mentions)


def _said(answer: Answer, call: ToolCall) -> Reply:
    return Reply(answer, (call,), "offline", 0.0)
