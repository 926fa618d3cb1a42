"""What people say of texts that a model wrote: kept, with the reason when it was not helpful."""

import json

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.cards.feedback import ACTION, FORM, WRONG, why_not_view
from bot.cards.note import note
from bot.desk import Desk
from bot.listeners.opening import open_view
from bot.listeners.payload import Body, Click, entered
from bot.listeners.who import identify
from bot.posting import whisper
from core.errors import Invalid
from storage.feedback import Feedback, Verdict

THANKS = "Thank you. That helps to decide which texts are worth writing."


async def judged(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Keep the verdict at once; whoever was not helped is asked why."""
    click = Click.of(body)
    answer, _, key = str(body["actions"][0]["value"]).partition(":")
    helpful = answer == "yes"
    if not helpful:
        await open_view(desk, click.trigger, why_not_view(key))
    await ack()
    asker = await identify(desk, click.user, request_key=click.key)
    verdict = Verdict(key, asker.csm.id, desk.now, helpful=helpful)
    await Feedback(desk.services.database).keep(verdict)
    if helpful:
        await whisper(
            desk, note(THANKS), user=click.user, channel=click.channel, thread=click.thread
        )


async def explained(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Keep what was wrong."""
    reason, said = entered(view, "reason", "reason"), entered(view, "note", "note")
    if reason not in WRONG:
        raise Invalid("Choose what fits best.", field="reason")
    key = json.loads(view["private_metadata"])["key"]
    asker = await identify(desk, body["user"]["id"], request_key=f"form:{view['id']}")
    verdict = Verdict(key, asker.csm.id, desk.now, helpful=False, reason=reason, note=said)
    await Feedback(desk.services.database).keep(verdict)
    await ack()


def register(app: AsyncApp) -> None:
    """Listen to the two buttons and to the form."""
    app.action(ACTION)(judged)
    app.view(FORM)(explained)
