"""The doctor in the terminal."""

import json

from tests.bot.cli.conftest import Steward


def test_the_demo_without_slack_is_well_enough(demo: Steward) -> None:
    said = demo("doctor")

    assert said.code == 0
    assert "make playground" in said.out
    assert "fail" not in said.out


def test_as_json_every_check_says_how_things_stand(demo: Steward) -> None:
    checks = json.loads(demo("doctor", "--json").out)

    assert {one["state"] for one in checks} <= {"ok", "warn", "fail"}
    names = [one["name"] for one in checks]
    assert names[:5] == ["Python", "Steward", "Time zones", "Database", "People"]
    assert names[-3:] == ["Digests", "Slack", "Claude"]


def test_an_empty_database_says_what_to_run(steward: Steward) -> None:
    said = steward("doctor")

    assert said.code == 0
    assert "steward migrate" in said.out


def test_tables_without_rows_say_how_to_fill_them(steward: Steward) -> None:
    steward("migrate")

    said = steward("doctor")

    assert "steward import PATH" in said.out
    assert "steward people add" in said.out


def test_a_database_that_does_not_answer_fails(steward: Steward) -> None:
    said = steward("doctor", DATABASE_URL="postgresql://me:hush@127.0.0.1:9/none")

    assert said.code == 1
    assert "does not answer" in said.out
    assert "hush" not in said.out


def test_tokens_that_do_not_make_a_way_fail_and_are_not_shown(demo: Steward) -> None:
    said = demo("doctor", SLACK_BOT_TOKEN="xoxb-hush")

    assert said.code == 1
    assert "SLACK_SIGNING_SECRET" in said.out
    assert "hush" not in said.out
