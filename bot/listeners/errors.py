"""The last resort: every error ends here and becomes a sentence for the person it met."""

import html
import json
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.answers import Block, Card
from bot.cards.blocks import context as small_print
from bot.cards.note import note, note_view
from bot.desk import Desk
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click, entered
from bot.listeners.refused import note_click
from bot.listeners.who import local_date
from bot.posting import SLACK_TROUBLE, is_passing, refresh, update, whisper
from bot.refusals import code_of
from bot.sentences import sentence, unexpected
from core.errors import (
    DecisionRefused,
    Invalid,
    RecommendationGone,
    StewardError,
    Unreachable,
)

log = logging.getLogger(__name__)

LATE = "Slack did not open the form in time. Nothing was changed. Please press the button again."
AWAY = "Slack does not do what I ask it for at the moment. Please try again in a minute."
_LOST = (OperationalError, InterfaceError)
_LATE_CODES = ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired")


def spoken(error: Exception) -> str:
    """Return what to say about an error; one that nobody foresaw is logged with a reference."""
    if isinstance(error, StewardError):
        return sentence(error)
    if isinstance(error, SlackApiError) and code_of(error) in _LATE_CODES:
        return LATE
    if isinstance(error, _LOST):
        log.error("the database is away: %s", type(error.orig).__name__)
        return sentence(Unreachable("the database"))
    if is_away(error):
        log.warning("Slack is away: %s", type(error).__name__)
        return AWAY
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s", reference, exc_info=error)
    return unexpected(reference)


def is_away(error: Exception) -> bool:
    """Tell whether Slack or the database failed, in a way that may be over in a minute."""
    return isinstance(error, (*_LOST, Unreachable)) or is_passing(error)


@asynccontextmanager
async def guarded(tell: Callable[[str], Awaitable[object]]) -> AsyncIterator[None]:
    """Turn any error inside the block into a sentence and `tell` it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the one last resort: nobody stands behind this
        await _tell(tell, spoken(error))


async def answer_error(
    error: Exception, body: Body, context: AsyncBoltContext, desk: Desk | None
) -> BoltResponse:
    """Tell the person whose click, form or event met an error, and bring the message up to date."""
    text, kind = spoken(error), body.get("type")
    if kind == "view_submission":
        if desk is not None:
            await note_click(desk, error, body)
        return _in_form(error, text, body)
    if "command" in body:
        return _json({"response_type": "ephemeral", "text": text})
    # There is no desk yet when Slack did not say whose team it is.
    if kind == "message_action" and desk is not None:
        await _tell(lambda said: _show(desk, said, body["trigger_id"]), text)
        return BoltResponse(status=200)
    if kind == "block_actions" and desk is not None:
        await after_click(desk, error, body, text=text, view_id=context.get("view_id") or "")
        return BoltResponse(status=200)
    # An event that could not be kept is not acknowledged: Slack brings it again in a minute.
    return BoltResponse(status=503)


def go_on(desk: Desk, body: Body, rest: Coroutine[Any, Any, object], *, view_id: str = "") -> None:
    """Do the rest of a click once it is acknowledged: Slack waits three seconds for that.

    Whatever goes wrong is said in the form that the click opened, or where it was clicked.
    """
    desk.work.start(_rest(desk, body, rest, view_id))


async def _rest(desk: Desk, body: Body, rest: Coroutine[Any, Any, object], view_id: str) -> None:
    try:
        await rest
    except Exception as error:  # noqa: BLE001 - as `guarded`: nobody stands behind this
        await after_click(desk, error, body, view_id=view_id)


async def after_click(
    desk: Desk, error: Exception, body: Body, *, text: str = "", view_id: str = ""
) -> None:
    """Tell whoever clicked what went wrong, and bring what they clicked on up to date.

    `view_id` is the form that the click opened, if it opened one.
    """
    text = text or spoken(error)
    await note_click(desk, error, body)
    await _bring_up_to_date(desk, error, body)
    await _tell(lambda said: _say(desk, said, body, view_id), text)


async def _tell(tell: Callable[[str], Awaitable[object]], text: str) -> None:
    try:
        await tell(text)
    except SLACK_TROUBLE as trouble:
        log.warning("Slack did not take the sentence %r: %s", text, trouble)


def _in_form(error: Exception, text: str, body: Body) -> BoltResponse:
    view = body["view"]
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    # A form that can be sent again keeps what was entered.
    if fields and (isinstance(error, Invalid) or is_away(error)):
        field = _meant(error.field, view) if isinstance(error, Invalid) else None
        field = field if field in fields else fields[0]
        return _json({"response_action": "errors", "errors": {field: text}})
    title = view["title"]["text"]
    return _json({"response_action": "update", "view": note_view(title, text)})


def _meant(field: str | None, view: Body) -> str | None:
    """Return where the person wrote what is wrong: the other day counts before the quick choice."""
    return "date" if field == "until" and entered(view, "date", "date") else field


def _json(answer: Body) -> BoltResponse:
    return BoltResponse(
        status=200,
        body=json.dumps(answer),
        headers={"content-type": "application/json;charset=utf-8"},
    )


async def _say(desk: Desk, text: str, body: Body, view_id: str) -> None:
    """Answer a click: in the form it opened, beside the message it was on, or in a new form."""
    click = Click.of(body)
    if view_id:
        await desk.client.views_update(view_id=view_id, view=note_view("Steward", text))
    elif click.channel:
        await whisper(desk, note(text), user=click.user, channel=click.channel, thread=click.thread)
    else:
        await _show(desk, text, click.trigger)


async def _show(desk: Desk, text: str, trigger: str) -> None:
    await open_view(desk, trigger, note_view("Steward", text))


async def _bring_up_to_date(desk: Desk, error: Exception, body: Body) -> None:
    click = Click.of(body)
    if isinstance(error, DecisionRefused):
        today = await local_date(desk, click.user)
        desk.work.start(_refreshed(desk, click, today))
    if isinstance(error, RecommendationGone) and click.channel:
        struck = _struck_out(click.recommendation, body["message"])
        await update(desk, struck, channel=click.channel, ts=click.ts)


async def _refreshed(desk: Desk, click: Click, today: date) -> None:
    try:
        await refresh(desk, click.recommendation, today=today, first=click.ts)
    except SLACK_TROUBLE as trouble:
        log.warning("cards of %s were not redrawn: %s", click.recommendation, trouble)


def _struck_out(recommendation: str, message: Body) -> Card:
    """Return a message without a recommendation that no longer exists, saying so in its place."""
    blocks: list[Block] = []
    for block in message["blocks"]:
        if not block["block_id"].startswith(recommendation):
            blocks.append(block)
        elif not any(kept["block_id"] == "gone" for kept in blocks):
            blocks.append(small_print("This recommendation no longer exists.", "gone"))
    return Card(html.unescape(message.get("text", "")), tuple(blocks))


def register(app: AsyncApp) -> None:
    """Send every listener's error here."""
    app.error(answer_error)
