"""Decisions on a recommendation: accept and undo at once, the others by their form."""

from datetime import date

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.listeners.clicking import kept
from bot.listeners.deciding import Choice, decide
from bot.listeners.payload import Body, Click, entered, ticked
from core.errors import Invalid
from core.recommendations import DecisionKind, DismissReason, OutcomeResult


@kept
async def accept(body: Body, desk: Desk) -> None:
    """Accept at once."""
    await decide(desk, Click.of(body), Choice(DecisionKind.ACCEPT))


@kept
async def undo(body: Body, desk: Desk) -> None:
    """Take the last decision back, within ten minutes."""
    await decide(desk, Click.of(body), Choice(DecisionKind.UNDO))


async def defer(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Put off until the day that the form names, or what happens at the latest by then."""
    happening, _, latest = entered(view, "happening", "happening").partition(":")
    until = entered(view, "date", "date") or latest or entered(view, "until", "until")
    choice = Choice(
        DecisionKind.DEFER,
        until=_day(until),
        note=entered(view, "note", "note"),
        happening=happening or None,
    )
    await decide(desk, Click.submitted(body), choice)
    await ack()


async def dismiss(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Dismiss for the reason that the form names."""
    reason, note = entered(view, "reason", "reason"), entered(view, "note", "note")
    if not reason:
        raise Invalid("Choose the reason that fits best.", field="reason")
    doubts = ticked(view, "doubts", "doubts") if reason == DismissReason.WRONG_DATA else ()
    choice = Choice(DecisionKind.DISMISS, DismissReason(reason), note, doubts=doubts)
    await decide(desk, Click.submitted(body), choice)
    await ack()


async def complete(ack: AsyncAck, body: Body, view: Body, desk: Desk) -> None:
    """Complete with what came of it."""
    result, outcome = entered(view, "result", "result"), entered(view, "outcome", "outcome")
    if not result:
        raise Invalid("Choose how it went.", field="result")
    choice = Choice(DecisionKind.COMPLETE, result=OutcomeResult(result), note=outcome)
    await decide(desk, Click.submitted(body), choice)
    await ack()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Choose the day it should come back.", field="until") from error


def register(app: AsyncApp) -> None:
    """Listen to the buttons that decide and to the forms' submissions."""
    app.action("recommendation.accept")(accept)
    app.action("recommendation.undo")(undo)
    app.view("recommendation.defer")(defer)
    app.view("recommendation.dismiss")(dismiss)
    app.view("recommendation.complete")(complete)
