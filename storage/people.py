"""The people who use Steward: who they are, whose accounts they may see."""

import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from core.errors import CsmUnknown, Invalid, PersonUnknown
from storage.database import Database
from storage.tables import Csm as CsmRow
from storage.tables import Customer

Role = Literal["csm", "manager", "admin"]
_ROLES: dict[str, Role] = {"csm": "csm", "manager": "manager", "admin": "admin"}


@dataclass(frozen=True, slots=True)
class Csm:
    """A person who uses Steward. `timezone` is an IANA name, None until it is known."""

    id: str
    name: str
    email: str
    role: Role
    timezone: str | None = None
    slack_user_id: str | None = None
    manager_id: str | None = None


class People:
    """Finds people and says whose accounts they may see."""

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def by_email(self, email: str) -> Csm:
        """Return the person with that address, whatever its case; raises CsmUnknown."""
        found = await self._one(col(CsmRow.email) == email.strip().lower())
        if found is None:
            raise CsmUnknown(email)
        return found

    async def by_slack(self, slack_user_id: str) -> Csm | None:
        """Return the person linked to a Slack user, None when nobody is yet."""
        return await self._one(col(CsmRow.slack_user_id) == slack_user_id)

    async def get(self, id: str) -> Csm:
        """Return the person with that id; raises CsmUnknown."""
        found = await self._one(col(CsmRow.id) == id)
        if found is None:
            raise CsmUnknown(id)
        return found

    async def everyone(self) -> tuple[Csm, ...]:
        """Return all active people by name."""
        return tuple(_csm(row) for row in await self._rows() if row.active)

    async def find(self, name: str) -> Csm:
        """Return the person called that by full name, e-mail or a part of the name only they have.

        Raises PersonUnknown with the names that exist when nobody or more than one fits.
        """
        everyone = await self.everyone()
        wanted = _plain(name)
        for fits in (_is_named, _has_part):
            found = [csm for csm in everyone if fits(csm, wanted)]
            if len(found) == 1:
                return found[0]
        raise PersonUnknown(name.strip(), [csm.name for csm in everyone])

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

    async def link(self, csm_id: str, slack_user_id: str, timezone: str | None) -> None:
        """Remember who somebody is in Slack, and their time zone there when it is known."""
        zone = {"timezone": timezone} if timezone else {}
        async with self._database.write() as session:
            await session.execute(
                update(CsmRow)
                .where(col(CsmRow.slack_user_id) == slack_user_id, col(CsmRow.id) != csm_id)
                .values(slack_user_id=None)
            )
            await session.execute(
                update(CsmRow)
                .where(col(CsmRow.id) == csm_id)
                .values(slack_user_id=slack_user_id, **zone)
            )

    async def add(
        self,
        email: str,
        name: str,
        role: Role | None = None,
        timezone: str | None = None,
        manager_email: str | None = None,
    ) -> Csm:
        """Add a person, or bring the one with that address up to date; returns them.

        What is not told stays as it is; somebody unknown becomes a CSM.
        Raises Invalid for an address without an @ or an empty name, CsmUnknown for the manager.
        """
        address = email.strip().lower()
        _check(address, name)
        manager = await self.by_email(manager_email) if manager_email else None
        async with self._database.write() as session:
            row = await _row_for(session, address)
            row.name, row.role, row.active = name.strip(), role or row.role, True
            row.timezone = timezone or row.timezone
            row.manager_id = manager.id if manager else row.manager_id
            session.add(row)
            return _csm(row)

    async def assign(self, csm_id: str, account_ids: Sequence[str] | None = None) -> int:
        """Give `csm_id` these accounts, or all that nobody owns; returns how many changed hands."""
        mine = col(Customer.csm_id)
        which = mine.is_(None) if account_ids is None else col(Customer.id).in_(account_ids)
        async with self._database.write() as session:
            changed = await session.execute(
                update(Customer)
                .where(which, mine.is_(None) | (mine != csm_id))
                .values(csm_id=csm_id)
                .returning(col(Customer.id))
            )
            return len(changed.all())

    async def _rows(self) -> Sequence[CsmRow]:
        async with self._database.read() as session:
            return (await session.scalars(select(CsmRow).order_by(col(CsmRow.name)))).all()

    async def _one(self, condition: ColumnElement[bool]) -> Csm | None:
        async with self._database.read() as session:
            row = await session.scalar(select(CsmRow).where(condition, col(CsmRow.active)))
            return _csm(row) if row else None


async def _row_for(session: AsyncSession, address: str) -> CsmRow:
    row = await session.scalar(select(CsmRow).where(col(CsmRow.email) == address))
    id = str(uuid.uuid4())
    return row or CsmRow(id=id, name="", email=address, source="steward", source_id=address)


def _check(address: str, name: str) -> None:
    if "@" not in address or " " in address:
        raise Invalid(f"{address!r} is no e-mail address.", field="email")
    if not name.strip():
        raise Invalid("A person needs a name.", field="name")


def _csm(row: CsmRow) -> Csm:
    return Csm(
        id=row.id,
        name=row.name,
        email=row.email or "",
        role=_ROLES.get(row.role, "csm"),
        timezone=row.timezone,
        slack_user_id=row.slack_user_id,
        manager_id=row.manager_id,
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
