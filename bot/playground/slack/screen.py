"""What a person sees: messages, hidden messages, the open modal, the Home tab, the status."""

from __future__ import annotations

import copy

from bot.playground.slack import limits
from bot.playground.slack.backend import Backend
from bot.playground.slack.elements import elements_of
from bot.playground.slack.refusals import NotOnScreen
from bot.playground.slack.state import Channel
from bot.playground.slack.wire import Json


class Screen:
    """Reads the workspace with a person's eyes; everything it returns is a copy."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    def messages(self, channel: str) -> list[Json]:
        """Return a conversation's messages and replies, oldest first, each with its channel.

        A person's id stands for the direct message between that person and the app.
        """
        place = self.place(channel)
        held = self.backend.workspace.in_order(place.id) if place else []
        return [copy.deepcopy(m) | {"channel": place.id} for m in held if place]

    def answers(self, channel: str) -> list[Json]:
        """Return those messages that the app wrote."""
        bot = self.backend.workspace.bot_user
        return [m for m in self.messages(channel) if m["user"] == bot]

    def ephemerals(self, user: str) -> list[Json]:
        """Return the messages that only this person sees, oldest first."""
        held = self.backend.workspace.ephemerals
        mine = [e for e in held if e.user == user]
        return [copy.deepcopy(e.message) | {"channel": e.channel} for e in mine]

    def open_view(self, user: str) -> Json | None:
        """Return the topmost open modal of a person, or None."""
        stack = self.backend.workspace.stacks.get(user, [])
        return copy.deepcopy(self.backend.workspace.views[stack[-1]]) if stack else None

    def home(self, user: str) -> Json | None:
        """Return the Home tab as published for a person, or None."""
        return copy.deepcopy(self.backend.workspace.homes.get(user))

    def status(self, channel: str, thread_ts: str = "") -> str:
        """Return what the app says it is doing in a thread; empty when nothing."""
        place = self.place(channel)
        key = (place.id if place else channel, thread_ts)
        status = self.backend.workspace.statuses.get(key)
        if status is None:
            return ""
        age = (self.backend.clock() - status.since).total_seconds()
        return status.text if age < limits.STATUS_SECONDS else ""

    def calls(self, method: str) -> list[Json]:
        """Return the arguments of every call of a method, oldest first."""
        return [call.arguments for call in self.backend.calls if call.method == method]

    def textless(self) -> list[Json]:
        """Return the arguments of every message that had blocks and no top-level text."""
        return list(self.backend.textless)

    def place(self, channel: str) -> Channel | None:
        """Return a conversation by its id, or the direct message with a person by theirs."""
        workspace = self.backend.workspace
        return workspace.channels.get(channel) or workspace.direct_channel(channel)

    def message_on_screen(self, user: str, message: Json) -> tuple[Channel, Json]:
        """Return a message as it is now; raise NotOnScreen if this person cannot see it."""
        channel = self.backend.workspace.channels.get(message["channel"])
        if channel is None or user not in channel.members:
            raise NotOnScreen(f"{user} is not in {message['channel']}")
        hidden = [e.message for e in self.backend.workspace.ephemerals if e.user == user]
        held = next((m for m in hidden if m["ts"] == message["ts"]), None)
        held = held or self.backend.workspace.message(channel.id, message["ts"])
        if held is None:
            raise NotOnScreen(f"there is no message {message['ts']} in {channel.id}")
        return channel, held

    def view_on_screen(self, user: str, view: Json) -> Json:
        """Return a view as it is now; raise NotOnScreen if it is not the one on top or the Home."""
        stack = self.backend.workspace.stacks.get(user, [])
        home = self.backend.workspace.homes.get(user)
        if stack and stack[-1] == view["id"]:
            return self.backend.workspace.views[view["id"]]
        if home is not None and home["id"] == view["id"]:
            return home
        raise NotOnScreen(f"the view {view['id']} is not open for {user}")


def element_on_screen(
    blocks: list[Json], action_id: str, *, block_id: str = "", value: object = None
) -> tuple[Json, Json]:
    """Return the block and element of an action; a button's value chooses among several."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("action_id") != action_id or block_id not in ("", block["block_id"]):
                continue
            if element["type"] != "button" or value in (None, element.get("value")):
                return block, element
    raise NotOnScreen(f"nothing on screen has the action {action_id!r} (value {value!r})")
