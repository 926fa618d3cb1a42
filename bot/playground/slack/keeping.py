"""Keeps a workspace in a JSON file, so a conversation is still there after a restart."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path

from bot.playground.slack.changes import Changes
from bot.playground.slack.state import Channel, Ephemeral, User, Workspace
from bot.playground.slack.wire import Json

DELAY_SECONDS = 0.3


class Keeper:
    """Saves a workspace shortly after each change, whole or not at all."""

    def __init__(self, workspace: Workspace, path: Path | None) -> None:
        self._workspace = workspace
        self._path = path
        self._pending: asyncio.TimerHandle | None = None
        self.saves = Changes()

    def changed(self) -> None:
        """Plan a save within `DELAY_SECONDS`, unless one is planned already."""
        if self._path is None or self._pending is not None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.flush()
            return
        self._pending = loop.call_later(DELAY_SECONDS, self.flush)

    def flush(self) -> None:
        """Save at once."""
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None
        if self._path is not None:
            _replace(self._path, json.dumps(_kept(self._workspace)))
            self.saves.happened()


def load(path: Path | None) -> Workspace:
    """Return the workspace that the file holds, or an empty one."""
    if path is None or not path.exists():
        return Workspace()
    return _restored(json.loads(path.read_text("utf-8")))


def _kept(workspace: Workspace) -> Json:
    return {
        "users": [asdict(user) for user in workspace.users.values()],
        "channels": [asdict(channel) for channel in workspace.channels.values()],
        "messages": workspace.messages,
        "ephemerals": [asdict(ephemeral) for ephemeral in workspace.ephemerals],
        "homes": workspace.homes,
    }


def _restored(kept: Json) -> Workspace:
    return Workspace(
        users={u["id"]: User(**u) for u in kept["users"]},
        channels={c["id"]: Channel(**c) for c in kept["channels"]},
        messages=kept["messages"],
        ephemerals=[Ephemeral(**e) for e in kept["ephemerals"]],
        homes=kept["homes"],
    )


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, "utf-8")
    beside.replace(path)
