"""Answers for the asker alone, wherever they asked: in the direct message, with a word there."""

from dataclasses import replace

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.answers import Answer, Card
from bot.cards.note import note, pointer
from bot.cards.share import Room
from bot.desk import Desk
from bot.listeners.question import Question
from bot.nearby import look_at
from bot.posting import Posted, fallback, post, whisper


async def give(desk: Desk, question: Question, found: Answer) -> Posted:
    """Post an answer where only the asker sees it, and return where that is."""
    if question.is_private:
        return await post(desk, found, channel=question.channel, thread=question.thread)
    opened = await desk.client.conversations_open(users=question.user)
    direct = str(opened["channel"]["id"])
    if direct == question.channel:
        return await post(desk, found, channel=direct)
    posted = await post(desk, await _with_share(desk, question, found), channel=direct)
    if not question.is_announced:
        link = await desk.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts)
        await tell(desk, question, pointer(link["permalink"]))
    return posted


async def explain(desk: Desk, question: Question, text: str) -> None:
    """Say a sentence where the question was asked, to the asker alone."""
    if question.is_private:
        await post(desk, Answer(note(text)), channel=question.channel, thread=question.thread)
    else:
        await tell(desk, question, note(text))


async def tell(desk: Desk, question: Question, said: Card) -> None:
    """Say something in a channel that only the asker sees.

    A command or shortcut may come from where Steward is no member and may not post: Slack then
    takes the words by the address that came with it.
    """
    if question.hook:
        hook = AsyncWebhookClient(question.hook, session=desk.client.session)
        await hook.send(text=fallback(said), blocks=list(said.blocks), response_type="ephemeral")
        return
    await whisper(
        desk, said, user=question.user, channel=question.channel, thread=question.thread or None
    )


async def _with_share(desk: Desk, question: Question, found: Answer) -> Answer:
    """Return an answer that can be shown to the channel too.

    Not where people of another company read, nor where Steward is no member and may not write.
    """
    seen = await look_at(desk, question.channel)
    if not seen.get("is_member", True) or not seen.get("name") or is_shared(seen):
        return found
    room = Room(question.channel, str(seen["name"]), question.thread)
    return replace(found, share=room.packed)


def is_shared(channel: dict[str, object]) -> bool:
    """Tell whether people of another company are in a channel, or soon may be."""
    return any(channel.get(kind) for kind in ("is_ext_shared", "is_pending_ext_shared"))
