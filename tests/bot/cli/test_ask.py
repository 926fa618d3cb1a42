"""Questions in the terminal."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.cli.conftest import Steward

ANA = ("--as", "ana@steward.example")


def test_a_question_is_answered_with_the_card_in_plain_text(demo: Steward) -> None:
    said = demo("ask", "what should I do next for Beta Inc", *ANA)

    assert said.code == 0
    assert "Call Sarah Lin at Beta Inc" in said.out
    assert "Priority" in said.out


def test_as_json_an_answer_is_one_object(demo: Steward) -> None:
    said = demo("ask", "what should I do next for Beta Inc", *ANA, "--json")

    answer = json.loads(said.out)
    assert list(answer) == ["tools", "text", "blocks", "language", "milliseconds"]
    assert answer["tools"] == [{"name": "next_best_action", "arguments": {"account": "Beta Inc"}}]
    assert answer["language"] == "offline"
    assert answer["blocks"][0]["type"] == "header"
    assert answer["milliseconds"] > 0


def test_from_standard_input_each_line_is_answered_on_a_line(demo: Steward) -> None:
    lines = "show me my top actions\n\nwhat next for Beta Inc\n\thelp\n"

    said = demo("ask", "-", *ANA, "--json", typed=lines)

    tools = [json.loads(line)["tools"][0]["name"] for line in said.out.splitlines()]
    assert tools == ["top_actions", "next_best_action", "help"]


def test_what_is_declined_on_one_line_does_not_stop_the_next(demo: Steward) -> None:
    said = demo("ask", "-", "--as", "eve@example.com", "--json", typed="help\nhelp\n")

    answers = [json.loads(line) for line in said.out.splitlines()]
    assert len(answers) == 2
    assert "steward people add eve@example.com" in answers[0]["text"]


def test_a_question_about_the_past_sees_nothing_later(demo: Steward) -> None:
    said = demo("ask", "what should I do next for Beta Inc", *ANA, "--as-of", "2001-01-01")

    assert said.code == 0
    assert "Sarah" not in said.out


def test_a_question_about_the_past_leaves_no_trace(demo: Steward) -> None:
    day = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    before = _recommendations(demo)

    demo("ask", "show me my top actions", *ANA, "--as-of", day)
    said = demo("ask", "accept Beta Inc", *ANA, "--as-of", day)

    assert "can only be looked at" in said.out
    assert _recommendations(demo) == before


def _recommendations(steward: Steward) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(steward.path)) as database:
        return database.execute("SELECT id, version, changed_at FROM recommendations").fetchall()


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01"])
def test_a_day_that_is_none_is_said(demo: Steward, day: str) -> None:
    said = demo("ask", "help", *ANA, "--as-of", day)

    assert said.code == 1
    assert "YYYY-MM-DD" in said.err


def test_a_line_that_begins_with_a_tab_goes_on_with_the_line_before(demo: Steward) -> None:
    lines = "what next for Beta Inc\n\twhy?\n\tand an agenda?\nwhy?\n"

    said = demo("ask", "-", *ANA, "--json", typed=lines)

    tools = [json.loads(line)["tools"][0] for line in said.out.splitlines()]
    assert [one["name"] for one in tools] == [
        "next_best_action",
        "explain",
        "draft_message",
        "clarify",
    ]
    assert tools[2]["arguments"] == {"account": "Beta Inc", "kind": "agenda"}
