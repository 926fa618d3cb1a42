"""Who is too fast is told so once, alone, and loses nothing that was written in a form."""

from typing import Any, cast

import pytest

from bot.listeners.throttle import SAYS
from tests.scenarios.office import Office

QUESTIONS, CLICKS = SAYS["questions"], SAYS["clicks"]


@pytest.fixture
def slow(office: Office) -> Office:
    settings = cast("Any", office.services.settings)
    settings.questions_a_minute, settings.clicks_a_minute = 2, 2
    return office


async def test_what_is_asked_too_fast_is_acknowledged_and_left_out(slow: Office) -> None:
    for _ in range(5):
        await slow.slack.say(slow.ana, "beta")
    await slow.app.settle()

    assert len(slow.assistant.asked) == 2
    assert len(slow.slack.answers(slow.ana)) == 2
    assert slow.whispers(slow.ana) == [QUESTIONS]


async def test_nobody_is_slowed_down_by_somebody_else(slow: Office) -> None:
    for _ in range(3):
        await slow.slack.say(slow.ana, "beta")
    await slow.slack.say(slow.ben, "beta")
    await slow.app.settle()

    assert len(slow.slack.answers(slow.ben)) == 1
    assert slow.whispers(slow.ben) == []


async def test_clicks_have_a_pace_of_their_own(slow: Office) -> None:
    shown = await slow.ask()
    for _ in range(4):
        await slow.click(slow.ana, shown, "recommendation.dismiss")

    assert slow.whispers(slow.ana) == [CLICKS]
    assert len(slow.slack.calls("views.open")) == 2


async def test_a_form_that_is_sent_too_fast_stays_open(slow: Office) -> None:
    shown = await slow.ask()
    await slow.click(slow.ana, shown, "recommendation.dismiss")
    await slow.click(slow.ana, shown, "recommendation.dismiss")

    wrong = await slow.submit(slow.ana, reason="not_now")

    assert list(wrong.values()) == [CLICKS]
    assert slow.slack.open_view(slow.ana) is not None


async def test_a_command_that_comes_too_fast_is_answered_where_it_was_typed(slow: Office) -> None:
    for _ in range(3):
        await slow.slack.command(slow.ana, "/steward beta", slow.channel)
    await slow.app.settle()

    assert slow.whispers(slow.ana)[-1] == QUESTIONS
    assert len(slow.assistant.asked) == 2
