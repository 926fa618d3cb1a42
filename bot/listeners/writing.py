"""How a CSM writes: the form over a draft, a message or the Home tab, and keeping what it says."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.note import loading_view, note_view
from bot.cards.writing import GONE, SAVED, SAVED_OVER_DRAFT, TITLE, writing_view
from bot.desk import Desk
from bot.listeners.errors import go_on
from bot.listeners.forms import fill
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click, entered
from bot.listeners.resources import draft_view
from bot.listeners.who import identify
from core.tone import measure
from storage.writing import MOST


async def edit(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Open the form, above the draft if it was asked for there."""
    click = Click.of(body)
    above = (body.get("view") or {}).get("type") == "modal"
    view_id = await open_view(desk, click.trigger, loading_view(TITLE), above=above)
    go_on(desk, body, _fill(desk, click, view_id, over=_over(body)), view_id=view_id)
    await ack()


async def _fill(desk: Desk, click: Click, view_id: str, *, over: str) -> None:
    asker = await identify(desk, click.user, request_key=click.key)
    samples = await desk.services.drafts.samples.of(asker.csm.id)
    tone = measure(samples, asker.csm.name)
    await fill(desk, view_id, writing_view(samples, tone, most=MOST, about=over))


async def save(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Keep the examples, say so, and draw the draft again that the form stands over."""
    user = body["user"]["id"]
    asker = await identify(desk, user, request_key=f"form:{view['id']}")
    fields = [f"sample_{place}" for place in range(1, MOST + 1)]
    texts = [entered(view, name, name) for name in fields]
    kept = await desk.services.drafts.samples.keep(asker.csm.id, texts, now=asker.now)
    draft, _, drawn = str(view["private_metadata"]).partition(" ")
    said = GONE if not kept else SAVED_OVER_DRAFT if draft else SAVED
    await ack(response_action="update", view=note_view(TITLE, said))
    if draft:
        chosen, _, recommendation = drawn.partition(":")
        await fill(desk, draft, await draft_view(desk, asker, recommendation, chosen))


def _over(body: Body) -> str:
    """Return the open draft that a click came from, its view and what it shows; or nothing."""
    view = body.get("view") or {}
    drawn = str(view.get("private_metadata", "")) if view.get("type") == "modal" else ""
    return f"{view['id']} {drawn}" if drawn else ""


def register(app: AsyncApp) -> None:
    """Listen to the button and the form."""
    app.action("writing.open")(edit)
    app.view("writing.save")(save)
