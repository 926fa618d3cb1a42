"""The people who use Steward: who they are, whose accounts they may see."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlmodel import col

from core.errors import CsmUnknown, PersonUnknown
from storage.audit import STEWARD, Entry, record
from storage.database import Database
from storage.tables import Csm as CsmRow
from storage.tables import table

Role = Literal["csm", "manager", "admin"]
CSMS = table(CsmRow)

# Made once each: that takes longer than to run them.
_EVERYONE = select(CSMS).order_by(CSMS.c.name)
_ACTIVE = select(CSMS).where(CSMS.c.active)
_BY_ID = _ACTIVE.where(CSMS.c.id == bindparam("wanted"))
_BY_EMAIL = _ACTIVE.where(CSMS.c.email == bindparam("wanted"))
_BY_SLACK = _ACTIVE.where(CSMS.c.slack_user_id == bindparam("wanted"))

_ROLES: dict[str, Role] = {"csm": "csm", "manager": "manager", "admin": "admin"}


@dataclass(frozen=True, slots=True)
class Csm:
    """A person who uses Steward. `timezone` is an IANA name, None until it is known.

    `slack_refused` says what they are in Slack that may not use Steward, None for whoever may;
    `slack_checked_at` when Slack was asked.
    """

    id: str
    name: str
    email: str
    role: Role
    timezone: str | None = None
    slack_user_id: str | None = None
    manager_id: str | None = None
    active: bool = True
    slack_refused: str | None = None
    slack_checked_at: datetime | None = None


class People:
    """Finds people and says whose accounts they may see."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def by_email(self, email: str) -> Csm:
        """Return the person with that address, whatever its case; raises CsmUnknown.

        Who was refused in Slack is found too: the address may belong to somebody hired again.
        """
        found = await self._one(_BY_EMAIL, email.strip().lower())
        if found is None:
            raise CsmUnknown(email)
        return found

    async def by_slack(self, slack_user_id: str) -> Csm | None:
        """Return the person linked to a Slack user; None when nobody is, or they were refused."""
        found = await self.linked(slack_user_id)
        return None if found is None or found.slack_refused else found

    async def get(self, id: str) -> Csm:
        """Return the person with that id; raises CsmUnknown, also for whom Slack refuses."""
        found = await self._one(_BY_ID, id)
        if found is None or found.slack_refused:
            raise CsmUnknown(id)
        return found

    async def everyone(self) -> tuple[Csm, ...]:
        """Return all active people by name."""
        return tuple(csm_of(row) for row in await self._rows() if row.active)

    async def find(self, name: str, *, asker: Csm | None = None) -> Csm:
        """Return the person called that by full name, e-mail or a part of the name only they have.

        Raises PersonUnknown when nobody or more than one fits, with the names of those whose
        accounts the asker may see (of all, without an asker).
        """
        everyone = await self.everyone()
        wanted = _plain(name)
        for fits in (_is_named, _has_part):
            found = [csm for csm in everyone if fits(csm, wanted)]
            if len(found) == 1:
                return found[0]
        team = everyone if asker is None else await self.team(asker)
        raise PersonUnknown(name.strip(), [csm.name for csm in team])

    async def team(self, csm: Csm) -> tuple[Csm, ...]:
        """Return `csm` and everybody below them, by name; for an admin everybody."""
        scope = await self.scope(csm)
        return tuple(other for other in await self.everyone() if scope is None or other.id in scope)

    async def scope(self, csm: Csm) -> frozenset[str] | None:
        """Return the ids of the people whose accounts `csm` may see; None means all accounts.

        A CSM sees their own, a manager also those of everybody below them, an admin all of them
        and the accounts that nobody owns.
        """
        if csm.role == "admin":
            return None
        if csm.role == "csm":
            return frozenset({csm.id})
        return _below(csm.id, [(row.id, row.manager_id) for row in await self._rows()])

    async def known(self, id: str) -> Csm | None:
        """Return whoever has or had that id, also when they may no longer use Steward."""
        async with self._database.read() as session:
            row = await session.get(CsmRow, id)
            return csm_of(row) if row else None

    async def name_of(self, id: str | None) -> str | None:
        """Return the name of an account's owner, None when nobody owns it."""
        owner = await self.known(id) if id else None
        return owner.name if owner else None

    async def linked(self, slack_user_id: str) -> Csm | None:
        """Return the person linked to a Slack user, also one who was refused there since."""
        return await self._one(_BY_SLACK, slack_user_id)

    async def unchecked(self, *, before: datetime, limit: int) -> tuple[Csm, ...]:
        """Return linked people of whom Slack was not asked since a moment, the longest first."""
        checked = col(CsmRow.slack_checked_at)
        statement = (
            select(CsmRow)
            .where(
                col(CsmRow.slack_user_id).is_not(None),
                col(CsmRow.slack_refused).is_(None),
                col(CsmRow.active),
                or_(checked.is_(None), checked < before),
            )
            .order_by(checked.is_not(None), checked)
            .limit(limit)
        )
        async with self._database.read() as session:
            return tuple(csm_of(row) for row in await session.scalars(statement))

    async def link(
        self, csm_id: str, slack_user_id: str, timezone: str | None, *, now: datetime
    ) -> None:
        """Remember who somebody is in Slack, as it said at that moment, and their time zone there.

        The Slack user is nobody else's then, and whoever was refused before no longer is.
        """
        async with self._database.write() as session:
            others = (
                update(CsmRow)
                .where(col(CsmRow.slack_user_id) == slack_user_id, col(CsmRow.id) != csm_id)
                .values(slack_user_id=None)
                .returning(col(CsmRow.id))
            )
            lost = list(await session.scalars(others))
            row = await session.get_one(CsmRow, csm_id, with_for_update=True)
            before = (row.slack_user_id, row.slack_refused)
            row.slack_user_id, row.slack_refused = slack_user_id, None
            row.slack_checked_at, row.timezone = now, timezone or row.timezone
            session.add(row)
            await record(session, *_linked(lost, row, before, now))

    async def refuse(self, slack_user_id: str, kind: str, *, now: datetime) -> None:
        """Remember that a Slack user may no longer use Steward: a guest now, or gone."""
        async with self._database.write() as session:
            refused = (
                update(CsmRow)
                .where(
                    col(CsmRow.slack_user_id) == slack_user_id,
                    func.coalesce(col(CsmRow.slack_refused), "") != kind,
                )
                .values(slack_refused=kind, slack_checked_at=now)
                .returning(col(CsmRow.id))
            )
            after = {"slack_refused": kind}
            for id in list(await session.scalars(refused)):
                await record(session, Entry("person.refuse", id, by=STEWARD, at=now, after=after))

    async def _rows(self) -> Sequence[Any]:
        async with self._database.read() as session:
            return (await session.execute(_EVERYONE)).all()

    async def _one(self, statement: Select[Any], wanted: str) -> Csm | None:
        async with self._database.read() as session:
            row = (await session.execute(statement, {"wanted": wanted})).first()
            return csm_of(row) if row else None


def _linked(
    lost: Iterable[str], row: CsmRow, before: tuple[str | None, str | None], now: datetime
) -> Iterator[Entry]:
    """Yield what the audit log is told of a link: nothing where it is as it was."""
    user = row.slack_user_id
    for id in lost:
        gone = {"slack_user_id": user}
        yield Entry(
            "person.unlink", id, by=STEWARD, at=now, before=gone, after={"slack_user_id": None}
        )
    if before != (user, None):
        names = ("slack_user_id", "slack_refused")
        yield Entry(
            "person.link",
            row.id,
            by=STEWARD,
            at=now,
            before=dict(zip(names, before, strict=True)),
            after=dict(zip(names, (user, None), strict=True)),
        )


def csm_of(row: Any) -> Csm:
    """Return a row as the person it is about."""
    return Csm(
        id=row.id,
        name=row.name,
        email=row.email or "",
        role=_ROLES.get(row.role, "csm"),
        timezone=row.timezone,
        slack_user_id=row.slack_user_id,
        manager_id=row.manager_id,
        active=row.active,
        slack_refused=row.slack_refused,
        slack_checked_at=row.slack_checked_at,
    )


def _below(top: str, pairs: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Return `top` and all who report to them directly or through others; rings do no harm."""
    pairs, found = list(pairs), {top}
    while more := {id for id, manager in pairs if manager in found} - found:
        found |= more
    return frozenset(found)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().removeprefix("@").casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_named(csm: Csm, wanted: str) -> bool:
    return wanted in (_plain(csm.name), csm.email)


def _has_part(csm: Csm, wanted: str) -> bool:
    return wanted in _plain(csm.name).split()
