"""Share: an answer that its asker shows to a channel, once, as it is then."""

import logging
import re
from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot import outgoing
from bot.answers import Answer, Card
from bot.cards.note import note, note_view
from bot.cards.share import (
    ABOUT,
    PICK,
    SEND,
    Room,
    Source,
    after_sharing,
    is_offered,
    pick_view,
    send_view,
    shared_in,
    snapshot,
)
from bot.desk import Desk
from bot.keeping import does, is_hindrance, keep
from bot.listeners import refused
from bot.listeners.errors import spoken
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click
from bot.listeners.who import check_may_decide, identify
from bot.nearby import look_at
from bot.outside import is_shared
from bot.posting import SLACK_TROUBLE, Posted, is_passing, update, whisper
from bot.tools.tool import Asker
from core.errors import Invalid, NotAllowed
from storage.inbox import Item, finish

log = logging.getLogger(__name__)

_SHOWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.)")
"""How the id of a block begins that shows a recommendation: with the recommendation's."""

OUTSIDE = "People of another company are in that channel, so I keep your figures out of it."
NOT_THERE = "I am no member of that channel. Invite me there with /invite, then try again."
NOT_MINE = "I can share what I answered you here. Choose this on an answer in our direct message."
SOON = "Slack does not take it just now. I share it in #{room} as soon as it does."
GONE = "I cannot find that answer any more. Please ask again, then share the new one."


async def pressed(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Share the answer that the button is under with the channel it was asked in."""
    await ack()
    click, message = Click.of(body), body["message"]
    state = message.get("edited", message)["ts"]  # another one may be shared too
    source = Source(click.user, click.channel, click.ts, click.thread or "")
    room = Room.unpacked(body["actions"][0]["value"])
    await _keep(desk, f"share:{click.channel}:{click.ts}:{state}", source, room, message)


async def chosen(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Ask which channel is to see an answer that its reader chose in its menu."""
    message, channel = body["message"], body["channel"]["id"]
    own = message.get("app_id") == body["api_app_id"] and channel.startswith("D")
    source = Source(body["user"]["id"], channel, message["ts"], message.get("thread_ts", ""))
    view = pick_view(source) if own else note_view("Share Answer", NOT_MINE)
    await open_view(desk, body["trigger_id"], view)
    await ack()


async def picked(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Say who is going to see it, before anybody does."""
    await identify(desk, body["user"]["id"], request_key=f"form:{view['id']}")
    id = str(view["state"]["values"]["room"]["room"].get("selected_conversation") or "")
    seen = await look_at(desk, id) if id else {}
    if not seen.get("name") or not seen.get("is_member", True):
        raise Invalid(NOT_THERE, field="room")
    if is_shared(seen):
        raise Invalid(OUTSIDE, field="room")
    source = Source.unpacked(view["private_metadata"])
    await ack(response_action="update", view=send_view(source, Room(id, str(seen["name"]))))


async def sent(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Share what was chosen with the channel that the form named."""
    source = replace(Source.unpacked(view["private_metadata"]), user=body["user"]["id"])
    message = await _find(desk, source)
    await ack()
    await _keep(desk, f"share:{view['id']}", source, source.room, message)


@does("share")
async def share(desk: Desk, item: Item) -> None:
    """Post what was asked to be shared; whatever forbids it is said beside the answer."""
    source, shown = Source(**item.body["source"]), item.body["message"]
    room = Room.unpacked(item.body["room"])
    try:
        posted = await _show(desk, item, source, room, shown)
    except Exception as error:
        if is_hindrance(error, item):
            raise
        await desk.services.inbox.forget(item.key)  # so that it can be asked for again
        await refused.note(
            desk, error, source.user, key=item.key, place=(source.channel, source.ts)
        )
        await _whisper(desk, source, note(spoken(error)))
        return
    try:
        await _say_so(desk, source, room, shown, posted)
    except SLACK_TROUBLE as trouble:
        log.warning("it was not said that an answer was shared: %s", type(trouble).__name__)


async def _keep(desk: Desk, key: str, source: Source, room: Room, message: Body) -> None:
    """Keep the wish, so that a second press or a restart shares nothing twice."""
    kept = {"source": source.fields, "room": room.packed, "message": message}
    await keep(desk, key, "share", kept)


async def _find(desk: Desk, source: Source) -> Body:
    """Return the answer as it is now."""
    found = await desk.client.conversations_replies(
        channel=source.channel,
        ts=source.thread or source.ts,
        oldest=source.ts,
        latest=source.ts,
        inclusive=True,
    )
    message = next((one for one in found["messages"] if one["ts"] == source.ts), None)
    if message is None:
        raise Invalid(GONE)
    return dict(message)


async def _show(desk: Desk, item: Item, source: Source, room: Room, message: Body) -> Posted | None:
    """Post it; None when it is not there yet, or another process does it."""
    asker = await identify(desk, source.user, request_key=f"share:{source.ts}")
    await _check_may_share(desk, asker, source, message)
    if is_shared(await _look(desk, room)):
        raise Invalid(OUTSIDE)
    written = float(message.get("edited", message)["ts"])
    shown = snapshot(message, by=asker.csm.name, at=datetime.fromtimestamp(written, UTC))
    # Its lease names this wish: the same answer may be shared again when this one is refused.
    letter = outgoing.message(
        f"share:{item.lease}", Answer(shown), channel=room.id, thread=room.thread or None
    )
    held = None
    async with desk.services.database.write() as session:
        if await finish(session, item, now=desk.now):
            held = await desk.services.outbox.begin(session, letter, now=desk.now)
    posted = await outgoing.send(desk, held) if held else None
    fate = await desk.services.outbox.find(letter.key)
    if fate is not None and fate.state == "dead":
        raise Invalid(OUTSIDE if fate.problem == outgoing.OUTSIDE else NOT_THERE)
    return posted


async def _check_may_share(desk: Desk, asker: Asker, source: Source, message: Body) -> None:
    """Raise NotAllowed for another's answer, or one about an account that is no longer theirs."""
    opened = await desk.client.conversations_open(users=source.user)
    if str(opened["channel"]["id"]) != source.channel:
        raise NotAllowed("That answer")
    ids = dict.fromkeys(
        found[0]
        for block in message["blocks"]
        if (found := _SHOWN.match(str(block.get("block_id", ""))))
    )
    for shown in await desk.services.recommendations.find(list(ids)):
        await check_may_decide(desk, asker.csm, shown)


async def _look(desk: Desk, room: Room) -> Body:
    """Return what Slack tells of a channel; raises what may be told later.

    Nothing is shared with a channel of which nobody knows who reads there.
    """
    try:
        return dict((await desk.client.conversations_info(channel=room.id))["channel"])
    except SlackApiError as error:
        if is_passing(error):
            raise
        raise Invalid(NOT_THERE) from error


async def _say_so(
    desk: Desk, source: Source, room: Room, message: Body, posted: Posted | None
) -> None:
    """Leave a line with the way there: in the button's place, or beside the answer."""
    if posted is None:
        await _whisper(desk, source, note(SOON.format(room=room.name)))
        return
    found = await desk.client.chat_getPermalink(channel=posted.channel, message_ts=posted.ts)
    link = str(found["permalink"])
    if is_offered(message):
        shown = after_sharing(message, room, link)
        await update(desk, shown, channel=source.channel, ts=source.ts)
        return
    await _whisper(desk, source, shared_in(room, link))


async def _whisper(desk: Desk, source: Source, said: Card) -> None:
    thread = source.thread or None
    await whisper(desk, said, user=source.user, channel=source.channel, thread=thread)


def register(app: AsyncApp) -> None:
    """Listen to the button under answers, to the shortcut on them, and to its two forms."""
    app.action("answer.share")(pressed)
    app.shortcut(ABOUT)(chosen)
    app.view(PICK)(picked)
    app.view(SEND)(sent)
