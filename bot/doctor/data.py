"""Checks of the database and of what it knows."""

from datetime import date, datetime

import polars as pl

from bot.doctor.at import database_of
from bot.doctor.check import Check, State
from bot.settings import Settings
from core.errors import Misconfigured, Unreachable
from core.facts import GROUPS, Group
from core.wording import count, day
from storage.database import Database
from storage.digests import Digests
from storage.facts import Window, read
from storage.people import People
from storage.schema import newest, revision

IMPORT = "Import an export that has it: steward import PATH"


async def examine_data(settings: Settings, *, now: datetime) -> list[Check]:
    """Return the checks; what needs the database is left out when it is not there."""
    try:
        database = database_of(settings)
    except Misconfigured as error:
        return [Check("Database", "fail", str(error), "Set DATABASE_URL, or leave it out.")]
    try:
        return await _examine(database, now)
    except Unreachable as error:
        mend = "Start it, or set DATABASE_URL to another one."
        return [Check("Database", "fail", str(error).splitlines()[0], mend)]
    finally:
        await database.close()


async def _examine(database: Database, now: datetime) -> list[Check]:
    await database.check()
    stands, needed = await revision(database), newest()
    if stands != needed:
        says = f"{database.name} has {'no tables' if stands is None else f'revision {stands}'}"
        return [Check("Database", "warn" if stands is None else "fail", says, "steward migrate")]
    async with database.read() as session:
        facts = await read(session, Window(now))
    return [
        Check("Database", "ok", f"{database.name} at revision {stands}"),
        await _people(database),
        *_accounts(facts),
        *([_age(facts, group, now.date()) for group in GROUPS if group.shelf_days]),
        await _digests(database),
    ]


async def _people(database: Database) -> Check:
    everyone = await People(database).everyone()
    if not everyone:
        return Check("People", "warn", "none yet", "steward people add EMAIL --name NAME")
    return Check("People", "ok", f"{len(everyone)}")


def _accounts(facts: pl.DataFrame) -> list[Check]:
    if facts.is_empty():
        mend = "steward import PATH, or try the demo: steward demo"
        return [Check("Accounts", "warn", "none yet", mend)]
    lacking = [
        _lacking(facts, "owner_id", "no owner", "steward people assign EMAIL --unowned"),
        _lacking(facts, "arr", "no ARR", IMPORT),
        _lacking(facts, "renewal_on", "no renewal date", IMPORT),
    ]
    return [Check("Accounts", "ok", f"{facts.height:,}"), *(one for one in lacking if one)]


def _lacking(facts: pl.DataFrame, fact: str, says: str, mend: str) -> Check | None:
    missing = facts[fact].null_count()
    return Check("Accounts", "warn", f"{missing:,} have {says}", mend) if missing else None


def _age(facts: pl.DataFrame, group: Group, today: date) -> Check:
    """Tell how old the newest row of a feed is, and who sent it."""
    on, source = f"{group.name}_on", f"{group.name}_source"
    dated = facts.filter(pl.col(on).is_not_null()).sort(on)
    if dated.is_empty():
        return Check(_title(group), "warn", group.lacking, IMPORT)
    last, sender = dated.select(on, source).row(-1)
    age = (today - last).days
    state: State = "warn" if age > (group.shelf_days or 0) else "ok"
    share = f"{dated.height:,} of {facts.height:,} accounts"
    origin = f" from {sender}" if sender else ""
    says = f"newest {day(last, today)}{origin}, {count(age, 'day')} old; {share}"
    return Check(_title(group), state, says, IMPORT if state == "warn" else "")


def _title(group: Group) -> str:
    return group.lacking.removeprefix("no ").capitalize()


async def _digests(database: Database) -> Check:
    digests = Digests(database)
    on, last = await digests.enabled(), await digests.latest()
    says = f"{len(on)} on"
    if last is None:
        return Check("Digests", "ok", says)
    says += f"; the last one, {day(last.local_date)}: {last.state}"
    if last.state != "missed":
        return Check("Digests", "ok", says)
    return Check("Digests", "warn", says, last.problem or "")
