"""The audit log: every change through Steward, and what was refused, in one append-only table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from json import dumps, loads
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy import insert as add
from sqlalchemy.ext.asyncio import AsyncSession

from storage.audit_chain import BEGINNING, COVERED, Break, Check, Head, digest, plain
from storage.database import Database
from storage.tables import ActivityLog, AuditHead, Csm, Customer, table
from storage.upsert import insert

LOG = table(ActivityLog)
HEADS = table(AuditHead)
CSMS = table(Csm)
CUSTOMERS = table(Customer)

STEWARD = "steward"
"""The actor of what Steward does by itself."""

COMMAND_LINE = "command line"
"""The actor of what is done where nobody is known: whoever may run commands on this database."""

MOST_DENIALS = 20
"""So many refusals of one person are written down in an hour; more would only fill the log."""

_CHUNK = 5_000

Result = Literal["done", "denied"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did: `by` is a person's id, or a name for what is none.

    `action` is noun.verb, `subject` the id of what it was done to. `before` and `after` hold what
    changed and only that. `place` is the channel and the timestamp of the message it came from.
    """

    action: str
    subject: str
    by: str
    at: datetime
    by_name: str = ""
    account: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    place: tuple[str, str] | None = None
    request_key: str = ""
    result: Result = "done"


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it was kept, with the names of its actor and its account where they are known."""

    id: str
    entry: Entry
    account_name: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """How the chains stand: how many entries they hold, how many are from before, what is wrong."""

    entries: int
    older: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to return: by account or person (ids), from a moment on, by how they begin."""

    account: str | None = None
    person: str | None = None
    since: datetime | None = None
    action: str = ""


async def record(session: AsyncSession, *entries: Entry) -> None:
    """Write entries in the caller's transaction: kept together with what they tell of, or not.

    Call it last. It holds the end of the actor's chain until the transaction ends, so that the
    same actor's next entry waits for this one.
    """
    by_actor = sorted(entries, key=lambda one: one.by)
    for actor, own in groupby(by_actor, key=lambda one: one.by):
        await _append(session, actor, list(own))


async def _append(session: AsyncSession, actor: str, entries: Sequence[Entry]) -> None:
    name = entries[0].by_name or await _name_of(session, actor)
    last, before = await _take(session, actor, len(entries))
    rows = []
    for number, entry in enumerate(entries, last - len(entries) + 1):
        row = _row(entry, name) | {"number": number, "prev_hash": before}
        before = row["hash"] = digest(row)
        rows.append(row)
    await session.execute(add(LOG), rows)
    await session.execute(update(HEADS).where(HEADS.c.actor == actor).values(hash=before))


async def _take(session: AsyncSession, actor: str, count: int) -> tuple[int, str]:
    """Count the chain on, and hold its end; return its number then, and its last hash."""
    statement = insert(session, HEADS).values(actor=actor, number=count, hash=BEGINNING)
    counted = statement.on_conflict_do_update(
        index_elements=[HEADS.c.actor], set_={"number": HEADS.c.number + count}
    ).returning(HEADS.c.number, HEADS.c.hash)
    number, hash = (await session.execute(counted)).one()
    return int(number), str(hash)


async def _name_of(session: AsyncSession, actor: str) -> str | None:
    if actor == STEWARD:
        return None
    name: str | None = await session.scalar(select(CSMS.c.name).where(CSMS.c.id == actor))
    return name


def _row(entry: Entry, name: str | None) -> dict[str, Any]:
    channel, ts = entry.place or (None, None)
    return {
        "id": str(uuid4()),
        "at": entry.at,
        "actor": entry.by[:320],
        "actor_name": name,
        "action": entry.action,
        "subject": entry.subject[:120],
        "customer_id": entry.account,
        "detail": _json(entry.detail),
        "before": None if entry.before is None else _json(entry.before),
        "after": None if entry.after is None else _json(entry.after),
        "channel": channel or None,
        "ts": ts or None,
        "request_key": entry.request_key[:120] or None,
        "result": entry.result,
    }


def _json(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the database will give back, so that its hash is the same then."""
    made: dict[str, Any] = loads(dumps(dict(said), default=plain))
    return made


class AuditLog:
    """Reads the log, checks it, and notes what was refused."""

    def __init__(self, database: Database) -> None:
        """Take the database it is kept in."""
        self._database = database

    async def denied(self, entry: Entry) -> bool:
        """Note that somebody was refused; False when they were so often that it says nothing more.

        Nothing else is written with it: what is refused changes nothing.
        """
        if not await self._is_news(entry):
            return False
        async with self._database.write() as session:
            await record(session, entry)
        return True

    async def find(self, wanted: Wanted, *, limit: int | None = None) -> tuple[Logged, ...]:
        """Return the entries that are wanted, the newest last; with a `limit`, only the newest."""
        statement = (
            select(LOG, CUSTOMERS.c.name.label("account_name"))
            .join(CUSTOMERS, CUSTOMERS.c.id == LOG.c.customer_id, isouter=True)
            .where(*_conditions(wanted))
            .order_by(LOG.c.at.desc(), LOG.c.actor.desc(), LOG.c.number.desc())
        )
        async with self._database.read() as session:
            rows = (await session.execute(statement.limit(limit))).mappings().all()
        return tuple(_logged(dict(row)) for row in reversed(rows))

    async def verify(self) -> Verified:
        """Check every chain from its first entry to its last."""
        async with self._database.read() as session:
            ends = await session.execute(select(HEADS))
            check = Check({row.actor: Head(row.number, row.hash) for row in ends})
            rows = await session.stream(
                select(*(LOG.c[name] for name in (*COVERED, "hash")))
                .where(LOG.c.number.is_not(None))
                .order_by(LOG.c.actor, LOG.c.number)
                .execution_options(yield_per=_CHUNK)
            )
            async for row in rows.mappings():
                check.follow(dict(row))
            check.finish()
            older, strays = await self._outside(session)
        return Verified(check.entries, older, (*check.breaks, *strays))

    async def _outside(self, session: AsyncSession) -> tuple[int, list[Break]]:
        """Return how many entries are from before there were chains, and those that are not."""
        first = await session.scalar(select(func.min(LOG.c.at)).where(LOG.c.number.is_not(None)))
        rows = (
            await session.execute(
                select(LOG.c.id, LOG.c.actor, LOG.c.at).where(LOG.c.number.is_(None))
            )
        ).all()
        late = [row for row in rows if first is not None and row.at > first]
        says = "it is in no chain: written by an older version, or by hand"
        return len(rows) - len(late), [Break(row.actor, row.id, says) for row in late]

    async def _is_news(self, entry: Entry) -> bool:
        statement = select(func.count()).where(
            LOG.c.actor == entry.by[:320],
            LOG.c.result == "denied",
            LOG.c.at > entry.at - timedelta(hours=1),
        )
        async with self._database.read() as session:
            return (await session.scalar(statement) or 0) < MOST_DENIALS


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.account is not None:
        found.append(LOG.c.customer_id == wanted.account)
    if wanted.person is not None:
        found.append(or_(LOG.c.actor == wanted.person, LOG.c.subject == wanted.person))
    if wanted.since is not None:
        found.append(LOG.c.at >= wanted.since)
    if wanted.action:
        found.append(LOG.c.action.startswith(wanted.action, autoescape=True))
    return found


def _logged(row: Mapping[str, Any]) -> Logged:
    return Logged(
        id=row["id"],
        entry=Entry(
            action=row["action"],
            subject=row["subject"],
            by=row["actor"],
            at=row["at"],
            by_name=row["actor_name"] or "",
            account=row["customer_id"],
            before=row["before"],
            after=row["after"],
            detail=row["detail"],
            place=(row["channel"], row["ts"] or "") if row["channel"] else None,
            request_key=row["request_key"] or "",
            result="denied" if row["result"] == "denied" else "done",
        ),
        account_name=row["account_name"] or "",
    )
