"""Filling, migrating, digests: commands that work on the data."""

import asyncio
import sqlite3
from datetime import UTC, datetime

import pytest

from bot.digests.reasons import not_running
from storage.database import Database
from storage.digests import Digests
from storage.people import People
from storage.schema import newest
from tests.bot.cli.conftest import Steward


def test_the_demo_fills_an_empty_database_once(steward: Steward) -> None:
    first = steward("demo", "--accounts", "3", "--as-of", "2026-03-03")
    again = steward("demo", "--accounts", "3")

    assert first.code == 0
    assert first.out.startswith("3 accounts of 4 CSMs are in")
    assert again.code == 1
    assert "holds accounts already" in again.err


def test_migrating_says_from_where_to_where(steward: Steward) -> None:
    first, again = steward("migrate"), steward("migrate")

    assert f"from empty to {newest()}" in first.out
    assert f"is up to date at revision {newest()}" in again.out


@pytest.mark.parametrize("command", [("people", "list"), ("migrate",)])
def test_a_database_of_another_version_is_not_touched(
    steward: Steward, command: tuple[str, ...]
) -> None:
    steward("migrate")
    with sqlite3.connect(steward.path) as database:
        database.execute("update alembic_version set version_num = '9999'")
    database.close()

    said = steward(*command)

    assert said.code == 1
    assert "revision 9999" in said.err


def test_a_digest_is_printed_and_not_stored(demo: Steward) -> None:
    def stored() -> int:
        with sqlite3.connect(demo.path) as database:
            rows: int = database.execute("select count(*) from recommendations").fetchone()[0]
        database.close()
        return rows

    before = stored()

    said = demo("digest", "--dry-run", "--as", "ana@steward.example")

    assert "Beta Inc" in said.out
    assert stored() == before


def test_a_digest_without_dry_run_goes_to_everybody_or_not_at_all(demo: Steward) -> None:
    said = demo("digest", "--as", "ana@steward.example")

    assert said.code == 1
    assert "--dry-run" in said.err


def test_delivering_digests_needs_a_token(demo: Steward) -> None:
    said = demo("digest")

    assert said.code == 1
    assert "SLACK_BOT_TOKEN" in said.err


def test_the_log_of_digests_says_when_each_comes_and_what_became_of_the_last(demo: Steward) -> None:
    assert "Nobody has a digest yet" in demo("digest", "log").out
    asyncio.run(_missed_one(demo))

    said = demo("digest", "log", "--as", "ana@steward.example")
    others = demo("digest", "log", "--as", "ben@steward.example")

    assert "Ana Souza, direct message: Mon to Fri at 08:00 (Europe/Berlin)" in said.out
    assert "missed. Steward was not running at 08:00." in said.out
    assert "Nobody has a digest yet" in others.out
    assert "None has come yet." in demo("digest", "log", "--as", "mara@steward.example").out


async def _missed_one(demo: Steward) -> None:
    database, now = Database(demo.url), datetime(2026, 11, 20, tzinfo=UTC)
    digests = Digests(database)
    ana = await People(database).by_email("ana@steward.example")
    kept = await digests.subscribe(
        channel="U1",
        kind="person",
        csm_id=ana.id,
        timezone="Europe/Berlin",
        local_time="08:00",
        now=now,
    )
    mara = await People(database).by_email("mara@steward.example")
    await digests.subscribe(
        channel="U2",
        kind="person",
        csm_id=mara.id,
        timezone="Europe/Berlin",
        local_time="08:00",
        now=now,
    )
    await digests.pass_over(
        kept.id, [now.date()], state="missed", why=not_running("08:00"), now=now
    )
    await database.close()
