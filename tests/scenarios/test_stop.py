"""Sessions: titled by their question, and stopped without leaving anything half done."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.desk import Desk
from bot.listeners.stop import stopped
from bot.tools.tool import ToolCall
from bot.work import bind
from storage.conversations import Conversations, Place
from tests.scenarios.office import Assistant, Json, Office, words


@dataclass(slots=True)
class Slow:
    """An assistant that thinks until it is let go on, and may change something meanwhile."""

    quick: Assistant
    thinks: asyncio.Event = field(default_factory=asyncio.Event)
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    changes: bool = False
    quick_ones: tuple[str, ...] = ()
    changed: list[str] = field(default_factory=list)

    async def answer(self, question: str, *rest: object, **more: object) -> object:
        if self.changes:
            bind()
        self.thinks.set()
        if question not in self.quick_ones:
            await self.may_go_on.wait()
        self.changed.append(question)
        return await self.quick.answer(question, *rest, **more)  # type: ignore[arg-type]  # the same


@pytest.fixture
async def slow(office: Office) -> AsyncIterator[Slow]:
    thinking = Slow(office.assistant)
    office.app.desk.services.assistant = thinking  # type: ignore[misc, assignment]  # a stand-in
    yield thinking
    thinking.may_go_on.set()


async def test_a_session_is_titled_by_the_question_that_began_it(office: Office) -> None:
    first = await office.ask("what next for beta?")
    await office.slack.say(office.ana, "and then?", thread_ts=first["thread_ts"])
    await office.app.settle()

    named = [one.get("title") for one in office.slack.calls("agents.sessions.setStatus")]
    assert named == ["what next for beta?", None, None, None]


async def test_stop_ends_the_work_and_says_so_in_one_line(office: Office, slow: Slow) -> None:
    asked = await _begin(office, slow)

    await office.slack.stop(office.ana, asked["channel"], asked["ts"])
    await office.app.settle()

    (said,) = office.slack.answers(office.ana)
    assert said["thread_ts"] == asked["ts"]
    assert words(said).startswith("Stopped.")
    assert office.slack.calls("agents.sessions.setStatus")[-1]["status"] == "active"
    assert slow.changed == []


async def test_what_was_stopped_is_not_taken_up_again(office: Office, slow: Slow) -> None:
    asked = await _begin(office, slow)
    await office.slack.stop(office.ana, asked["channel"], asked["ts"])
    await office.app.settle()
    office.clock.forward(300)

    assert await office.app.resume() == 0


async def test_a_change_that_began_is_finished_and_answered(office: Office, slow: Slow) -> None:
    slow.changes = True
    office.assistant.tools = (ToolCall("decide", {}),)
    asked = await _begin(office, slow)

    await office.slack.stop(office.ana, asked["channel"], asked["ts"])
    slow.may_go_on.set()
    await office.app.settle()

    (said,) = office.slack.answers(office.ana)
    assert "Beta Inc" in words(said)
    assert slow.changed == ["beta"]


async def test_an_answer_that_another_process_prepares_is_kept_back(
    office: Office, slow: Slow
) -> None:
    asked = await _begin(office, slow)
    await office.services.inbox.end(office.slack.mail.events[-1]["event_id"], now=office.clock())

    slow.may_go_on.set()
    await office.app.settle()

    assert office.slack.answers(office.ana) == []
    assert await _remembered(office, asked) == []


async def test_a_change_is_told_although_another_process_has_stopped_the_question(
    office: Office, slow: Slow
) -> None:
    slow.changes = True
    office.assistant.tools = (ToolCall("decide", {}),)
    asked = await _begin(office, slow)
    other = Desk.over(office.services, office.app.desk.client)

    where = {"channel": asked["channel"], "thread_ts": asked["ts"], "user": office.ana}
    await stopped(where, other)
    await other.work.settle()
    slow.may_go_on.set()
    await office.app.settle()

    first, second = office.slack.answers(office.ana)
    assert words(first).startswith("Stopped.")
    assert "Beta Inc" in words(second)


async def test_what_is_answered_is_remembered(office: Office, slow: Slow) -> None:
    asked = await _begin(office, slow)

    slow.may_go_on.set()
    await office.app.settle()

    assert await _remembered(office, asked) == ["beta"]


async def test_nobody_stops_what_somebody_else_asked(office: Office, slow: Slow) -> None:
    await office.slack.mention(office.ana, office.channel, "what next for beta?")
    await slow.thinks.wait()
    asked = office.slack.messages(office.channel)[-1]
    await office.slack.until(lambda: office.slack.status(office.channel, asked["ts"]))

    await office.slack.stop(office.ben, office.channel, asked["ts"])
    slow.may_go_on.set()
    await office.app.settle()

    assert "Beta Inc" in words(office.slack.answers(office.ana)[-1])


async def test_what_is_said_in_a_thread_is_answered_in_its_order(
    office: Office, slow: Slow
) -> None:
    slow.quick_ones = ("undo",)
    asked = await _begin(office, slow)

    await office.slack.say(office.ana, "undo", thread_ts=asked["ts"])
    for _ in range(50):  # room for the second to get ahead, if it could
        await office.services.inbox.is_open("nothing")
    slow.may_go_on.set()
    await office.app.settle()

    assert slow.changed == ["beta", "undo"]


async def test_what_is_still_at_work_is_not_taken_up_a_second_time(
    office: Office, slow: Slow
) -> None:
    await _begin(office, slow)
    office.clock.forward(300)

    taken_up = await office.app.resume()
    slow.may_go_on.set()
    await office.app.settle()

    assert (taken_up, slow.changed) == (0, ["beta"])


async def _begin(office: Office, slow: Slow) -> Json:
    asked = await office.slack.say(office.ana, "beta")
    await slow.thinks.wait()
    await office.slack.until(lambda: office.slack.status(asked["channel"], asked["ts"]))
    return asked


async def _remembered(office: Office, asked: Json) -> list[str]:
    place = Place(asked["channel"], asked["ts"])
    said = Conversations(office.database)
    return [turn.asked for turn in await said.earlier(place, csm="ana", now=office.clock())]
