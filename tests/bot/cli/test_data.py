"""Filling, migrating, digests: commands that work on the data."""

import sqlite3

import pytest

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
