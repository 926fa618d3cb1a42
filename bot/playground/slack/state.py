"""What a workspace holds: people, conversations, messages, views, and what is being typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.slack.identity import BOT_USER, TEAM
from bot.playground.slack.wire import Json


@dataclass(slots=True)
class User:
    """One person (or the bot) of the workspace; `team` is set for somebody of another one."""

    id: str
    name: str
    real_name: str
    email: str
    tz: str = "UTC"
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    team: str = ""
    status_emoji: str = ""
    status_text: str = ""
    status_expiration: int = 0


@dataclass(slots=True)
class Channel:
    """A channel, or a direct message when `is_im` (then `user` is the person in it)."""

    id: str
    name: str
    members: list[str]
    is_im: bool = False
    is_archived: bool = False
    user: str = ""
    is_ext_shared: bool = False


@dataclass(slots=True)
class Ephemeral:
    """A message that only `user` sees."""

    channel: str
    user: str
    message: Json


@dataclass(slots=True)
class Status:
    """What the app says it is doing in a thread, since when; empty `text` is nothing."""

    text: str
    since: datetime
    session: str = ""


@dataclass(slots=True)
class Prompts:
    """The questions that the app suggests in a conversation."""

    title: str
    prompts: list[Json]


@dataclass(slots=True)
class Stream:
    """A message that grows: in which thread, since when, and why it no longer does."""

    thread_ts: str
    began: datetime
    text: str = ""
    ended: str = ""


ThreadKey = tuple[str, str]
"""A channel and the timestamp of a thread's root (empty: the conversation as a whole)."""

InputKey = tuple[str, str, str]
"""A person, a channel and a message timestamp."""


@dataclass(slots=True)
class Workspace:
    """Everything the stand-in knows; messages and views stay in Slack's own JSON shape."""

    team: str = TEAM
    name: str = "Playground"
    domain: str = "playground"
    bot_user: str = BOT_USER
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, dict[str, Json]] = field(default_factory=dict)
    ephemerals: list[Ephemeral] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    statuses: dict[ThreadKey, Status] = field(default_factory=dict)
    prompts: dict[str, Prompts] = field(default_factory=dict)
    titles: dict[ThreadKey, str] = field(default_factory=dict)
    streams: dict[tuple[str, str], Stream] = field(default_factory=dict)
    inputs: dict[InputKey, dict[str, dict[str, Json]]] = field(default_factory=dict)

    def direct_channel(self, user: str) -> Channel | None:
        """Return the direct message between the bot and a person, if it was opened."""
        found = (c for c in self.channels.values() if c.is_im and c.user == user)
        return next(found, None)

    def message(self, channel: str, ts: str) -> Json | None:
        """Return one message, or None."""
        return self.messages.get(channel, {}).get(ts)

    def in_order(self, channel: str) -> list[Json]:
        """Return a conversation's messages and thread replies, oldest first."""
        held = self.messages.get(channel, {})
        return [held[ts] for ts in sorted(held, key=_ts_order)]

    def replies(self, channel: str, root: str) -> list[Json]:
        """Return the replies of one thread without its root, oldest first."""
        return [m for m in self.in_order(channel) if m.get("thread_ts") == root != m["ts"]]

    def last_ts(self) -> str:
        """Return the newest timestamp in any conversation."""
        every = [ts for held in self.messages.values() for ts in held]
        every.extend(e.message["ts"] for e in self.ephemerals)
        return max(every, key=_ts_order, default="0.000000")


def _ts_order(ts: str) -> tuple[int, int]:
    seconds, _, rest = ts.partition(".")
    return int(seconds), int(rest or 0)
