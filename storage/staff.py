"""Who may do what: add people, change their rights, hand their accounts over; all of it audited."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from core.errors import AdminsOnly, CsmUnknown, Invalid
from storage.audit import COMMAND_LINE, Entry, record
from storage.database import Database
from storage.people import Csm, Role, csm_of
from storage.staff_rules import check_manager, check_person, is_taken
from storage.tables import Csm as CsmRow
from storage.tables import Customer

NOBODY = ""
"""Stands for no manager in a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a person; None leaves it as it is."""

    name: str | None = None
    email: str | None = None
    role: Role | None = None
    manager_id: str | None = None
    active: bool | None = None
    timezone: str | None = None

    def of(self, row: CsmRow) -> dict[str, Any]:
        """Return the columns that would differ, with their values."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        if "manager_id" in given:
            given["manager_id"] = given["manager_id"] or None
        if "email" in given:
            given["email"] = given["email"].strip().lower()
        if "name" in given:
            given["name"] = given["name"].strip()
        return {name: value for name, value in given.items() if getattr(row, name) != value}


@dataclass(frozen=True, slots=True)
class Doing:
    """Who administers, when, by which request; where `by` is None, `actor` names what does."""

    by: Csm | None
    at: datetime
    key: str = ""
    actor: str = COMMAND_LINE

    def entry(self, action: str, subject: str, **said: Any) -> Entry:
        """Return what the audit log is told of it."""
        return Entry(
            action,
            subject,
            by=self.by.id if self.by else self.actor,
            by_name=self.by.name if self.by else "",
            at=self.at,
            request_key=self.key,
            **said,
        )


class Staff:
    """Changes people and who owns which accounts.

    Whether a person may do so is read in the same transaction: an admin, as it stands then.
    """

    def __init__(self, database: Database) -> None:
        """Take the database they are kept in."""
        self._database = database

    async def add(
        self,
        email: str,
        name: str,
        role: Role | None = None,
        timezone: str | None = None,
        manager_email: str | None = None,
        *,
        doing: Doing,
    ) -> Csm:
        """Add a person, or bring the one with that address up to date; returns them.

        What is not told stays as it is; somebody unknown becomes a CSM. Raises Invalid for an
        address without an @, an empty name, or as `change` does; CsmUnknown for the manager.
        """
        address = email.strip().lower()
        check_person(address, name)
        async with self._database.write() as session:
            admins = await _admins(session, doing)
            manager = await _by_email(session, manager_email) if manager_email else None
            row = await session.scalar(select(CsmRow).where(col(CsmRow.email) == address))
            change = Change(
                name=name,
                role=role,
                active=True,
                timezone=timezone,
                manager_id=manager.id if manager else None,
            )
            if row is not None:
                return await _changed(session, row, change, doing, admins)
            return await _added(session, address, change, doing)

    async def begin(self, email: str, name: str, *, doing: Doing) -> Csm | None:
        """Add the first admin; None when there is one already."""
        address = email.strip().lower()
        check_person(address, name)
        async with self._database.write() as session:
            if await _admins(session, doing) or await is_taken(session, address):
                return None
            return await _added(session, address, Change(name=name, role="admin"), doing)

    async def join(self, change: Change, *, doing: Doing) -> Csm:
        """Add somebody new, with all that the change says; raises as `add` does.

        Raises Invalid for an address that somebody has.
        """
        address = (change.email or "").strip().lower()
        check_person(address, change.name or "")
        async with self._database.write() as session:
            await _admins(session, doing)
            if await is_taken(session, address):
                raise Invalid("Somebody here has that address already.", field="email")
            if change.manager_id:
                await check_manager(session, "", change.manager_id)
            return await _added(session, address, change, doing)

    async def change(
        self, id: str, change: Change, *, doing: Doing, was: Mapping[str, Any] | None = None
    ) -> Csm:
        """Change a person; returns them. `was` is how the doer saw them, of what is to change.

        Raises AdminsOnly for whoever is none, CsmUnknown, and Invalid for what would leave Steward
        without an admin, take the doer's own rights away, or make two people each other's manager,
        and for somebody who is not as the doer saw them.
        """
        async with self._database.write() as session:
            admins = await _admins(session, doing)
            row = await session.get(CsmRow, id, with_for_update=True)
            if row is None:
                raise CsmUnknown(id)
            if change.of(row) and any(
                getattr(row, name) != old for name, old in (was or {}).items()
            ):
                raise Invalid(f"{row.name} was changed meanwhile. Look again before you do.")
            return await _changed(session, row, change, doing, admins)

    async def assign(self, id: str, accounts: Sequence[str] | None = None, *, doing: Doing) -> int:
        """Give a person these accounts, or all that nobody owns; returns how many changed hands."""
        mine = col(Customer.csm_id)
        which = mine.is_(None) if accounts is None else col(Customer.id).in_(accounts)
        return await self._assign(which, id, doing)

    async def hand_over(
        self, from_id: str | None, to_id: str, *, doing: Doing, expected: int | None = None
    ) -> int:
        """Give all accounts of one person (or of nobody) to another; returns how many.

        Raises AdminsOnly for whoever is no admin, CsmUnknown for somebody who is not there, and
        Invalid, changing nothing, when there are not as many as were `expected`.
        """
        theirs = col(Customer.csm_id).is_not_distinct_from(from_id)
        return await self._assign(theirs, to_id, doing, expected)

    async def everybody(self) -> tuple[Csm, ...]:
        """Return all people by name, also those who may not use Steward any more."""
        async with self._database.read() as session:
            rows = await session.scalars(select(CsmRow).order_by(col(CsmRow.name), col(CsmRow.id)))
            return tuple(csm_of(row) for row in rows)

    async def by_email(self, email: str) -> Csm:
        """Return whoever has that address, also when they are inactive; raises CsmUnknown."""
        async with self._database.read() as session:
            return csm_of(await _by_email(session, email))

    async def owned(self) -> dict[str | None, int]:
        """Return how many accounts each person owns; under None those that nobody does."""
        owner = col(Customer.csm_id)
        counted = select(owner, func.count()).where(col(Customer.prospect).is_(False))
        async with self._database.read() as session:
            found = (await session.execute(counted.group_by(owner))).all()
            return {row[0]: row[1] for row in found}

    async def _assign(
        self, which: Any, to_id: str, doing: Doing, expected: int | None = None
    ) -> int:
        mine = col(Customer.csm_id)
        async with self._database.write() as session:
            await _admins(session, doing)
            new = await session.get(CsmRow, to_id)
            if new is None or not new.active:
                raise CsmUnknown(to_id)
            changes = which & mine.is_distinct_from(to_id)
            theirs = select(col(Customer.id), mine, col(Customer.prospect)).where(changes)
            found = (await session.execute(theirs.with_for_update())).all()
            moved = sum(not prospect for _, _, prospect in found)
            if moved and expected not in (None, moved):
                raise Invalid(f"There are {moved:,} accounts now. Look again before you do.")
            await session.execute(update(Customer).where(changes).values(csm_id=to_id))
            await record(session, *(_given(doing, id, owner, to_id) for id, owner, _ in found))
        return moved


def _given(doing: Doing, account: str, before: str | None, after: str) -> Entry:
    owners = {"before": {"owner": before}, "after": {"owner": after}}
    return doing.entry("account.assign", account, account=account, **owners)


async def _admins(session: AsyncSession, doing: Doing) -> set[str]:
    """Return who administers, and hold them; raises AdminsOnly when the doer is not among them."""
    statement = select(col(CsmRow.id)).where(
        col(CsmRow.role) == "admin", col(CsmRow.active), col(CsmRow.slack_refused).is_(None)
    )
    found = set(await session.scalars(statement.order_by(col(CsmRow.id)).with_for_update()))
    if doing.by is not None and doing.by.id not in found:
        raise AdminsOnly("Changing people")
    return found


async def _by_email(session: AsyncSession, email: str) -> CsmRow:
    found = await session.scalar(select(CsmRow).where(col(CsmRow.email) == email.strip().lower()))
    if found is None:
        raise CsmUnknown(email)
    return found


async def _added(session: AsyncSession, address: str, change: Change, doing: Doing) -> Csm:
    row = CsmRow(id=str(uuid.uuid4()), name="", email=address, source="steward", source_id=address)
    after = change.of(row)
    for name, value in after.items():
        setattr(row, name, value)
    session.add(row)
    await session.flush()
    said = {"email": address, "role": row.role} | after
    await record(session, doing.entry("person.add", row.id, after=said))
    return csm_of(row)


async def _changed(
    session: AsyncSession, row: CsmRow, change: Change, doing: Doing, admins: set[str]
) -> Csm:
    after = change.of(row)
    if not after:
        return csm_of(row)
    before = {name: getattr(row, name) for name in after}
    await _check(session, row, after, doing, admins)
    for name, value in after.items():
        setattr(row, name, value)
    session.add(row)
    await session.flush()
    await record(session, doing.entry("person.change", row.id, before=before, after=after))
    return csm_of(row)


async def _check(
    session: AsyncSession, row: CsmRow, after: dict[str, Any], doing: Doing, admins: set[str]
) -> None:
    check_person(after.get("email", row.email or "@"), after.get("name", row.name))
    loses = row.id in admins and (after.get("role", "admin") != "admin" or "active" in after)
    if loses and admins == {row.id}:
        says = "Steward needs an admin, and this is the only one. Make somebody else one first."
        raise Invalid(says, field="active" if "active" in after else "role")
    if loses and doing.by is not None and doing.by.id == row.id:
        says = "These are your own rights. Ask another admin to change them."
        raise Invalid(says, field="active" if "active" in after else "role")
    if "email" in after and await is_taken(session, after["email"]):
        raise Invalid("Somebody else here has that address.", field="email")
    if after.get("manager_id"):
        await check_manager(session, row.id, after["manager_id"])
