"""What a person does beside writing and pressing: commands, shortcuts, Stop, looking elsewhere."""

from __future__ import annotations

import json
from typing import Any

from bot.playground.slack import events
from bot.playground.slack.hands import Hands
from bot.playground.slack.methods.conversations import direct
from bot.playground.slack.methods.streams import stop_streams
from bot.playground.slack.refusals import NotOnScreen
from bot.playground.slack.shaping import shown_user
from bot.playground.slack.state import Channel, Ephemeral
from bot.playground.slack.wire import Json


class Reach(Hands):
    """Acts as a person in the ways that lead to Steward from anywhere."""

    async def command(self, user: str, text: str, channel: str | None = None) -> None:
        """Type a slash command, its name first; only they see what the app answers at once."""
        place = self._here(user, channel)
        name, _, said = text.partition(" ")
        form = events.command(self.backend, user, place, name, said.strip())
        answer = await self.mail.command(form | {"response_url": self._hook(user, place)})
        self._whisper(user, place, answer.body)

    async def shortcut(self, user: str, message: Json, callback_id: str) -> None:
        """Choose the app's shortcut in the menu of a message."""
        channel, held = self.message_on_screen(user, message)
        payload = events.interaction(self.backend, "message_action", user)
        await self.mail.interaction(
            payload
            | {
                "callback_id": callback_id,
                "trigger_id": self.backend.triggers.issue(user),
                "response_url": self._hook(user, channel),
                "message_ts": held["ts"],
                "channel": {"id": channel.id, "name": _name(channel)},
                "message": held,
            }
        )

    async def stop(self, user: str, channel: str, thread_ts: str) -> None:
        """Press the Stop button of a session that is under way."""
        place = self._here(user, channel)
        if not self.status(place.id, thread_ts):
            raise NotOnScreen(f"nothing is under way in {thread_ts}")
        stopped = stop_streams(self.backend, place, thread_ts)
        ts = self.backend.timestamps.next()
        event = events.stop_event(place, user, thread_ts, ts, stopped)
        await self.mail.event(events.envelope(self.backend, event))

    async def look(self, user: str, channel: str) -> None:
        """Look at a channel beside the conversation with the app."""
        place, ts = direct(self.backend, user), self.backend.timestamps.next()
        event = events.looking_event(place, user, channel, ts)
        await self.mail.event(events.envelope(self.backend, event))

    async def become(self, user: str, *, quietly: bool = False, **changes: Any) -> None:
        """Change what a person is; `quietly` without telling the app, as when it is not running."""
        held = self.backend.workspace.users[user]
        for name, value in changes.items():
            setattr(held, name, value)
        if not quietly:
            profile = shown_user(held, self.backend.workspace.team, self.backend.clock())
            event = {"type": "user_change", "user": profile, "cache_ts": 0}
            await self.mail.event(events.envelope(self.backend, event))

    def _here(self, user: str, channel: str | None) -> Channel:
        place = direct(self.backend, user) if channel is None else self.place(channel)
        if place is None or user not in place.members:
            raise NotOnScreen(f"{user} is not in {channel}")
        return place

    def _hook(self, user: str, channel: Channel) -> str:
        name = self.backend.hooks.issue(
            user=user, channel=channel.id, message_ts="", thread_ts="", hidden=False
        )
        return f"{self.hooks_at}/hooks/{name}"

    def _whisper(self, user: str, channel: Channel, body: str) -> None:
        """Show the text or message that acknowledged a command."""
        if not body:
            return
        given: Json = json.loads(body) if body.startswith("{") else {"text": body}
        message: Json = {
            "type": "message",
            "user": self.backend.workspace.bot_user,
            "ts": self.backend.timestamps.next(),
            "is_ephemeral": True,
            **{name: given[name] for name in ("text", "blocks") if name in given},
        }
        self.backend.workspace.ephemerals.append(Ephemeral(channel.id, user, message))
        self.backend.changed()


def _name(channel: Channel) -> str:
    return "directmessage" if channel.is_im else channel.name
