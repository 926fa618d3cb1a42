"""Payloads for whatever is listened to: the list comes from the listeners themselves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from slack_bolt.async_app import AsyncApp

from bot.listeners import register
from bot.playground.slack import LocalSlack, events
from tests.scenarios.office import Json

Listener = Callable[..., Any]


@dataclass(slots=True)
class Noted:
    """Notes what is listened to, in the app's place; a kind that it does not know is an error."""

    found: list[tuple[str, str]] = field(default_factory=list)

    def event(self, name: str) -> Callable[[Listener], Listener]:
        return self._note("event", name)

    def action(self, name: "str | re.Pattern[str]") -> Callable[[Listener], Listener]:
        return self._note("action", name)

    def view(self, name: str) -> Callable[[Listener], Listener]:
        return self._note("view", name)

    def command(self, name: str, **_: object) -> Callable[[Listener], Listener]:
        return self._note("command", name)

    def shortcut(self, name: str) -> Callable[[Listener], Listener]:
        return self._note("shortcut", name)

    def error(self, listener: Listener) -> Listener:
        return listener

    def use(self, middleware: Listener) -> Listener:
        return middleware

    def _note(self, kind: str, name: "str | re.Pattern[str]") -> Callable[[Listener], Listener]:
        self.found.append((kind, name if isinstance(name, str) else _fitting(name)))
        return lambda listener: listener


def listened_to() -> list[tuple[str, str]]:
    """Return the kind and name of everything that is listened to."""
    noted = Noted()
    register(cast("AsyncApp", noted))
    return list(dict.fromkeys(noted.found))


@dataclass(frozen=True, slots=True)
class Stolen:
    """What somebody in one workspace knows of another: ids, and what was shown there."""

    user: str
    channel: str
    message: Json
    values: tuple[str, ...]
    metadata: tuple[str, ...]


class Forger:
    """Makes a person's payloads that name what belongs to another workspace."""

    def __init__(self, slack: LocalSlack, user: str, stolen: Stolen) -> None:
        self.slack, self.user, self.stolen = slack, user, stolen

    def payloads(self, kind: str, name: str) -> Iterator[Json]:
        """Yield them for one thing that is listened to, as events, interactions and forms."""
        yield from getattr(self, f"_{kind}")(name)

    def _event(self, name: str) -> Iterator[Json]:
        stolen = self.stolen
        for user in (self.user, stolen.user):
            yield events.envelope(
                self.slack.backend,
                {
                    "type": name,
                    "user": user if name != "user_change" else {"id": user, "profile": {}},
                    "channel": stolen.channel,
                    "channel_type": "im",
                    "tab": "home",
                    "text": "why? show me the first one",
                    "ts": self.slack.backend.timestamps.next(),
                    "thread_ts": stolen.message["ts"],
                    "context": {"entities": []},
                    "tokens": {},
                },
            )

    def _action(self, name: str) -> Iterator[Json]:
        for value in self.stolen.values:
            message = self.stolen.message
            on_message = {
                "container": {
                    "type": "message",
                    "message_ts": message["ts"],
                    "channel_id": self.stolen.channel,
                },
                "channel": {"id": self.stolen.channel, "name": "directmessage"},
                "message": message,
                "state": {"values": {}},
            }
            yield self._pressed(name, value) | on_message
        for kind, value, metadata in zip(
            ("home", "modal", "modal"), self.stolen.values, self.stolen.metadata, strict=False
        ):
            view = self._view_named("", metadata) | {"type": kind}
            in_view = {"container": {"type": "view", "view_id": view["id"]}, "view": view}
            yield self._pressed(name, value) | in_view

    def _pressed(self, name: str, value: str) -> Json:
        action: Json = {
            "action_id": name,
            "type": "button",
            "block_id": f"{value}.v1",
            "value": value,
            "action_ts": "1.1",
        }
        if ":" in value:
            action |= {"type": "overflow", "selected_option": {"value": value}}
        return self._by("block_actions") | {"actions": [action]}

    def _view(self, name: str) -> Iterator[Json]:
        for metadata in self.stolen.metadata:
            yield self._by("view_submission") | {"view": self._view_named(name, metadata)}

    def _view_named(self, name: str, metadata: str) -> Json:
        return {
            "id": f"V{self.slack.backend.ids()}",
            "type": "modal",
            "callback_id": name,
            "private_metadata": metadata,
            "title": {"type": "plain_text", "text": "Steward"},
            "state": {"values": self._entered()},
            "blocks": [],
            "hash": "1",
        }

    def _entered(self) -> Json:
        chosen = {"value": "stolen"}
        room = {"selected_conversation": self.stolen.channel}
        reason = {"selected_option": {"value": "not_relevant"}}
        return {
            "room": {"room": room},
            "reason": {"reason": reason},
            "note": {"note": chosen},
        }

    def _command(self, name: str) -> Iterator[Json]:
        for text in ("top actions", "digest", "people", self.stolen.values[0]):
            place = self.slack.backend.workspace.direct_channel(self.user)
            assert place is not None
            yield events.command(self.slack.backend, self.user, place, name, text) | {
                "channel_id": self.stolen.channel
            }

    def _shortcut(self, name: str) -> Iterator[Json]:
        yield self._by("message_action") | {
            "callback_id": name,
            "message_ts": self.stolen.message["ts"],
            "channel": {"id": self.stolen.channel, "name": "directmessage"},
            "message": self.stolen.message,
            "response_url": "http://127.0.0.1:9/",
        }

    def _by(self, kind: str) -> Json:
        trigger = self.slack.backend.triggers.issue(self.user)
        interaction = events.interaction(self.slack.backend, kind, self.user)
        return interaction | {"trigger_id": trigger}


def _fitting(pattern: "re.Pattern[str]") -> str:
    """Return a name that a pattern fits."""
    name = pattern.pattern.strip("^$").replace("\\w+", "gmail").replace("\\d", "1")
    name = name.replace("\\.", ".")
    assert pattern.search(name), f"make a name for {pattern.pattern}"
    return name
