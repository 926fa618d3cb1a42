"""The audit log: written with the change, never changed, and its chain tells when it was."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from storage.audit import LOG, MOST_DENIALS, AuditLog, Entry, Wanted, record
from storage.audit_chain import COVERED, Check, Head, digest
from storage.database import Database
from tests.core.builders import NOW
from tests.storage.book import begin

HELD = Entry(
    "person.change",
    "ben",
    by="ana",
    at=NOW,
    before={"role": "csm"},
    after={"role": "admin"},
    place=("D1", "1.5"),
    request_key="click:1",
)


async def _write(database: Database, *entries: Entry) -> None:
    async with database.write() as session:
        await record(session, *entries)


async def _write_in_vain(database: Database) -> None:
    async with database.write() as session:
        await record(session, HELD)
        raise RuntimeError


async def test_an_entry_says_who_what_before_after_and_from_which_message(
    database: Database,
) -> None:
    await begin(database)
    await _write(database, HELD)

    (kept,) = await AuditLog(database).find(Wanted())

    assert kept.entry == replace(HELD, by_name="Ana Souza")


async def test_an_entry_is_kept_with_its_change_or_not_at_all(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _write_in_vain(database)

    assert await AuditLog(database).find(Wanted()) == ()
    assert (await AuditLog(database).verify()).breaks == ()


async def test_the_database_refuses_to_change_or_remove_an_entry(database: Database) -> None:
    await _write(database, HELD)

    for statement in (update(LOG).values(actor="ben"), delete(LOG)):
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as session:
                await session.execute(statement)

    assert (await AuditLog(database).verify()).breaks == ()


async def test_entries_are_found_by_account_person_action_and_moment(database: Database) -> None:
    await begin(database)
    later = NOW + timedelta(days=1)
    await _write(
        database,
        HELD,
        Entry("account.assign", "beta", by="mara", at=later, account="beta"),
        Entry("token.create", "t1", by="command line", at=later),
    )

    async def found(wanted: Wanted) -> list[str]:
        return [one.entry.action for one in await AuditLog(database).find(wanted)]

    assert await found(Wanted(account="beta")) == ["account.assign"]
    assert await found(Wanted(person="ben")) == await found(Wanted(person="ana"))
    assert await found(Wanted(action="token.")) == ["token.create"]
    assert await found(Wanted(since=later)) == ["token.create", "account.assign"]
    assert len(await AuditLog(database).find(Wanted(), limit=1)) == 1


async def test_many_at_once_keep_one_chain_for_each_actor(database: Database) -> None:
    await begin(database)
    entries = [replace(HELD, by=f"csm{n % 3}", subject=str(n)) for n in range(24)]

    await asyncio.gather(*[_write(database, one) for one in entries])

    stands = await AuditLog(database).verify()
    assert (stands.entries, stands.older, stands.breaks) == (24, 0, ())


async def test_what_was_tampered_with_behind_the_triggers_is_found(database: Database) -> None:
    await _write(database, *[replace(HELD, subject=str(n)) for n in range(5)])
    await _allow_changes(database)
    async with database.write() as session:
        await session.execute(update(LOG).where(LOG.c.subject == "2").values(result="denied"))
        await session.execute(delete(LOG).where(LOG.c.subject == "4"))

    found = (await AuditLog(database).verify()).breaks

    assert [one.says for one in found] == [
        "it was changed",
        "the last entry is not number 5 any more",
    ]


async def test_an_entry_slipped_in_beside_the_chain_is_found(database: Database) -> None:
    await _write(database, HELD)
    async with database.write() as session:
        row = (await session.execute(select(LOG))).mappings().one()
        slipped = {**row, "id": "x", "number": None, "at": NOW + timedelta(1), "hash": None}
        await session.execute(LOG.insert().values(slipped))

    stands = await AuditLog(database).verify()

    assert (stands.entries, stands.older) == (1, 0)
    assert [one.where for one in stands.breaks] == ["x"]


async def test_refusals_are_noted_but_not_without_end(database: Database) -> None:
    log, refused = AuditLog(database), replace(HELD, action="access.account", result="denied")

    noted = [await log.denied(refused) for _ in range(MOST_DENIALS + 3)]
    later = replace(refused, at=NOW + timedelta(minutes=61))

    assert noted == [True] * MOST_DENIALS + [False] * 3
    assert await log.denied(later)


def test_each_of_a_thousand_tamperings_is_found() -> None:
    random = Random(7)
    for _ in range(1_000):
        rows, heads = _chains(random)
        assert _wrong(rows, heads) == 0
        _tamper(rows, random)

        assert _wrong(rows, heads) > 0


def _chains(random: Random) -> tuple[list[dict[str, Any]], dict[str, Head]]:
    rows: list[dict[str, Any]] = []
    heads = {}
    for actor in ("ana", "ben"):
        last = Head(0, "")
        for number in range(1, random.randint(2, 5)):
            row: dict[str, Any] = dict.fromkeys(COVERED) | {
                "id": f"{actor}{number}",
                "at": NOW + timedelta(seconds=number),
                "actor": actor,
                "detail": {"n": random.random()},
                "number": number,
                "prev_hash": last.hash,
            }
            row["hash"] = digest(row)
            last = Head(number, row["hash"])
            rows.append(row)
        heads[actor] = last
    return rows, heads


def _tamper(rows: list[dict[str, Any]], random: Random) -> None:
    """Change, remove, double or exchange entries, as whoever does not make a new chain would."""
    place = random.randrange(len(rows))
    match random.choice(("change", "remove", "double", "exchange", "hash")):
        case "remove":
            del rows[place]
        case "double":
            rows.insert(place, rows[place] | {"id": "other"})
        case "hash":
            rows[place]["hash"] = "0" * 64
        case "exchange" if len({row["actor"] for row in rows}) < len(rows):
            first, second = _two_of_one(rows, random)
            rows[first]["detail"], rows[second]["detail"] = (
                rows[second]["detail"],
                rows[first]["detail"],
            )
        case _:
            name = random.choice([name for name in COVERED if name not in ("actor", "number")])
            rows[place][name] = NOW if name == "at" else "forged"


def _two_of_one(rows: list[dict[str, Any]], random: Random) -> tuple[int, int]:
    actors = [row["actor"] for row in rows]
    actor = random.choice([one for one in actors if actors.count(one) > 1])
    first, second = random.sample([n for n, one in enumerate(actors) if one == actor], 2)
    return first, second


def _wrong(rows: list[dict[str, Any]], heads: Mapping[str, Head]) -> int:
    check = Check(heads)
    for row in rows:
        check.follow(row)
    check.finish()
    return len(check.breaks)


async def _allow_changes(database: Database) -> None:
    async with database.write() as session:
        if database.is_sqlite:
            for verb in ("update", "delete"):
                await session.execute(text(f"drop trigger agent_activity_log_no_{verb}"))
        else:
            await session.execute(text("alter table agent_activity_log disable trigger user"))
