"""Whatever Slack, the network or the process does: each answer arrives, and once."""

import asyncio
from typing import Any

import pytest

from bot.answers import Answer
from bot.cards.note import note
from bot.desk import MOST_AT_ONCE
from bot.jobs.inbox import INBOX
from bot.jobs.outgoing import OUTGOING
from bot.listeners.remembering import remember
from bot.listeners.who import CHECKED_EVERY
from bot.outgoing import EVENT, message
from bot.playground.slack.trouble import Dropped, RateLimited, Refused, ServerError, Slow
from core.errors import Unreachable
from core.recommendations import DecisionKind
from storage.inbox import LEASE, MOST_ATTEMPTS
from storage.outbox import Held
from tests.scenarios.office import Json, Office, actions, words


async def _later(office: Office, seconds: float) -> None:
    """Let time pass and the jobs run, as another process would."""
    office.clock.forward(seconds)
    for job in (INBOX, OUTGOING):
        await job.run(office.app.desk)
    await office.app.settle()


def _answers(office: Office) -> list[Json]:
    return office.slack.answers(office.ana)


async def _say(office: Office, text: str = "beta") -> None:
    await office.slack.say(office.ana, text)
    await office.app.settle()


@pytest.mark.parametrize("trouble", [ServerError(), ServerError(503), RateLimited(retry_after=3)])
async def test_what_slack_does_not_take_arrives_later_and_once(
    office: Office, trouble: ServerError | RateLimited
) -> None:
    office.slack.fail("chat.postMessage", trouble)
    await _say(office)
    assert _answers(office) == []

    await _later(office, 20)
    await _later(office, 20)

    assert len(_answers(office)) == 1
    assert "recommendation.accept" in actions(_answers(office)[0])


async def test_what_arrived_although_the_connection_broke_is_found_and_not_sent_again(
    office: Office,
) -> None:
    office.slack.fail("chat.postMessage", Dropped())
    await _say(office)

    await _later(office, 20)

    (shown,) = _answers(office)
    assert len(office.slack.calls("chat.postMessage")) == 1
    await office.click(office.ana, shown, "recommendation.accept")
    assert "Ana Souza accepted" in words(office.now_shown(shown))


async def test_an_answer_to_a_mention_is_found_in_the_direct_message_as_well(
    office: Office,
) -> None:
    office.slack.fail("chat.postMessage", Dropped())
    await office.slack.mention(office.ana, office.channel, "beta")
    await office.app.settle()

    await _later(office, 20)

    assert len(office.slack.calls("chat.postMessage")) == 1


async def test_what_may_have_arrived_and_cannot_be_looked_for_is_not_sent_twice(
    office: Office,
) -> None:
    office.slack.fail("chat.postMessage", Dropped())
    office.slack.fail("conversations.replies", Refused("missing_scope"))
    await _say(office)

    await _later(office, 20)
    await _later(office, 600)

    assert len(_answers(office)) == 1


async def test_what_slack_will_never_take_is_tried_once(office: Office) -> None:
    office.slack.fail("chat.postMessage", Refused("is_archived"))
    await _say(office)

    await _later(office, 600)

    assert len(office.slack.calls("chat.postMessage")) == 1


async def test_a_process_that_ends_before_it_posts_leaves_the_answer_to_another(
    office: Office,
) -> None:
    await _begun(office, posted=False)

    await _later(office, LEASE.total_seconds() - 1)
    assert _answers(office) == []
    await _later(office, 2)

    assert [one["text"] for one in _answers(office)] == ["Hello"]


async def test_a_process_that_ends_after_it_posted_leaves_nothing_to_post(office: Office) -> None:
    await _begun(office, posted=True)

    await _later(office, LEASE.total_seconds() + 1)

    assert [one["text"] for one in _answers(office)] == ["Hello"]
    fate = await office.services.outbox.find("reply:Ev1")
    assert fate is not None
    assert (fate.state, fate.ts) == ("sent", _answers(office)[0]["ts"])


async def test_a_click_whose_process_ended_is_done_once_and_without_a_wrong_word(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await office.ask()
    really = remember
    ended = iter([True])

    async def ends_here(*given: Any, **more: Any) -> None:
        if next(ended, False):
            raise Unreachable("the process ended")
        await really(*given, **more)

    monkeypatch.setattr("bot.listeners.deciding.remember", ends_here)
    await office.click(office.ana, shown, "recommendation.accept")

    await _later(office, 20)

    assert "Ana Souza accepted" in words(office.now_shown(shown))
    assert office.whispers(office.ana) == []
    found = await office.services.recommendations.underway(None)
    assert [one.kind for one in found[0].history] == [DecisionKind.ACCEPT]


async def test_a_question_waits_while_slack_cannot_say_who_asks(office: Office) -> None:
    office.slack.fail("users.info", ServerError(), times=3)
    await _say(office)
    assert _answers(office) == []

    for _ in range(4):
        await _later(office, 20)

    assert len(_answers(office)) == 1
    assert "recommendation.accept" in actions(_answers(office)[0])


async def test_what_ends_every_process_is_given_up_with_a_sentence(office: Office) -> None:
    await _say(office)
    body = dict(office.slack.mail.events[-1])
    body["event_id"] = body["event"]["client_msg_id"] = "EvDeadly"
    await office.services.inbox.put("EvDeadly", "question", body, now=office.clock())
    for _ in range(MOST_ATTEMPTS):
        office.clock.forward(121)
        await office.services.inbox.take(now=office.clock())

    await _later(office, 121)

    assert "ask me again" in _answers(office)[-1]["text"]
    assert (await office.services.inbox.backlog()).given_up == 0


async def _begun(office: Office, *, posted: bool) -> Held:
    """Keep an answer as a process does that then ends, after posting it or before."""
    opened = await office.app.desk.client.conversations_open(users=office.ana)
    letter = message("reply:Ev1", Answer(note("Hello")), channel=opened["channel"]["id"])
    async with office.database.write() as session:
        held = await office.services.outbox.begin(session, letter, now=office.clock())
    assert held is not None
    if posted:
        sent = {"event_type": EVENT, "event_payload": {"delivery_id": letter.key}}
        await office.app.desk.poster.chat_postMessage(
            channel=letter.body["channel"], text="Hello", metadata=sent
        )
    return held


async def test_what_many_stopped_processes_left_is_taken_up_bit_by_bit_until_all_is_done(
    office: Office,
) -> None:
    await _say(office)
    body = dict(office.slack.mail.events[-1])
    for n in range(30):
        key = f"EvLeft{n}"
        kept = body | {"event_id": key, "event": body["event"] | {"ts": f"{n + 1}.0"}}
        assert await office.services.inbox.put(key, "question", kept, now=office.clock())

    taken = await office.app.resume()
    assert taken == MOST_AT_ONCE
    await office.app.settle()

    assert (await office.services.inbox.backlog()).waiting == 0
    assert len(_answers(office)) == 31


async def test_what_a_stopped_process_left_is_not_tried_without_a_pause(office: Office) -> None:
    await _left(office, "EvLeft")
    office.slack.fail("users.info", ServerError(), times=100)

    await office.app.resume()
    await office.app.settle()

    (waiting,) = await office.services.inbox.waiting("question")
    assert waiting.attempts == 2
    office.slack.recover()
    await _later(office, 20)
    assert len(_answers(office)) == 2


async def test_what_comes_while_leftovers_are_taken_up_is_left_to_whoever_keeps_it(
    office: Office,
) -> None:
    body = await _left(office, "EvLeft")
    slow = Slow(asyncio.Event())
    office.slack.fail("users.info", slow)
    await office.app.resume()
    await slow.met.wait()

    # Kept at this moment by a listener that has not begun its work yet.
    await office.services.inbox.put("EvNew", "question", body, now=office.clock())
    slow.released.set()
    await office.app.settle()

    (new,) = await office.services.inbox.waiting("question")
    assert (new.key, new.attempts) == ("EvNew", 1)


async def _left(office: Office, key: str) -> Json:
    """Keep a question as a process does that then ends; Slack is asked anew who wrote it."""
    await _say(office, "")
    office.clock.forward(CHECKED_EVERY.total_seconds())
    body = dict(office.slack.mail.events[-1])
    kept = body | {"event_id": key, "event": body["event"] | {"text": "beta", "ts": "1.0"}}
    await office.services.inbox.put(key, "question", kept, now=office.clock())
    return kept


async def test_a_letter_is_not_sent_again_once_the_search_for_it_outlasts_the_lease(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outgoing._PAGE", 1)
    direct = (await _begun(office, posted=False)).letter.body["channel"]
    for text in ("one", "two"):
        await office.app.desk.poster.chat_postMessage(channel=direct, text=text)
    at_once, slow = Slow(asyncio.Event()), Slow(asyncio.Event())
    at_once.released.set()
    for page in (at_once, slow):
        office.slack.fail("conversations.history", page)
    office.clock.forward(LEASE.total_seconds() + 1)
    searching: asyncio.Future[object] = asyncio.ensure_future(OUTGOING.run(office.app.desk))
    await slow.met.wait()

    await _later(office, LEASE.total_seconds() + 1)  # another process takes it, and sends it
    slow.released.set()
    await searching
    await _later(office, 20)

    assert [one["text"] for one in _answers(office)].count("Hello") == 1
