"""The sentences of the card about what works."""

from bot.cards.what_works import lesson_says
from core.learning import Estimate, Tally
from core.lessons import Lesson


def test_a_lesson_for_one_csm_says_what_is_theirs_and_what_is_the_teams() -> None:
    estimate = Estimate(0.42, 0.33, 0.51, own=Tally(2, 9), team=Tally(61, 80))
    lesson = Lesson("training", "Schedule training", 0.6, estimate)

    assert lesson_says(lesson).startswith(
        "Schedule training works worse than expected: 61 of 80 in the team "
        "(2 of 9 in this portfolio), estimated 42 %"
    )


def test_a_lesson_for_everybody_says_the_teams_outcomes_once() -> None:
    estimate = Estimate(0.8, 0.7, 0.9, team=Tally(61, 80))
    lesson = Lesson("training", "Schedule training", 0.6, estimate)

    assert "than expected: 61 of 80, estimated 80 % [70-90] instead of 60 %." in lesson_says(lesson)


def test_outcomes_that_are_all_ones_own_are_said_once() -> None:
    estimate = Estimate(0.8, 0.7, 0.9, own=Tally(30, 35), team=Tally(30, 35))
    lesson = Lesson("training", "Schedule training", 0.6, estimate)

    assert "than expected: 30 of 35, estimated" in lesson_says(lesson)
