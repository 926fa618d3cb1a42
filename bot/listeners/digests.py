"""A person's digest setting: the form behind the Home tab's buttons."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.cards.digest_form import digest_view
from bot.cards.forms import TITLES
from bot.desk import Desk
from bot.digests.scope import scope_of
from bot.listeners.forms import fill, open_loading
from bot.listeners.home import digest_setting, show_home
from bot.listeners.payload import Body, Click, entered
from bot.listeners.who import identify
from bot.tools.tool import Asker
from core.errors import Invalid, NotAllowed

OWN = "digest"
"""The value of a button about one's own digest; that of a channel's holds its id."""


async def edit(ack: AsyncAck, body: Body, context: AsyncBoltContext, desk: Desk) -> None:
    """Open the form; whoever had none yet finds it switched on."""
    click = Click.of(body)
    view_id = await open_loading(desk, click, TITLES["digest"], context)
    await ack()
    asker = await identify(desk, click.user, request_key=click.key)
    kept = await digest_setting(desk, asker)
    view = digest_view(enabled=True, local_time=kept.local_time, timezone=kept.timezone)
    await fill(desk, view_id, view)


async def save(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Keep what the form says."""
    user = body["user"]["id"]
    asker = await identify(desk, user, request_key=f"form:{view['id']}")
    if entered(view, "switch", "switch") == "on":
        await _turn_on(desk, asker, user, entered(view, "time", "time"))
    else:
        await _turn_off(desk, asker)
    await ack()
    desk.work.start(show_home(desk, user))


async def stop(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Turn one's own digest off at once, or that of a channel; the Home tab then says so."""
    await ack()
    click = Click.of(body)
    asker = await identify(desk, click.user, request_key=click.key)
    if click.recommendation == OWN:
        await _turn_off(desk, asker)
    else:
        await _turn_off_in_channel(desk, asker, click.recommendation)
    desk.work.start(show_home(desk, click.user))


async def _turn_on(desk: Desk, asker: Asker, user: str, local_time: str) -> None:
    if not local_time:
        raise Invalid("Choose when the digest should come.", field="time")
    await desk.services.digests.subscribe(
        channel=user,
        kind="person",
        csm_id=asker.csm.id,
        timezone=asker.csm.timezone or "UTC",
        local_time=local_time,
        scope=scope_of(asker.csm),
        now=asker.now,
    )


async def _turn_off(desk: Desk, asker: Asker) -> None:
    kept = await desk.services.digests.for_csm(asker.csm.id)
    if kept is not None:
        await desk.services.digests.unsubscribe(kept.id, now=asker.now)


async def _turn_off_in_channel(desk: Desk, asker: Asker, id: str) -> None:
    """End a channel's digest for whoever set it up; raises NotAllowed for somebody else."""
    kept = next((one for one in await desk.services.digests.enabled() if one.id == id), None)
    if kept is None:
        return
    if kept.csm_id != asker.csm.id:
        raise NotAllowed("That channel's digest")
    await desk.services.digests.unsubscribe(id, now=asker.now)


def register(app: AsyncApp) -> None:
    """Listen to the digest's buttons and its form."""
    app.action("digest.edit")(edit)
    app.action("digest.stop")(stop)
    app.view("digest.save")(save)
