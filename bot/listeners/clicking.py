"""Clicks that change or post something: kept before they are acknowledged, done after."""

from collections.abc import Awaitable, Callable

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import Desk
from bot.keeping import does, is_hindrance, keep
from bot.listeners.errors import after_click
from bot.listeners.payload import Body, Click
from storage.inbox import Item

Done = Callable[[Body, Desk], Awaitable[None]]
Listener = Callable[[AsyncAck, Body, Desk], Awaitable[None]]

_DONE: dict[str, Done] = {}
_KEPT = (
    *("type", "user", "team", "container", "channel", "message", "actions", "trigger_id"),
    "state",
)
_KEPT_OF_VIEW = ("id", "type", "private_metadata")


def kept(done: Done) -> Listener:
    """Return the listener that keeps a click and has `done` do what it asks for.

    What shows the same recommendation is clicked on in order; a click that Slack brings twice, or
    whose process ends, is done once. Whatever goes wrong is said where it was clicked.
    """
    name = f"{done.__module__.rpartition('.')[2]}.{done.__name__}"
    _DONE[name] = done

    async def listener(ack: AsyncAck, body: Body, desk: Desk) -> None:
        click = Click.of(body)
        slim = {"name": name, "click": _slimmed(body)}
        await keep(desk, click.key, "click", slim, turn=f"click:{click.recommendation[:150]}")
        await ack()

    return listener


@does("click")
async def work(desk: Desk, item: Item) -> None:
    """Do what a kept click asks for."""
    body = item.body["click"]
    try:
        await _DONE[item.body["name"]](body, desk)
    except Exception as error:
        if is_hindrance(error, item):
            raise
        await after_click(desk, error, body)


def _slimmed(body: Body) -> Body:
    """Return of a click what its work needs."""
    slim = {name: body[name] for name in _KEPT if name in body}
    if "view" in body:
        slim["view"] = {name: body["view"][name] for name in _KEPT_OF_VIEW if name in body["view"]}
    return slim
