"""Questions: in a direct message, in its threads, and by mention in a channel."""

from datetime import timedelta

from slack_bolt.async_app import AsyncApp

from bot.answers import Answer
from bot.cards.note import note, pointer
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.listeners.payload import Body, Question, is_question
from bot.listeners.status import processing
from bot.listeners.who import identify
from bot.posting import post, refresh, whisper
from storage.inbox import Item


async def heard(event: Body, body: Body, desk: Desk) -> None:
    """Keep what somebody wrote, so that it is acknowledged only once it cannot be lost."""
    if not is_question(event):
        return
    kept = await desk.services.inbox.put(body["event_id"], "question", body, now=desk.now)
    if kept is not None:
        desk.work.start(answer(desk, kept))


async def answer(desk: Desk, item: Item) -> None:
    """Answer one kept question; whatever goes wrong is said where it was asked."""
    question = Question.of(item.body)
    async with (
        guarded(lambda text: _explain(desk, question, text)),
        processing(desk, channel=question.channel, thread=question.thread),
    ):
        await _answer(desk, question)
    await desk.services.inbox.done(item.key, now=desk.now)


async def take_up(desk: Desk, *, waiting: timedelta = timedelta(0)) -> int:
    """Start again on questions that a stopped process left behind; return how many.

    `waiting` is how long a question must have waited to count as left behind.
    """
    keys = await desk.services.inbox.unfinished(before=desk.now - waiting)
    taken = [await desk.services.inbox.take(key) for key in keys]
    for item in filter(None, taken):
        desk.work.start(answer(desk, item))
    return sum(item is not None for item in taken)


async def _answer(desk: Desk, question: Question) -> None:
    asker = await identify(
        desk,
        question.user,
        request_key=question.key,
        channel=question.channel,
        thread=question.thread,
    )
    reply = await desk.services.assistant.answer(question.text, asker)
    if question.is_private:
        await post(desk, reply.answer, channel=question.channel, thread=question.thread)
    else:
        await _answer_privately(desk, question, reply.answer)
    if any(call.name == "decide" for call in reply.tools):
        # A decision in words changes the cards that were posted before, just as a click does.
        for shown in reply.answer.shows:
            desk.work.start(refresh(desk, shown, today=asker.today))


async def _answer_privately(desk: Desk, question: Question, found: Answer) -> None:
    """Answer a mention in the direct message: the channel may hold people who must not see it."""
    opened = await desk.client.conversations_open(users=question.user)
    posted = await post(desk, found, channel=opened["channel"]["id"])
    link = await desk.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts)
    await whisper(
        desk,
        pointer(link["permalink"]),
        user=question.user,
        channel=question.channel,
        thread=question.thread,
    )


async def _explain(desk: Desk, question: Question, text: str) -> None:
    if question.is_private:
        await post(desk, Answer(note(text)), channel=question.channel, thread=question.thread)
        return
    await whisper(
        desk, note(text), user=question.user, channel=question.channel, thread=question.thread
    )


def register(app: AsyncApp) -> None:
    """Listen to direct messages and mentions."""
    app.event("message")(heard)
    app.event("app_mention")(heard)
