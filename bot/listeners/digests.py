"""The form that sets a digest, behind `/steward digest` and the buttons, and turning it off."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.cards.digest_form import Form, digest_view, log_view, place_of
from bot.cards.forms import TITLES
from bot.cards.note import loading_view, note_view
from bot.countries import countries, country_of
from bot.desk import Desk
from bot.digests.entered import Entered, read
from bot.digests.scope import scope_of
from bot.digests.settings import check_may_set, setting_of, weekdays_of
from bot.listeners.errors import go_on, guarded
from bot.listeners.forms import fill, open_loading
from bot.listeners.home import show_home
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click
from bot.listeners.question import COMMAND
from bot.listeners.who import identify
from bot.outside import is_shared
from bot.tools.tool import Asker
from core.errors import Invalid
from storage.digests import AUTO, Subscription

OWN = "digest"
"""The value of a button about one's own digest; that of a channel's holds its id."""

WORDS = frozenset({"digest", "digests", "digest settings"})
"""What is typed after the command for the form; everything else is a question."""

LOG_WORDS = frozenset({"digest log", "digest history"})
"""What is typed after the command for what became of the last digests."""

_NO_MEMBER = (
    "I am no member of that channel, so this is your own digest. For the channel's, invite me "
    "there first and type the command again."
)


async def commanded(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the form: in a channel where Steward is a member the channel's, else one's own."""
    view_id = await open_view(desk, body["trigger_id"], loading_view(TITLES["digest"]))
    desk.work.start(_fill_here(desk, body["user_id"], str(body["channel_id"]), view_id))
    await ack()


async def log_commanded(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the log of the same digest that the command's form would be about."""
    view_id = await open_view(desk, body["trigger_id"], loading_view(TITLES["digest"]))
    desk.work.start(_log_here(desk, body["user_id"], str(body["channel_id"]), view_id))
    await ack()


async def _log_here(desk: Desk, user: str, channel: str, view_id: str) -> None:
    async with guarded(lambda text: fill(desk, view_id, note_view(TITLES["digest"], text))):
        asker = await identify(desk, user, request_key=f"form:{view_id}")
        await _show_log(desk, asker, await _place(desk, channel), view_id)


async def _place(desk: Desk, channel: str) -> str:
    """Return the channel a command is about, empty for one's own digest."""
    return channel if channel[:1] in ("C", "G") and await _is_member(desk, channel) else ""


async def _fill_here(desk: Desk, user: str, channel: str, view_id: str) -> None:
    async with guarded(lambda text: fill(desk, view_id, note_view(TITLES["digest"], text))):
        asker = await identify(desk, user, request_key=f"form:{view_id}")
        place = await _place(desk, channel)
        says = channel[:1] in ("C", "G") and not place
        await fill(desk, view_id, await _view(desk, asker, place, says=says))


async def edit(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the form; whoever had none yet finds it switched on."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLES["digest"])
    go_on(desk, body, _fill(desk, click, view_id), view_id=view_id)
    await ack()


async def _fill(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    place = ""
    if click.recommendation != OWN:
        kept = await desk.services.digests.get(click.recommendation)
        place = kept.channel if kept and kept.kind == "channel" else ""
    await fill(desk, view_id, await _view(desk, asker, place))


async def log(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Show what became of the last digests."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLES["digest"])
    go_on(desk, body, _fill_log(desk, click, view_id), view_id=view_id)
    await ack()


async def _fill_log(desk: Desk, click: Click, view_id: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    await _show_log(desk, asker, "", view_id)


async def _show_log(desk: Desk, asker: Asker, place: str, view_id: str) -> None:
    kept = await _kept(desk, asker, place)
    await check_may_set(kept, asker, desk.services.people)
    await fill(desk, view_id, log_view((await setting_of(desk.services.digests, kept, asker)).log))


async def save(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Keep what the form says."""
    user = body["user"]["id"]
    asker = await identify(desk, user, request_key=f"form:{view['id']}")
    place = place_of(view.get("private_metadata", ""))
    given = read(view, asker, place=place)
    if given.room:
        await _check_room(desk, given.room)
    await _keep(desk, asker, user, given)
    await ack()
    desk.work.start(show_home(desk, user))


async def stop(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Turn one's own digest off at once, or that of a channel; the Home tab then says so."""
    await ack()
    click = Click.of(body)
    asker = await identify(desk, click.user, request_key=click.key)
    if click.recommendation == OWN:
        kept = await desk.services.digests.for_csm(asker.csm.id)
    else:
        kept = await desk.services.digests.get(click.recommendation)
    await _turn_off(desk, asker, kept)
    desk.work.start(show_home(desk, click.user))


async def _view(desk: Desk, asker: Asker, place: str, *, says: bool = False) -> Body:
    kept = await _kept(desk, asker, place)
    await check_may_set(kept, asker, desk.services.people)
    setting = await setting_of(desk.services.digests, kept, asker)
    away = None if place else await desk.services.digests.away(asker.csm.id)
    zone = asker.csm.timezone or "UTC"
    if kept and place:
        zone = kept.timezone
    form = Form(
        local_time=kept.local_time if kept else desk.services.settings.digest_time,
        timezone=zone,
        weekdays=weekdays_of(kept),
        holidays=kept.holidays if kept else AUTO,
        holds=kept.holds if kept else None,
        place=place,
        country=countries().get(country_of(zone), ""),
        chosen=countries().get(kept.holidays, "") if kept else "",
        back=away.back if away and away.back > asker.today else None,
        leads=scope_of(asker.csm) == "team",
        says=_NO_MEMBER if says else "",
        log=setting.log,
    )
    return digest_view(form)


async def _kept(desk: Desk, asker: Asker, place: str) -> Subscription | None:
    digests = desk.services.digests
    return await (digests.for_channel(place) if place else digests.for_csm(asker.csm.id))


async def _keep(desk: Desk, asker: Asker, user: str, given: Entered) -> None:
    digests = desk.services.digests
    kept = await _kept(desk, asker, given.room)
    await check_may_set(kept, asker, desk.services.people)
    if not given.room:
        await _pause(desk, asker, given)
    if not given.is_on:
        await _turn_off(desk, asker, kept)
        return
    await digests.subscribe(
        channel=given.room or user,
        kind="channel" if given.room else "person",
        csm_id=asker.csm.id,
        timezone=given.timezone,
        local_time=given.local_time,
        scope=scope_of(asker.csm),
        weekdays=given.weekdays,
        holidays=given.holidays,
        holds=given.holds,
        now=asker.now,
    )


async def _pause(desk: Desk, asker: Asker, given: Entered) -> None:
    """Keep until when somebody is away; an absence to come that the form left alone stays."""
    digests = desk.services.digests
    known = await digests.away(asker.csm.id)
    if given.away is None:
        await digests.come_back(asker.csm.id, today=asker.today, now=asker.now)
    elif known is None or known.back != given.away.back:
        await digests.go_away(asker.csm.id, given.away, now=asker.now)


async def _turn_off(desk: Desk, asker: Asker, kept: Subscription | None) -> None:
    """End a digest; raises NotAllowed for a channel's of somebody outside one's scope."""
    if kept is not None:
        await check_may_set(kept, asker, desk.services.people)
        await desk.services.digests.unsubscribe(kept.id, now=asker.now, by=asker.csm.id)


async def _is_member(desk: Desk, channel: str) -> bool:
    try:
        found = (await desk.client.conversations_info(channel=channel))["channel"]
    except SlackApiError:
        return False  # a private channel that Steward was not invited to
    return bool(found.get("is_member"))


async def _check_room(desk: Desk, channel: str) -> None:
    """Raise Invalid for a channel that cannot have a digest."""
    try:
        found = (await desk.client.conversations_info(channel=channel))["channel"]
    except SlackApiError:
        found = {}
    if not found.get("is_member"):
        raise Invalid("Invite me to that channel first, then save again.", field="room")
    if is_shared(found):
        said = "Another company reads in that channel, and a digest names customers. Choose another"
        raise Invalid(f"{said}.", field="room")


def _typed(body: Body) -> str:
    return " ".join(str(body.get("text", "")).casefold().split())


async def _is_meant(body: Body) -> bool:
    return _typed(body) in WORDS


async def _is_log_meant(body: Body) -> bool:
    return _typed(body) in LOG_WORDS


def register(app: AsyncApp) -> None:
    """Listen to the command, the buttons and the form."""
    app.command(COMMAND, matchers=[_is_meant])(commanded)
    app.command(COMMAND, matchers=[_is_log_meant])(log_commanded)
    app.action("digest.edit")(edit)
    app.action("digest.log")(log)
    app.action("digest.stop")(stop)
    app.view("digest.save")(save)
