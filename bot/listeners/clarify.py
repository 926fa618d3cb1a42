"""The buttons of a question back: which account or question was meant, and until when."""

import re
from datetime import date, timedelta

from slack_bolt.async_app import AsyncApp

from bot.desk import Desk
from bot.listeners.clicking import kept
from bot.listeners.deciding import Choice, decide, seen
from bot.listeners.payload import Body, Click
from bot.listeners.who import identify, local_date
from bot.outgoing import dispatch, message
from core.errors import Invalid
from core.recommendations import DecisionKind
from storage.conversations import Place


@kept
async def pick(body: Body, desk: Desk) -> None:
    """Answer the question that was meant, below the one that was asked."""
    click = Click.of(body)
    asker = await identify(desk, click.user, request_key=click.key, channel=click.channel or None)
    tool, _, account_id = click.recommendation.partition(":")
    channel, thread = click.channel or click.user, click.thread or click.ts
    place = Place(channel, thread) if thread else None
    reply = await desk.services.assistant.pick(tool, account_id, asker, place)
    key = f"reply:{click.key}"
    await dispatch(desk, message(key, reply.answer, channel=channel, thread=thread or None))


@kept
async def defer_until(body: Body, desk: Desk) -> None:
    """Put off until the day on the button, and show the card as it is then."""
    click = Click.of(body)
    when = body["actions"][0]["action_id"].rpartition(".")[2]
    until = day(when, await local_date(desk, click.user))
    await seen(desk, click)  # nothing is noted of what the person may not see
    if click.channel:
        await desk.services.recommendations.shown(
            [click.recommendation], channel=click.channel, ts=click.ts, surface="card"
        )
    await decide(desk, click, Choice(DecisionKind.DEFER, until=until))


def day(when: str, today: date) -> date:
    """Return the day that a button's word means; raises Invalid for one that no button has."""
    if when == "tomorrow":
        return today + timedelta(days=1)
    if when == "monday":
        return today + timedelta(days=7 - today.weekday())
    if when == "two_weeks":
        return today + timedelta(days=14)
    raise Invalid("Choose the day it should come back.", field="until")


def register(app: AsyncApp) -> None:
    """Listen to what may have been meant and to the days."""
    app.action(re.compile(r"^clarify\.pick\.\d$"))(pick)
    app.action(re.compile(r"^recommendation\.defer_until\.\w+$"))(defer_until)
