"""The demo portfolio: a believable book of accounts, made from a seed number relative to today.

It contains the accounts of the product documents with the documents' facts, so that their examples
come out. It reads no files, and so it is a package of its own rather than an entry of the imports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func

from core.catalogue import Catalogue
from core.errors import Invalid
from storage.database import Database
from storage.sources.demo.account import Writer
from storage.sources.demo.book import FULL_HISTORY, account_rng, sketches
from storage.sources.demo.days import Calendar
from storage.sources.demo.decided import write_past
from storage.sources.demo.past import deal
from storage.sources.demo.people import CSMS, MANAGER, Colleague
from storage.sources.demo.rows import SOURCE, Rows, identity
from storage.tables import Csm, Customer, Import

BATCH = 50
"""Accounts that are held in memory at once (the full histories come first, fewer at a time)."""

FULL_BATCH = 5


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written: accounts, CSMs (the manager not counted), and rows by table."""

    accounts: int
    csms: int
    rows: Mapping[str, int]


async def fill(
    database: Database,
    *,
    accounts: int = 60,
    seed: int = 7,
    today: date,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Filled:
    """Fill an empty database in one transaction; the same seed and day give the same rows.

    `progress` is told how many accounts of how many are in. Raises Invalid, and changes nothing,
    when there are accounts already or when none are asked for.
    """
    if accounts < 1:
        raise Invalid("The demo needs at least one account. Ask for 1 or more.")
    async with database.write() as session:
        import_id = await _begin(session, seed, today)
        rows = Rows(import_id)
        people = await _write_people(session, rows)
        writer = Writer(rows, people, seed, Calendar(today, now))
        await _write_accounts(session, writer, accounts, progress)
        await _finish(session, rows, seed=seed, today=today, now=now)
    return Filled(accounts, len(CSMS), dict(rows.counts))


async def _begin(session: AsyncSession, seed: int, today: date) -> str:
    """Refuse a database that holds accounts; return the id of this fill."""
    if await session.scalar(select(col(Customer.id)).limit(1)) is not None:
        raise Invalid(
            "This database holds accounts already, and the demo only fills an empty one. "
            "Set DATABASE_URL to a new file, such as sqlite:///demo.db, and run it again."
        )
    earlier = await session.scalar(select(func.count()).select_from(Import))
    return identity(f"import/{seed}/{today}/{earlier}")


async def _write_people(session: AsyncSession, rows: Rows) -> dict[str, str]:
    """Write the colleagues who are not there yet; return everybody's id by key."""
    found = await session.execute(select(col(Csm.email), col(Csm.id)))
    there = {email: id for email, id in found if email}
    ids = {one.key: there.get(one.email, identity(f"csm/{one.email}")) for one in (MANAGER, *CSMS)}
    for one in (MANAGER, *CSMS):
        if one.email not in there:
            _write_person(rows, one, ids)
    await rows.flush(session)
    return ids


def _write_person(rows: Rows, one: Colleague, ids: Mapping[str, str]) -> None:
    rows.imported(
        Csm,
        ids[one.key],
        one.email,
        name=one.name,
        email=one.email,
        role=one.role,
        timezone=one.timezone,
        manager_id=None if one is MANAGER else ids[MANAGER.key],
    )


async def _write_accounts(
    session: AsyncSession,
    writer: Writer,
    accounts: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    book = sketches(accounts, writer.seed)
    first = list(islice(book, FULL_HISTORY))
    deeds = deal(first, writer.seed, Catalogue.shipped().plays)
    cases = []
    for done, sketch in enumerate(chain(first, book), start=1):
        case = writer.write(sketch, deeds.get(sketch.company.name, ()))
        cases += [case] if case.deeds else []
        if done % (FULL_BATCH if done <= FULL_HISTORY else BATCH) == 0 or done == accounts:
            await writer.rows.flush(session)
            if progress is not None:
                progress(done, accounts)
    write_past(cases, account_rng(writer.seed, "decided"), writer.on)
    await writer.rows.flush(session)


async def _finish(
    session: AsyncSession, rows: Rows, *, seed: int, today: date, now: datetime
) -> None:
    report = {"seed": seed, "today": today.isoformat(), "rows": dict(rows.counts)}
    rows.add(
        Import,
        id=rows.import_id,
        source=SOURCE,
        paths=[],
        started_at=now,
        finished_at=now,
        report=report,
    )
    await rows.flush(session)
