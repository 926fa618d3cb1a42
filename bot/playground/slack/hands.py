"""What a person does: says, clicks, submits, closes, opens a tab."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.slack import events, inputs
from bot.playground.slack.backend import Backend
from bot.playground.slack.elements import feedback_pressed
from bot.playground.slack.mail import Mail
from bot.playground.slack.methods.chat import store
from bot.playground.slack.methods.conversations import direct
from bot.playground.slack.methods.views import put_on_top, replace, take_off
from bot.playground.slack.refusals import NotAnswered, NotOnScreen
from bot.playground.slack.screen import Screen, element_on_screen
from bot.playground.slack.wire import Json


class Hands(Screen):
    """Acts as a person; each act returns when the app has answered Slack's request."""

    def __init__(self, backend: Backend, mail: Mail, hooks_at: str) -> None:
        super().__init__(backend)
        self.mail = mail
        self.hooks_at = hooks_at

    async def say(
        self, user: str, text: str, channel: str | None = None, thread_ts: str = ""
    ) -> Json:
        """Write a message, in the direct message with the app unless a channel is named."""
        place = direct(self.backend, user) if channel is None else self.place(channel)
        if place is None or user not in place.members:
            raise NotOnScreen(f"{user} is not in {channel}")
        message = events.typed_message(self.backend, user, text, thread_ts)
        store(self.backend, place, message)
        if place.is_im or f"<@{self.backend.workspace.bot_user}>" in message["text"]:
            event = events.message_event(self.backend, place, message)
            await self.mail.event(events.envelope(self.backend, event))
        return dict(message) | {"channel": place.id}

    async def mention(self, user: str, channel: str, text: str, thread_ts: str = "") -> Json:
        """Write a message in a channel that begins by naming the app."""
        mention = f"<@{self.backend.workspace.bot_user}>"
        return await self.say(user, f"{mention} {text}", channel, thread_ts)

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home or Messages tab."""
        channel = direct(self.backend, user)
        event = events.home_event(self.backend, user, channel, tab)
        await self.mail.event(events.envelope(self.backend, event))

    async def redeliver(
        self, envelope: Json, number: int = 1, reason: str = "http_timeout"
    ) -> None:
        """Send an event again, as Slack does when it got no answer in time."""
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        await self.mail.event(envelope, retry)

    def enter(self, user: str, message: Json, block_id: str, action_id: str, value: Any) -> None:
        """Enter something in a message's input without sending it."""
        channel, held = self.message_on_screen(user, message)
        element_on_screen(held["blocks"], action_id, block_id=block_id)
        entered = self._entered(user, channel.id, held["ts"])
        entered.setdefault(block_id, {})[action_id] = value

    async def click(
        self,
        user: str,
        on: Json,
        action_id: str,
        value: Any = None,
        *,
        block_id: str = "",
        entered: inputs.Entered | None = None,
    ) -> None:
        """Use a button, menu or picker of a message, an open modal or the Home tab.

        `value` is the button's value when several share the action, or what is chosen.
        `entered` is what stands in a modal's other inputs.
        """
        if "ts" in on:
            await self._click_message(user, on, action_id, value, block_id)
        else:
            await self._click_view(user, on, action_id, value, block_id, entered or {})

    async def submit(
        self,
        user: str,
        view: Json,
        values: Mapping[str, Any] | None = None,
        *,
        entered: inputs.Entered | None = None,
    ) -> dict[str, str]:
        """Submit the topmost modal; return what is wrong by block id, empty when it was taken.

        `values` are plain values by action id or block id; `entered` has them by both. Inputs that
        neither names keep their initial value.
        """
        shown = self.view_on_screen(user, view)
        by_block = entered or inputs.by_block(shown["blocks"], values or {})
        state = inputs.state_values(shown["blocks"], by_block)
        complaints = inputs.complaints(shown["blocks"], state)
        if complaints:
            return complaints
        shown["state"] = {"values": state}
        payload = events.interaction(self.backend, "view_submission", user)
        trigger = self.backend.triggers.issue(user, shown["id"])
        payload |= {"view": shown, "trigger_id": trigger, "response_urls": []}
        answer = await self.mail.interaction(payload)
        return self._submitted(user, shown, json.loads(answer.body or "{}"))

    async def close(self, user: str, view: Json, *, everything: bool = False) -> None:
        """Close the topmost modal; the app hears of it only if the view asked for that."""
        shown = self.view_on_screen(user, view)
        everything = everything or bool(shown["clear_on_close"])
        take_off(self.backend, user, everything=everything)
        if shown["notify_on_close"]:
            payload = events.interaction(self.backend, "view_closed", user)
            await self.mail.interaction(payload | {"view": shown, "is_cleared": everything})

    async def _click_message(
        self, user: str, message: Json, action_id: str, value: Any, block_id: str
    ) -> None:
        channel, held = self.message_on_screen(user, message)
        blocks = held.get("blocks", [])
        block, element = element_on_screen(blocks, action_id, block_id=block_id, value=value)
        state = self._entered(user, channel.id, held["ts"])
        action = self._use(block, element, value, state)
        place = events.message_place(self.backend, user, channel, held)
        place["response_url"] = f"{self.hooks_at}/hooks/{place['response_url']}"
        values = {"values": inputs.state_values(blocks, state)}
        payload = events.interaction(self.backend, "block_actions", user)
        await self.mail.interaction(payload | place | {"state": values, "actions": [action]})

    async def _click_view(
        self,
        user: str,
        view: Json,
        action_id: str,
        value: Any,
        block_id: str,
        typed: inputs.Entered,
    ) -> None:
        shown = self.view_on_screen(user, view)
        blocks = shown["blocks"]
        block, element = element_on_screen(blocks, action_id, block_id=block_id, value=value)
        state = {name: dict(values) for name, values in typed.items()}
        action = self._use(block, element, value, state)
        shown["state"] = {"values": inputs.state_values(blocks, state)}
        payload = events.interaction(self.backend, "block_actions", user)
        payload |= events.view_place(self.backend, user, shown)
        await self.mail.interaction(payload | {"actions": [action]})

    def _use(
        self, block: Json, element: Json, value: Any, state: dict[str, dict[str, Any]]
    ) -> Json:
        if element["type"] in ("button", "image", "icon_button"):
            return events.action(self.backend, block, element, {})
        if element["type"] == "feedback_buttons":
            pressed = feedback_pressed(element, value)
            return events.action(self.backend, block, element, pressed)
        entered = inputs.entered_value(element, value)
        if element["type"] in inputs.STATEFUL:
            state.setdefault(block["block_id"], {})[element["action_id"]] = value
        return events.action(self.backend, block, element, entered)

    def _entered(self, user: str, channel: str, ts: str) -> dict[str, dict[str, Any]]:
        return self.backend.workspace.inputs.setdefault((user, channel, ts), {})

    def _submitted(self, user: str, shown: Json, answer: Json) -> dict[str, str]:
        match answer.get("response_action"):
            case None:
                take_off(self.backend, user)
            case "clear":
                take_off(self.backend, user, everything=True)
            case "update":
                replace(self.backend, shown, answer.get("view"))
            case "push":
                put_on_top(self.backend, user, answer.get("view"))
            case "errors":
                return _errors(shown, answer)
            case other:
                raise NotAnswered(200, f"unknown response_action {other!r}")
        return {}


def _errors(shown: Json, answer: Json) -> dict[str, str]:
    errors = {str(name): str(text) for name, text in answer.get("errors", {}).items()}
    fields = {block["block_id"] for block in shown["blocks"] if block["type"] == "input"}
    if not errors or not errors.keys() <= fields:
        raise NotAnswered(200, f"errors must name input blocks: {sorted(errors)}")
    return errors
