"""Prose of a model: shown while it is written, harmless, within Slack's limits, and judged."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.answers import Answer, Card
from bot.cards.feedback import feedback
from bot.playground.slack.trouble import Refused
from bot.streaming import MOST, Audience, harmless, stream
from core.errors import Unreachable
from storage.feedback import Feedback, Tally
from tests.scenarios.office import Json, Office, words

SENTENCE = "Beta Inc lost 12 points of health this week, and nobody has talked to Sarah since. "


async def _begin(office: Office) -> Audience:
    asked = await office.slack.say(office.ana, "tell me")
    await office.app.settle()
    return Audience(asked["channel"], asked["ts"], office.ana, "T0PLAYGROUND")


async def _pieces(text: str, size: int = 7) -> AsyncIterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


def _newest(office: Office) -> Json:
    return office.slack.answers(office.ana)[-1]


async def test_prose_grows_and_ends_with_its_buttons(office: Office) -> None:
    audience = await _begin(office)

    posted = await stream(office.app.desk, _pieces(SENTENCE * 8), audience, foot=[feedback("Ev1")])

    shown = _newest(office)
    assert posted is not None
    assert posted.ts == shown["ts"]
    assert shown["text"] == SENTENCE * 8
    assert [block["type"] for block in shown["blocks"]] == ["markdown", "context_actions"]
    assert len(office.slack.calls("chat.appendStream")) >= 2
    assert office.slack.status(audience.channel, audience.thread) == ""


async def test_a_short_text_is_posted_at_once(office: Office) -> None:
    audience = await _begin(office)

    await stream(office.app.desk, _pieces("All is well."), audience)

    assert "All is well." in words(_newest(office))
    assert office.slack.calls("chat.startStream") == []


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
async def test_what_slack_will_not_stream_is_there_in_full_all_the_same(
    office: Office, method: str
) -> None:
    audience = await _begin(office)
    office.slack.fail(method, Refused("ratelimited"))
    before = len(office.slack.answers(office.ana))

    await stream(office.app.desk, _pieces(SENTENCE * 8), audience, foot=[feedback("Ev1")])

    assert SENTENCE * 8 in words(_newest(office)) + " "
    assert len(office.slack.answers(office.ana)) == before + 1
    assert _newest(office)["blocks"][-1]["type"] == "context_actions"


async def test_a_stream_that_slack_ended_after_five_minutes_is_completed(office: Office) -> None:
    audience = await _begin(office)

    async def slowly() -> AsyncIterator[str]:
        yield SENTENCE * 3
        began = next(iter(office.slack.backend.workspace.streams.values()))
        began.began -= timedelta(minutes=6)
        yield SENTENCE * 3

    await stream(office.app.desk, slowly(), audience)

    assert words(_newest(office)).count("Sarah") == 6


async def test_stop_ends_the_reading_and_leaves_what_was_written(office: Office) -> None:
    audience = await _begin(office)
    read: list[str] = []

    async def pieces() -> AsyncIterator[str]:
        for number in range(9):
            if number == 1:
                await office.slack.stop(office.ana, audience.channel, audience.thread)
            read.append(SENTENCE * 3)
            yield SENTENCE * 3

    assert await stream(office.app.desk, pieces(), audience) is None
    assert len(read) == 2
    assert words(_newest(office)).count("Sarah") == 3


async def test_when_the_writing_fails_what_came_is_closed(office: Office) -> None:
    audience = await _begin(office)

    async def failing() -> AsyncIterator[str]:
        yield SENTENCE * 3
        raise Unreachable("gone")

    with pytest.raises(Unreachable):
        await stream(office.app.desk, failing(), audience)

    assert words(_newest(office)).count("Sarah") == 3
    assert office.slack.status(audience.channel, audience.thread) == ""


async def test_no_text_is_longer_than_slack_takes(office: Office) -> None:
    audience = await _begin(office)

    await stream(office.app.desk, _pieces(SENTENCE * 400, size=500), audience)

    assert len(_newest(office)["text"]) <= MOST
    assert _newest(office)["text"].endswith("…")


def test_nothing_that_a_model_writes_links_or_calls_anybody() -> None:
    said = harmless("<!channel> <@U1> <#C1> see https://evil.example/?q=1 or [this](http://x.y) <5")

    assert "<!" not in said
    assert "<@" not in said
    assert "<#" not in said
    assert "http" not in said
    assert said.endswith("<5")


async def test_a_verdict_is_kept_and_the_last_one_counts(office: Office) -> None:
    office.assistant.says = Answer(Card("Prose.", (feedback("Ev1"),)))
    shown = await office.ask()

    await office.click(office.ana, shown, "prose.feedback", "yes:Ev1")
    assert "Thank you" in office.whispers(office.ana)[-1]
    assert await _tally(office) == Tally(1, 0)

    office.clock.forward(5)
    await office.click(office.ana, shown, "prose.feedback", "no:Ev1")
    assert await office.submit(office.ana) == {
        "reason": "Please complete this required field.",
    }
    office.clock.forward(5)
    assert await office.submit(office.ana, reason="fact", note="It was 14 days") == {}
    assert await _tally(office) == Tally(0, 1)


async def _tally(office: Office) -> Tally:
    since = office.clock() - timedelta(days=1)
    return await Feedback(office.database).tally(since=since)
