"""Questions: in a direct message, in its threads, by mention, command and message shortcut."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.keeping import does, is_hindrance, keep
from bot.listeners.errors import spoken
from bot.listeners.payload import Body
from bot.listeners.pointing import about_message
from bot.listeners.private import explain, give, offered
from bot.listeners.prompts import keep_fresh
from bot.listeners.question import ABOUT_A_MESSAGE, Question, is_question, slimmed
from bot.listeners.refused import note
from bot.listeners.status import processing
from bot.listeners.who import identify
from bot.nearby import account_near, look_at
from bot.outgoing import deliver_due
from bot.work import bind, is_bound
from storage.conversations import Place, Turn
from storage.conversations import keep as keep_turn
from storage.inbox import Item

GIVEN_UP = "I could not answer this, although I tried several times. Please ask me again."
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


async def apologise(desk: Desk, item: Item) -> None:
    """Say that a question cannot be answered."""
    await explain(desk, item, Question.of(item.body), GIVEN_UP)


@does("question", apologises=apologise)
async def answer(desk: Desk, item: Item) -> None:
    """Answer one kept question; whatever goes wrong is said where it was asked."""
    question = Question.of(item.body)
    async with processing(
        desk,
        channel=question.channel,
        thread=question.thread,
        title=question.text if question.begins and question.is_private else "",
    ):
        try:
            await _answer(desk, item, question)
        except Exception as error:
            if is_hindrance(error, item):
                raise
            place = (question.channel, question.thread)
            await note(desk, error, question.user, key=question.key, place=place)
            await explain(desk, item, question, spoken(error))


async def _keep(desk: Desk, key: str, body: Body) -> None:
    question = Question.of(body)
    # A short sentence means what stands above it: one after the other, as they were written.
    turn = f"talk:{question.user}:{question.channel}:{question.conversation.thread}"
    await keep(desk, key, "question", body, turn=turn)


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
        reply = await desk.services.assistant.answer(
            question.text, asker, question.conversation, keeps=False
        )
    # What was stopped meanwhile is not answered; what was changed is told in any case.
    changed = is_bound()
    bind()
    said = partial(_remember, turn=reply.turn, place=question.conversation, csm=asker.csm.id)
    answered = offered(reply.answer, question, room)
    await give(desk, item, question, answered, always=changed, also=said)
    if any(call.name == "decide" for call in reply.tools):
        # Cards posted before are redrawn, just as after a click.
        desk.work.start(deliver_due(desk))
    if question.is_private:
        desk.work.start(keep_fresh(desk, asker, question.channel))


async def _remember(session: AsyncSession, turn: Turn | None, place: Place, csm: str) -> None:
    """Keep what was said where its answer is kept: what goes unanswered is not spoken of either."""
    if turn is not None:
        await keep_turn(session, turn, place=place, csm=csm)


async def _room(desk: Desk, question: Question) -> dict[str, Any]:
    """Return what Slack tells of the channel asked in, or looked at beside a direct message."""
    channel = question.viewing if question.is_private else question.channel
    return await look_at(desk, channel) if channel and not channel.startswith("D") else {}


def register(app: AsyncApp) -> None:
    """Listen to direct messages, mentions and the message shortcut."""
    app.event("message")(heard)
    app.event("app_mention")(heard)
    app.shortcut(ABOUT_A_MESSAGE)(pointed)
