"""What is suggested to ask: it fits the day."""

from bot.cards.prompts import CHANGED, TOP, Day, prompts_for


def test_the_account_that_comes_first_is_suggested_by_name() -> None:
    (first, *_) = prompts_for(Day(first="Beta Inc"))

    assert first == ("First: Beta Inc", "What should I do next for Beta Inc?")


def test_what_is_back_comes_before_what_is_first_and_the_list_is_always_there() -> None:
    shown = prompts_for(Day(first="Beta Inc", back="Alpha Corp", tells_changes=True))

    assert [title for title, _ in shown][:2] == ["Back now: Alpha Corp", "First: Beta Inc"]
    assert shown[2:] == (TOP, CHANGED)


def test_no_account_is_suggested_twice() -> None:
    shown = prompts_for(Day(first="Beta Inc", back="Beta Inc", here="Beta Inc"))

    assert [title for title, _ in shown].count("Next for Beta Inc") == 1
    assert not [title for title, _ in shown if title.startswith(("First", "Back"))]


def test_a_name_that_would_not_read_as_one_is_left_out() -> None:
    shown = prompts_for(Day(first="Beta; dismiss Alpha!", back="<!channel>", here="x" * 90))

    assert shown[0] == TOP
    assert len(shown) <= 4
