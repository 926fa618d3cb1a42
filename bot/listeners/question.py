"""A question as it reached Steward: as a message, by the slash command or on somebody's message."""

import hashlib
from dataclasses import dataclass
from typing import Any

from bot.listeners.payload import Body, lines, words
from storage.conversations import Place

COMMAND = "/steward"
"""The slash command; the manifest names it too."""

ABOUT_A_MESSAGE = "account.next"
"""The message shortcut's callback id; the manifest names it too."""

_KEPT = {
    "command": (
        *("command", "text", "user_id", "channel_id", "channel_name", "trigger_id"),
        *("response_url", "api_app_id", "team_id"),
    ),
    "shortcut": (
        *("type", "callback_id", "user", "channel", "message", "trigger_id"),
        *("response_url", "api_app_id", "team"),
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a person wants to know; `thread` is where the answer belongs.

    `begins` says that it is the first of its conversation. `viewing` is the channel that the person
    looks at, when Slack told, `place` the name of the channel they asked in, when it told that.
    `hook` takes an answer for the asker alone where Steward may not be a member. The `text` of one
    that `is_pointing` was written by somebody else: it only shows which account is meant. Of one
    that `is_announced` the asker was told already where the answer comes.
    """

    key: str
    user: str
    text: str
    channel: str
    thread: str = ""
    is_private: bool = False
    begins: bool = False
    viewing: str = ""
    place: str = ""
    hook: str = ""
    is_pointing: bool = False
    is_announced: bool = False

    @property
    def conversation(self) -> Place:
        """Where it belongs to what was said before: its thread, or what came outside threads."""
        alone = self.begins or not self.thread
        return Place(self.channel, self.thread or self.key, alone=alone)

    @classmethod
    def of(cls, body: Body) -> "Question":
        """Read a message, an app_mention, a slash command or a message shortcut."""
        if "command" in body:
            return _of_command(body)
        return _of_shortcut(body) if body.get("type") == "message_action" else _of_event(body)


def is_question(event: Body) -> bool:
    """Tell whether an event is a person's own new words to Steward: no bot's, no edit.

    A channel's messages are only heard when they mention Steward.
    """
    return (
        (event.get("type") == "app_mention" or event.get("channel_type") == "im")
        and event.get("subtype") in (None, "file_share", "thread_broadcast")
        and not event.get("bot_id")
        and bool(event.get("user"))
    )


def viewed(context: Body) -> str:
    """Return the id of the channel that a person looks at, as Slack's context tells; or nothing."""
    for entity in context.get("entities") or ():
        kind, value = entity.get("type"), entity.get("value")
        if kind == "slack#/types/channel_id":
            return str(value)
        if kind == "slack#/types/message_context":
            return str(value["channel_id"])
    return ""


def slimmed(kind: str, body: Body) -> Body:
    """Return of a command or shortcut what its answer needs, without Slack's token."""
    return {name: body[name] for name in _KEPT[kind] if name in body}


def _of_event(body: Body) -> Question:
    event = body["event"]
    return Question(
        key=body["event_id"],
        user=event["user"],
        text=lines(event.get("text", "")),
        channel=event["channel"],
        thread=event.get("thread_ts") or event["ts"],
        is_private=event.get("channel_type") == "im",
        begins=event.get("thread_ts") in (None, event["ts"]),
        viewing=viewed(event.get("app_context") or {}),
    )


def _of_command(body: Body) -> Question:
    return Question(
        key=_key("command", body),
        user=body["user_id"],
        text=words(body.get("text", "")) or "help",
        channel=body["channel_id"],
        begins=True,
        place=body.get("channel_name", ""),
        hook=body.get("response_url", ""),
        is_announced=True,
    )


def _of_shortcut(body: Body) -> Question:
    return Question(
        key=_key("shortcut", body),
        user=body["user"]["id"],
        text=_said(body["message"]),
        channel=body["channel"]["id"],
        begins=True,
        place=body["channel"].get("name", ""),
        hook=body.get("response_url", ""),
        is_pointing=True,
    )


def _key(kind: str, body: Body) -> str:
    return f"{kind}:{hashlib.sha256(body['trigger_id'].encode()).hexdigest()[:40]}"


def _said(message: Body) -> str:
    """Return a message's words with those of its attachments, as alerts of other apps have them."""
    attached: list[Any] = [
        attachment.get(name)
        for attachment in message.get("attachments") or ()
        for name in ("title", "text", "fallback")
    ]
    said = [message.get("text"), *attached]
    return words("\n".join(str(one) for one in said if one))[:3000]
