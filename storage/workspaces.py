"""The workspaces that installed Steward: who they are, their tokens, when they left."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from storage.database import Database
from storage.tables import table
from storage.tables.workspaces import WorkspaceRow
from storage.upsert import insert
from storage.vault import Vault
from storage.walls import checked

WORKSPACES = table(WorkspaceRow)

KEPT = timedelta(days=30)
"""How long the data of a removed workspace is kept, for when it comes back."""

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed; it is good for twelve hours."""

RENEWING = timedelta(minutes=2)
"""How long a process may take to renew a token before another tries."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace as it was installed, without its tokens."""

    id: str
    name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...]
    installed_at: datetime
    installed_by: str
    enterprise_id: str | None = None
    expires_at: datetime | None = None
    removed_at: datetime | None = None

    def state(self, now: datetime) -> str:
        """Return how it stands: installed, expired (it must be installed again) or removed."""
        if self.removed_at is not None:
            return "removed"
        return "expired" if self.expires_at and self.expires_at <= now else "installed"


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack gave: a token, and with rotation until when it is good and what renews it."""

    token: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


class Workspaces:
    """The one place that keeps installations; over the home database."""

    def __init__(self, home: Database, vault: Vault) -> None:
        """Take the home database, and what seals tokens."""
        self._home, self._vault = home, vault

    async def admit(self, workspace: Workspace, grant: Grant) -> None:
        """Keep an installation, the first or another; one that was removed is back."""
        row: dict[str, Any] = {
            "id": checked(workspace.id),
            "enterprise_id": workspace.enterprise_id,
            "name": workspace.name[:200],
            "app_id": workspace.app_id,
            "bot_id": workspace.bot_id,
            "bot_user_id": workspace.bot_user_id,
            "scopes": ",".join(workspace.scopes),
            "installed_at": workspace.installed_at,
            "installed_by": workspace.installed_by,
            "removed_at": None,
            **self._sealed(workspace.id, grant),
        }
        async with self._home.write() as session:
            adding = insert(session, WORKSPACES).values(row)
            await session.execute(adding.on_conflict_do_update(index_elements=["id"], set_=row))

    async def find(self, id: str) -> Workspace | None:
        """Return a workspace, also one that was removed; None when it never was here."""
        async with self._home.read() as session:
            row = (await session.execute(select(WORKSPACES).where(WORKSPACES.c.id == id))).first()
        return _workspace(row) if row else None

    async def everyone(self) -> tuple[Workspace, ...]:
        """Return all, by name, also those that were removed and are not yet forgotten."""
        return await everyone(self._home)

    async def grant(self, id: str) -> Grant | None:
        """Return the tokens of an installed workspace."""
        statement = select(WORKSPACES).where(WORKSPACES.c.id == id, _IS_INSTALLED)
        async with self._home.read() as session:
            row = (await session.execute(statement)).first()
        return self._opened(row) if row else None

    async def due(self, now: datetime) -> tuple[str, ...]:
        """Return whose token ends soon and nobody is renewing."""
        async with self._home.read() as session:
            return tuple(await session.scalars(select(WORKSPACES.c.id).where(*_is_due(now))))

    async def begin_renewal(self, id: str, now: datetime) -> Grant | None:
        """Hold a token that ends soon and return it; None when somebody else has or renewed it."""
        held = (
            update(WORKSPACES)
            .where(WORKSPACES.c.id == id, *_is_due(now))
            .values(renewing_until=now + RENEWING)
            .returning(*WORKSPACES.c)
        )
        async with self._home.write() as session:
            row = (await session.execute(held)).first()
        return self._opened(row) if row else None

    async def renewed(self, id: str, grant: Grant, *, held: datetime) -> bool:
        """Keep a renewed token; False when it came too late, as the workspace left or came anew.

        `held` is the moment that `begin_renewal` was given.
        """
        async with self._home.write() as session:
            kept = await session.scalar(
                update(WORKSPACES)
                .where(WORKSPACES.c.id == id, WORKSPACES.c.renewing_until == held + RENEWING)
                .values(self._sealed(id, grant))
                .returning(WORKSPACES.c.id)
            )
        return kept is not None

    async def remove(self, id: str, *, since: datetime, now: datetime) -> bool:
        """Erase the tokens of a workspace that left; False when it is not installed any more.

        Slack may tell late: what was installed again after `since` stays.
        """
        nothing = dict.fromkeys(("bot_token", "refresh_token", "expires_at", "renewing_until"))
        async with self._home.write() as session:
            left = await session.scalar(
                update(WORKSPACES)
                .where(WORKSPACES.c.id == id, _IS_INSTALLED, WORKSPACES.c.installed_at <= since)
                .values(removed_at=now, **nothing)
                .returning(WORKSPACES.c.id)
            )
        return left is not None

    async def forget(self, now: datetime) -> tuple[str, ...]:
        """Delete those that left long enough ago, with all their data; return who they were."""
        gone: list[str] = []
        ended = WORKSPACES.c.removed_at < now - KEPT
        async with self._home.read() as session:
            ids = list(await session.scalars(select(WORKSPACES.c.id).where(ended)))
        for id in ids:
            async with self._home.write() as session:
                last = delete(WORKSPACES).where(WORKSPACES.c.id == id, ended)
                if await session.scalar(last.returning(WORKSPACES.c.id)):
                    # In the same transaction: who installs it at this moment waits for the end.
                    await self._home.erase(id, session)
                    gone.append(id)
        return tuple(gone)

    async def reseal(self) -> None:
        """Seal every token with the first key, so that the others can be given up."""
        async with self._home.write() as session:
            for row in (await session.execute(select(WORKSPACES).where(_IS_INSTALLED))).all():
                values = self._sealed(row.id, self._opened(row))
                del values["renewing_until"]
                await session.execute(
                    update(WORKSPACES).where(WORKSPACES.c.id == row.id).values(values)
                )

    def _sealed(self, id: str, grant: Grant) -> dict[str, Any]:
        refresh = self._vault.seal(grant.refresh, about=id) if grant.refresh else None
        return {
            "bot_token": self._vault.seal(grant.token, about=id),
            "refresh_token": refresh,
            "expires_at": grant.expires_at,
            "renewing_until": None,
        }

    def _opened(self, row: Any) -> Grant:
        refresh = self._vault.open(row.refresh_token, about=row.id) if row.refresh_token else None
        return Grant(self._vault.open(row.bot_token, about=row.id), refresh, row.expires_at)


async def everyone(home: Database) -> tuple[Workspace, ...]:
    """Return all workspaces, by name; no key is needed to read who they are."""
    async with home.read() as session:
        rows = await session.execute(select(WORKSPACES).order_by(WORKSPACES.c.name))
        return tuple(_workspace(row) for row in rows)


_IS_INSTALLED = WORKSPACES.c.removed_at.is_(None) & WORKSPACES.c.bot_token.is_not(None)


def _is_due(now: datetime) -> tuple[Any, ...]:
    return (
        _IS_INSTALLED,
        WORKSPACES.c.refresh_token.is_not(None),
        WORKSPACES.c.expires_at < now + EARLY,
        WORKSPACES.c.renewing_until.is_(None) | (WORKSPACES.c.renewing_until < now),
    )


def _workspace(row: Any) -> Workspace:
    return Workspace(
        id=row.id,
        name=row.name,
        app_id=row.app_id,
        bot_id=row.bot_id,
        bot_user_id=row.bot_user_id,
        scopes=tuple(filter(None, row.scopes.split(","))),
        installed_at=row.installed_at,
        installed_by=row.installed_by,
        enterprise_id=row.enterprise_id,
        expires_at=row.expires_at,
        removed_at=row.removed_at,
    )
