"""Answers for the asker alone, wherever they asked: in the direct message, with a word there."""

import logging
from dataclasses import replace
from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.answers import Answer, Card
from bot.cards.note import note, pointer
from bot.cards.share import Room
from bot.desk import Desk
from bot.listeners.question import Question
from bot.posting import Posted, fallback, post, whisper

log = logging.getLogger(__name__)

OK = 200


async def give(desk: Desk, question: Question, found: Answer) -> Posted:
    """Post an answer where only the asker sees it, and return where that is."""
    if question.is_private:
        return await post(desk, found, channel=question.channel, thread=question.thread)
    opened = await desk.client.conversations_open(users=question.user)
    direct = str(opened["channel"]["id"])
    posted = await post(desk, found, channel=direct)
    if direct != question.channel and not question.is_announced:
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
        took = await hook.send(
            text=fallback(said), blocks=list(said.blocks), response_type="ephemeral"
        )
        if took.status_code != OK:
            log.warning("Slack did not take a word beside a command: %s", took.body)
        return
    await whisper(
        desk, said, user=question.user, channel=question.channel, thread=question.thread or None
    )


def offered(found: Answer, question: Question, room: dict[str, Any]) -> Answer:
    """Return an answer that can be shown to the channel it was asked in too.

    Not where people of another company read, nor where Steward is no member and may not write; nor
    a sentence or a question back, which are for the asker.
    """
    speaks = found.asks or len(found.card.blocks) < 2
    outside = not room.get("is_member", True) or is_shared(room)
    if question.is_private or not room.get("name") or speaks or outside:
        return found
    return replace(found, share=Room(question.channel, str(room["name"]), question.thread).packed)


def is_shared(channel: dict[str, object]) -> bool:
    """Tell whether people of another company are in a channel, or soon may be."""
    return any(channel.get(kind) for kind in ("is_ext_shared", "is_pending_ext_shared"))
