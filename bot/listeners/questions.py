"""Questions: in a direct message, in its threads, by mention, command and message shortcut."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.answers import Answer
from bot.assistant import Reply
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.listeners.payload import Body
from bot.listeners.pointing import about_message
from bot.listeners.private import explain, give, offered
from bot.listeners.prompts import keep_fresh
from bot.listeners.question import ABOUT_A_MESSAGE, COMMAND, Question, is_question, slimmed
from bot.listeners.share import share
from bot.listeners.status import processing
from bot.listeners.who import identify
from bot.nearby import account_near, look_at
from bot.posting import refresh
from bot.tools.tool import Asker
from bot.work import bind, is_bound
from storage.inbox import Item

ON_ITS_WAY = "I answer you in <{link}|our direct message>, where only you can see it."
DIRECT = "https://slack.com/app_redirect?app={app}&team={team}"


async def heard(event: Body, body: Body, desk: Desk) -> None:
    """Keep what somebody wrote, so that it is acknowledged only once it cannot be lost."""
    if is_question(event):
        await _keep(desk, body["event_id"], body)


async def commanded(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take a question that was typed after the slash command."""
    slim = slimmed("command", body)
    await _keep(desk, Question.of(slim).key, slim)
    link = DIRECT.format(app=body["api_app_id"], team=body["team_id"])
    await ack(ON_ITS_WAY.format(link=link))


async def pointed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Take a message that somebody wants to know the next step for."""
    slim = slimmed("shortcut", body)
    await _keep(desk, Question.of(slim).key, slim)
    await ack()


async def answer(desk: Desk, item: Item) -> None:
    """Answer one kept question; whatever goes wrong is said where it was asked."""
    question = Question.of(item.body)
    async with (
        guarded(lambda text: explain(desk, question, text)),
        processing(
            desk,
            channel=question.channel,
            thread=question.thread,
            title=question.text if question.begins and question.is_private else "",
        ),
        # A short sentence means what stands above it: one after the other, as they were written.
        desk.turn(f"talk:{question.user}:{question.channel}:{question.conversation.thread}"),
    ):
        await _answer(desk, item, question)
    await desk.services.inbox.done(item.key, now=desk.now)


async def take_up(desk: Desk, *, waiting: timedelta = timedelta(0)) -> int:
    """Start again on what a stopped process left behind; return how many things.

    `waiting` is how long one must have waited to count as left behind.
    """
    keys = await desk.services.inbox.unfinished(before=desk.now - waiting)
    left = [key for key in keys if not desk.work.is_at(key)]
    taken = [await desk.services.inbox.take(key) for key in left]
    for item in filter(None, taken):
        desk.work.start(_DONE_BY[item.kind](desk, item), name=item.key)
    return sum(item is not None for item in taken)


_DONE_BY: dict[str, Callable[[Desk, Item], Coroutine[Any, Any, None]]] = {
    "question": answer,
    "share": share,
}
"""What is done about each kind of thing that is kept."""


async def _keep(desk: Desk, key: str, body: Body) -> None:
    kept = await desk.services.inbox.put(key, "question", body, now=desk.now)
    if kept is not None:
        desk.work.start(answer(desk, kept), name=key)


async def _answer(desk: Desk, item: Item, question: Question) -> None:
    asker = await identify(
        desk,
        question.user,
        request_key=question.key,
        channel=question.channel,
        thread=question.thread or None,
    )
    room = await _room(desk, question)
    near = await account_near(desk, asker, question.place or str(room.get("name") or ""))
    asker = replace(asker, near=near.name if near else "")
    if question.is_pointing:
        reply = await about_message(desk, question.text, asker, question.conversation)
    else:
        reply = await desk.services.assistant.answer(question.text, asker, question.conversation)
    # What was stopped meanwhile is not answered; what was changed is told in any case.
    if is_bound() or await desk.services.inbox.is_open(item.key):
        bind()
        await _give(desk, question, asker, offered(reply.answer, question, room))
        _bring_up_to_date(desk, reply, asker)


async def _give(desk: Desk, question: Question, asker: Asker, found: Answer) -> None:
    """Post the answer where the conversation then goes on."""
    posted = await give(desk, question, found)
    if question.is_private:
        desk.work.start(keep_fresh(desk, asker, question.channel))
    else:
        await desk.services.assistant.went(question.key, channel=posted.channel, thread=posted.ts)


def _bring_up_to_date(desk: Desk, reply: Reply, asker: Asker) -> None:
    """Redraw what a decision in words changed on cards posted before, just as after a click."""
    if any(call.name == "decide" for call in reply.tools):
        for shown in reply.answer.shows:
            desk.work.start(refresh(desk, shown, today=asker.today))


async def _room(desk: Desk, question: Question) -> dict[str, Any]:
    """Return what Slack tells of the channel asked in, or looked at beside a direct message."""
    channel = question.viewing if question.is_private else question.channel
    return await look_at(desk, channel) if channel and not channel.startswith("D") else {}


def register(app: AsyncApp) -> None:
    """Listen to direct messages, mentions, the slash command and the message shortcut."""
    app.event("message")(heard)
    app.event("app_mention")(heard)
    app.command(COMMAND)(commanded)
    app.shortcut(ABOUT_A_MESSAGE)(pointed)
