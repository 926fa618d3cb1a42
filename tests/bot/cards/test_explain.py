"""The explanation: every piece of the score, and what could be done instead."""

from dataclasses import replace

from bot.cards.explain import explain_card, why_view
from core.recommendations import RunnerUp
from tests.core.builders import TODAY, beta

SECOND = RunnerUp("check_in", "Check-in call", 71.4, "No contact for 30 days.")
THIRD = RunnerUp("training", "Schedule training", 60.2, "Only 28 % of the features are in use.")


def test_it_lists_what_could_be_done_instead_best_first() -> None:
    made = explain_card(replace(beta(), runner_up=SECOND, others=(THIRD,)), today=TODAY)

    text = str(made.blocks)
    assert text.index("Check-in call (71.4)") < text.index("Schedule training (60.2)")


def test_the_rows_behind_a_signal_are_named_in_plain_words() -> None:
    text = explain_card(beta(), today=TODAY).text

    assert "health score history from" in text
    assert "_" not in text


def test_it_says_nothing_of_other_actions_where_there_are_none() -> None:
    shown = str(why_view(replace(beta(), runner_up=None, others=())))

    assert "does not fit" not in shown
