"""The Stop button of a conversation: what is under way there for its person ends at once."""

import contextlib

from slack_bolt.async_app import AsyncApp

from bot.answers import Answer
from bot.cards.note import note
from bot.desk import Desk
from bot.listeners.payload import Body
from bot.listeners.question import Question
from bot.listeners.status import end
from bot.outgoing import dispatch, message
from bot.posting import SLACK_TROUBLE, whisper

STOPPED = "Stopped. Ask me again whenever you like."


async def stopped(event: Body, desk: Desk) -> None:
    """End the work of a session; a change that has begun is finished and answered instead."""
    desk.work.start(_stop(desk, event["channel"], event["thread_ts"], event["user"]))


async def _stop(desk: Desk, channel: str, thread: str, user: str) -> None:
    for item in await desk.services.inbox.waiting("question"):
        question = Question.of(item.body)
        if (question.channel, question.thread, question.user) != (channel, thread, user):
            continue
        await desk.work.stop(item.key)
        # It may run in another process: that one finds it closed and keeps its answer back.
        if await desk.services.inbox.end(item.key, now=desk.now):
            await _confirm(desk, question)
    end(desk, channel=channel, thread=thread)


async def _confirm(desk: Desk, question: Question) -> None:
    place = {"channel": question.channel, "thread": question.thread}
    if not question.is_private:
        with contextlib.suppress(*SLACK_TROUBLE):  # it is stopped whether they hear of it or not
            await whisper(desk, note(STOPPED), user=question.user, **place)
        return
    # Not in the answer's place: another process may have changed something, and tells of that.
    await dispatch(desk, message(f"stopped:{question.key}", Answer(note(STOPPED)), **place))


def register(app: AsyncApp) -> None:
    """Listen to the Stop button."""
    app.event("agent_session_stopped")(stopped)
