"""Share: an answer that its asker shows to the channel they asked in, once, as it is then."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.answers import Answer
from bot.cards.note import note
from bot.cards.share import Room, after_sharing, snapshot
from bot.desk import Desk
from bot.listeners.errors import guarded
from bot.listeners.payload import Body, Click
from bot.listeners.private import is_shared
from bot.listeners.who import identify
from bot.nearby import look_at
from bot.posting import SLACK_TROUBLE, Posted, post, update, whisper
from core.errors import Invalid, StewardError
from storage.inbox import Item

OUTSIDE = "People of another company are in that channel, so I keep your figures out of it."
NOT_THERE = (
    "I cannot write in that channel. Invite me there with /invite, then press the button again."
)
_CLOSED = ("not_in_channel", "channel_not_found", "is_archived")


async def asked(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Keep the wish, so that a second press or a restart shares nothing twice."""
    await ack()
    click = Click.of(body)
    state = body["message"].get("edited", body["message"])["ts"]  # another one may be shared too
    key = f"share:{click.channel}:{click.ts}:{state}"
    kept = await desk.services.inbox.put(key, "share", body, now=desk.now)
    if kept is not None:
        desk.work.start(share(desk, kept))


async def share(desk: Desk, item: Item) -> None:
    """Post what was asked to be shared; whatever forbids it is said beside the answer."""
    click = Click.of(item.body)
    async with guarded(lambda text: _explain(desk, click, text)):
        room = Room.unpacked(item.body["actions"][0]["value"])
        try:
            posted = await _show(desk, click, room, item.body["message"])
        except (StewardError, *SLACK_TROUBLE):
            await desk.services.inbox.forget(item.key)  # so that it can be asked for again
            raise
        await desk.services.inbox.done(item.key, now=desk.now)
        await _say_so(desk, click, room, item.body["message"], posted)


async def _show(desk: Desk, click: Click, room: Room, message: Body) -> Posted:
    asker = await identify(desk, click.user, request_key=click.key)
    if is_shared(await look_at(desk, room.id)):
        raise Invalid(OUTSIDE)
    written = float(message.get("edited", message)["ts"])
    shown = snapshot(message, by=asker.csm.name, at=datetime.fromtimestamp(written, UTC))
    try:
        return await post(desk, Answer(shown), channel=room.id, thread=room.thread or None)
    except SlackApiError as error:
        if error.response.get("error") in _CLOSED:
            raise Invalid(NOT_THERE) from error
        raise


async def _say_so(desk: Desk, click: Click, room: Room, message: Body, posted: Posted) -> None:
    link = await desk.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts)
    shared = after_sharing(message, room, link["permalink"])
    await update(desk, shared, channel=click.channel, ts=click.ts)


async def _explain(desk: Desk, click: Click, text: str) -> None:
    await whisper(desk, note(text), user=click.user, channel=click.channel, thread=click.thread)


def register(app: AsyncApp) -> None:
    """Listen to the button under answers."""
    app.action("answer.share")(asked)
