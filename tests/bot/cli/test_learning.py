"""Evaluating choices and forgetting outcomes from the command line."""

import json

from tests.bot.cli.conftest import Steward


def test_without_outcomes_the_evaluation_says_kindly_what_to_do(steward: Steward) -> None:
    said = steward("evaluate", "actions")

    assert said.code == 0
    assert "There is nothing to evaluate yet" in said.out
    assert "Complete a few in Slack" in said.out


def test_the_evaluation_compares_other_ways_or_says_what_is_lacking(demo: Steward) -> None:
    said = demo("evaluate", "actions", "--days", "365")

    assert said.code == 0
    assert "Left out:" in said.out


def test_programs_get_numbers(demo: Steward) -> None:
    found = json.loads(demo("evaluate", "actions", "--json").out)

    assert {"choices", "open", "targets"} <= found.keys()
    assert found["targets"][0]["name"] == "without exploration"
    assert all(one["verdict"] for one in found["targets"])


def test_what_is_forgotten_is_listed_and_can_be_restored(demo: Steward) -> None:
    forgot = demo("learning", "forget", "all", "--owner", "ana@steward.example")
    id = forgot.out.split()[-1]
    listed = demo("learning", "list")
    restored = demo("learning", "restore", id)

    assert "no longer count" in forgot.out  # or counts, of one
    assert id in listed.out
    assert "ana@steward.example" in listed.out
    assert "counts again" in restored.out
    assert "Nothing is forgotten" in demo("learning", "list").out


def test_forgetting_up_to_a_day_takes_what_came_before_it(demo: Steward) -> None:
    said = demo("learning", "forget", "all", "--before", "2001-01-01")

    assert said.out.startswith("0 outcomes no longer count.")


def test_an_unknown_play_is_answered_with_those_that_exist(steward: Steward) -> None:
    said = steward("learning", "forget", "nonsense")

    assert said.code == 1
    assert "champion_outreach" in said.err


def test_restoring_what_is_not_forgotten_is_refused(steward: Steward) -> None:
    assert steward("learning", "restore", "nonsense").code == 1


def test_what_changed_after_completions_is_measured_and_then_known(demo: Steward) -> None:
    first, second = demo("learning", "measure"), demo("learning", "measure")

    assert first.out.startswith("Measured the effect of ")
    assert second.out == "Measured the effect of 0 completions.\n"
