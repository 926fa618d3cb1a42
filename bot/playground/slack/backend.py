"""The parts that every Web API method works with, gathered in one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.slack.changes import Changes
from bot.playground.slack.identity import Clock, Ids, Timestamps
from bot.playground.slack.keeping import Keeper
from bot.playground.slack.state import Workspace
from bot.playground.slack.triggers import Hooks, Triggers
from bot.playground.slack.trouble import Troubles
from bot.playground.slack.wire import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the app to the Web API: its method, arguments and the reply."""

    method: str
    arguments: Json
    reply: Json


@dataclass(slots=True)
class Backend:
    """A workspace and what changes it: clock, ids, permissions, planned trouble, the log."""

    workspace: Workspace
    clock: Clock
    ids: Ids
    timestamps: Timestamps
    triggers: Triggers
    hooks: Hooks
    keeper: Keeper
    token: str
    troubles: Troubles = field(default_factory=Troubles)
    changes: Changes = field(default_factory=Changes)
    calls: list[Call] = field(default_factory=list)
    textless: list[Json] = field(default_factory=list)
    hang_up: Callable[[tuple[str, int]], None] | None = None

    def changed(self) -> None:
        """Wake who waits for a change, and plan a save."""
        self.changes.happened()
        self.keeper.changed()


Method = Callable[[Backend, Json], Json]
"""Does what one Web API method does and returns its reply without `ok`."""
