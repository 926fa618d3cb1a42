"""Installations that began here: each is told by a state that works once and not for long."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.database import Database
from storage.tables import table
from storage.tables.workspaces import InstallState

STATES = table(InstallState)

GOOD = timedelta(minutes=10)
"""How long somebody may take between the beginning and Slack's way back."""


class InstallStates:
    """Keeps states by their hash, over the home database: any replica may take one back."""

    def __init__(self, home: Database) -> None:
        """Take the home database."""
        self._home = home

    async def issue(self, state: str, *, now: datetime) -> None:
        """Keep a new state, and drop those whose time is over."""
        async with self._home.write() as session:
            await session.execute(delete(STATES).where(STATES.c.expires_at <= now))
            session.add(InstallState(hash=_hash(state), expires_at=now + GOOD))

    async def consume(self, state: str, *, now: datetime) -> bool:
        """Use a state up; False when it was never given, is used or too old."""
        used = delete(STATES).where(STATES.c.hash == _hash(state)).returning(STATES.c.expires_at)
        async with self._home.write() as session:
            expires_at = await session.scalar(used)
        return expires_at is not None and expires_at > now


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
