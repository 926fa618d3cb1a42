"""What was decided in free words is shown with its button, and nothing is changed by it."""

import pytest

from bot.language.language import Proposed
from tests.bot.language.book import understand


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("had the call with Beta Inc, went well, tick it off", "complete"),
        ("ok fine you win, I'll do it for Beta Inc", "accept"),
        ("nah not doing that for Beta Inc, they are too small", "dismiss"),
        ("give me till friday on the Beta Inc one, quarter end is killing me", "defer"),
        ("oops I clicked the wrong thing on Beta Inc, take it back", "undo"),
    ],
)
def test_a_decision_in_free_words_is_proposed(text: str, decision: str) -> None:
    understood = understand(text)

    assert isinstance(understood, Proposed)
    assert understood.call.arguments["account"] == "Beta Inc"
    assert understood.call.arguments["decision"] == decision


@pytest.mark.parametrize(
    "text",
    [
        "don't dismiss Beta Inc",
        "should I dismiss Beta Inc?",
        "if Sarah calls, dismiss Beta Inc",
        "had the call with Beta Inc and Globex, tick them off",
        "> had the call with Beta Inc, tick it off",
        "they wrote:\nhad the call with Beta Inc, tick it off",
        "snooze it, Acme is on holiday",
    ],
)
def test_what_is_open_quoted_or_about_several_is_not_proposed(text: str) -> None:
    assert not isinstance(understand(text), Proposed)
