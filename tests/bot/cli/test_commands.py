"""The command line as a whole: what it lists, how fast it begins, how it declines."""

import subprocess
import sys

from tests.bot.cli.conftest import Steward

HEAVY = ("alembic", "polars", "sklearn", "slack_bolt", "slack_sdk", "sqlalchemy", "uvicorn")


def test_help_lists_every_command(steward: Steward) -> None:
    said = steward("--help")

    assert said.code == 0
    for command in ("serve", "playground", "demo", "ask", "import", "digest", "people", "doctor"):
        assert command in said.out


def test_the_version_is_printed(steward: Steward) -> None:
    said = steward("--version")

    assert said.code == 0
    assert said.out.startswith("steward 0.")


def test_nothing_heavy_is_imported_for_the_help() -> None:
    code = (
        "import sys; from bot.cli.commands import application; application();"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_an_error_is_one_line_and_no_stack_trace(steward: Steward) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "help", "--as", "nobody@example.com"],
        env={"DATABASE_URL": steward.url, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("I do not know nobody@example.com yet")


def test_a_database_address_that_is_none_is_named(steward: Steward) -> None:
    said = steward("migrate", DATABASE_URL="mysql://somewhere")

    assert said.code == 1
    assert "DATABASE_URL" in said.err


def test_a_database_that_does_not_answer_is_named_without_its_password(steward: Steward) -> None:
    said = steward("people", "list", DATABASE_URL="postgresql://me:hush@127.0.0.1:9/none")

    assert said.code == 1
    assert "127.0.0.1:9/none does not answer" in said.err
    assert "hush" not in said.err
    assert "steward doctor" in said.err


def test_serving_without_tokens_says_which_are_missing(steward: Steward) -> None:
    said = steward("serve")

    assert said.code == 1
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "make playground"):
        assert name in said.err


def test_the_playground_does_not_start_with_real_tokens(steward: Steward) -> None:
    said = steward("playground", SLACK_BOT_TOKEN="xoxb-real")

    assert said.code == 1
    assert "SLACK_BOT_TOKEN" in said.err
    assert "xoxb-real" not in said.err
