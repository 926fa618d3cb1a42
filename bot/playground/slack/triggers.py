"""Permissions that run out: trigger ids for modals and response URLs for answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.playground.slack import limits
from bot.playground.slack.identity import Clock, Ids
from bot.playground.slack.refusals import SlackRefusal


@dataclass(slots=True)
class Trigger:
    """One permission to open a view for a person."""

    user: str
    issued: datetime
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class Hook:
    """One response URL: where its answers go, and what is left of it."""

    user: str
    channel: str
    ts: str
    thread_ts: str
    is_ephemeral: bool
    issued: datetime
    uses: int = 0


class Triggers:
    """Issues trigger ids and lets each be used once, within Slack's three seconds."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view: str = "") -> str:
        """Return a new trigger id for a person, acting in `view` if one is open."""
        name = f"{self._ids()}.{self._ids()}"
        self._issued[name] = Trigger(user, self._clock(), view)
        return name

    def exchange(self, name: object) -> Trigger:
        """Return the trigger and spend it; refuse as Slack does when it is spent or late."""
        trigger = self._issued.get(str(name))
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id" if name else "invalid_arguments")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        age = (self._clock() - trigger.issued).total_seconds()
        if age > limits.TRIGGER_SECONDS:
            raise SlackRefusal("expired_trigger_id")
        trigger.used = True
        return trigger


class Hooks:
    """Issues response URLs and counts their uses."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._issued: dict[str, Hook] = {}

    def issue(
        self, *, user: str, channel: str, message_ts: str, thread_ts: str, hidden: bool
    ) -> str:
        """Return the id of a new response URL; `hidden` says the message is ephemeral."""
        name = self._ids() + self._ids()
        self._issued[name] = Hook(user, channel, message_ts, thread_ts, hidden, self._clock())
        return name

    def use(self, name: str) -> Hook:
        """Return the hook and count one use; refuse when it is unknown, late or used up."""
        hook = self._issued.get(name)
        if hook is None:
            raise SlackRefusal("no_service")
        if (self._clock() - hook.issued).total_seconds() > limits.RESPONSE_URL_SECONDS:
            raise SlackRefusal("expired_url")
        if hook.uses >= limits.RESPONSE_URL_USES:
            raise SlackRefusal("used_url")
        hook.uses += 1
        return hook
