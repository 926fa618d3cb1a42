"""Answers for the asker alone, wherever they asked: in the direct message, with a word there."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers import Answer, Card
from bot.cards.note import note, pointer
from bot.cards.share import Room
from bot.desk import Desk
from bot.listeners.question import Question
from bot.outgoing import message, send
from bot.outside import is_shared
from bot.posting import SLACK_TROUBLE, Posted, fallback, whisper
from storage.inbox import Item, finish
from storage.outbox import Letter

Also = Callable[[AsyncSession], Awaitable[None]]

log = logging.getLogger(__name__)

OK = 200

REFUSED = (
    "I have your answer, but Slack does not let me send you a direct message. Ask your Slack admin "
    "to turn my Messages tab on, then ask me again."
)


async def give(
    desk: Desk,
    item: Item,
    question: Question,
    found: Answer,
    *,
    always: bool = False,
    also: Also | None = None,
) -> None:
    """Post an answer where only the asker sees it; not when that was done or stopped meanwhile.

    `always` is for one that tells of a change: that is not kept back. `also` is written together
    with the answer, or not at all.
    """
    if question.is_private:
        place = {"channel": question.channel, "thread": question.thread}
        letter = message(_key(question), found, **place)
        await _post(desk, item, letter, always=always, also=also)
        return
    opened = await desk.client.conversations_open(users=question.user)
    direct = str(opened["channel"]["id"])
    letter = message(_key(question), found, channel=direct, turn=question.key)
    posted = await _post(desk, item, letter, always=always, also=also)
    if posted and direct != question.channel and not question.is_announced:
        await _point_to(desk, question, posted)
    fate = None if posted else await desk.services.outbox.find(letter.key)
    if fate is not None and fate.state == "dead":
        await _whisper(desk, question, note(REFUSED))


async def explain(desk: Desk, item: Item, question: Question, text: str) -> None:
    """Say a sentence where the question was asked, to the asker alone."""
    if question.is_private:
        place = {"channel": question.channel, "thread": question.thread}
        await _post(desk, item, message(_key(question), Answer(note(text)), **place))
        return
    await _whisper(desk, question, note(text))


async def _point_to(desk: Desk, question: Question, posted: Posted) -> None:
    try:
        found = await desk.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts)
    except SLACK_TROUBLE as trouble:
        log.warning("Slack gave no link to an answer: %s", trouble)
        return
    await _whisper(desk, question, pointer(found["permalink"]))


async def _whisper(desk: Desk, question: Question, said: Card) -> None:
    """Say something beside an answer; the answer does not depend on it."""
    try:
        await tell(desk, question, said)
    except SLACK_TROUBLE as trouble:
        log.warning("Slack did not take a word beside a question: %s", trouble)


def _key(question: Question) -> str:
    """Return the letter's key: a question has one answer, or one sentence why there is none."""
    return f"reply:{question.key}"


async def _post(
    desk: Desk, item: Item, letter: Letter, *, always: bool = False, also: Also | None = None
) -> Posted | None:
    """End a question together with keeping its answer, then send that.

    One that was stopped, or that another process has by now, is not answered here.
    """
    held = None
    async with desk.services.database.write() as session:
        if await finish(session, item, now=desk.now) or always:
            held = await desk.services.outbox.begin(session, letter, now=desk.now)
            if held and also is not None:
                await also(session)
    return await send(desk, held) if held else None


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
