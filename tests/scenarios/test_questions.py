"""From a message to an answer: where it lands, once, for whom, and what is said instead."""

import logging
from datetime import timedelta

import pytest

from bot.answers import Answer
from bot.cards.note import note
from bot.playground.slack.trouble import RateLimited, Refused
from bot.tools.tool import ToolCall
from core.errors import AccountUnknown
from core.recommendations import CsmId, Decision, DecisionKind
from tests.scenarios.office import Json, Office, words


async def test_a_direct_message_is_answered_in_its_thread_with_a_card(office: Office) -> None:
    asked = await office.slack.say(office.ana, "what next for beta?")
    await office.app.settle()

    shown = office.slack.answers(office.ana)
    assert [one["thread_ts"] for one in shown] == [asked["ts"]]
    assert "Beta Inc" in words(shown[0])
    assert "Beta Inc" in shown[0]["text"]
    assert office.slack.textless() == []


async def test_a_reply_in_a_thread_is_answered_in_that_thread(office: Office) -> None:
    first = await office.ask()

    await office.slack.say(office.ana, "and then?", thread_ts=first["thread_ts"])
    await office.app.settle()

    assert {one["thread_ts"] for one in office.slack.answers(office.ana)} == {first["thread_ts"]}
    assert len(office.slack.answers(office.ana)) == 2


async def test_the_asker_is_known_by_e_mail_and_in_their_own_time_zone(office: Office) -> None:
    await office.ask()

    _, asker = office.assistant.asked[0]
    assert (asker.csm.name, asker.csm.timezone) == ("Ana Souza", "Europe/Berlin")
    linked = await office.services.people.by_slack(office.ana)
    assert linked is not None
    assert linked.id == "ana"


async def test_slack_is_asked_who_somebody_is_only_once(office: Office) -> None:
    await office.ask()
    await office.ask()

    assert len(office.slack.calls("users.info")) == 1
    assert len(office.slack.calls("auth.test")) == 1


async def test_an_event_that_comes_four_times_is_answered_once(office: Office) -> None:
    await office.ask()

    for number in (1, 2, 3):
        await office.slack.redeliver(office.slack.mail.events[-1], number)
    await office.app.settle()

    assert len(office.slack.answers(office.ana)) == 1


async def test_a_question_left_behind_by_a_stopped_process_is_answered(office: Office) -> None:
    await office.ask()
    body = dict(office.slack.mail.events[-1]) | {"event_id": "EvBefore"}
    await office.services.inbox.put("EvBefore", "question", body, now=office.clock())
    office.clock.forward(1)

    taken = await office.app.resume()
    await office.app.settle()

    assert taken == 1
    assert len(office.slack.answers(office.ana)) == 2
    assert await office.app.resume() == 0


async def test_a_message_in_a_channel_without_a_mention_is_left_alone(office: Office) -> None:
    await office.ask()
    elsewhere = {"channel": office.channel, "channel_type": "channel"}

    await office.slack.mail.event(_altered(office.slack.mail.events[-1], "EvC", elsewhere))
    await office.app.settle()

    assert len(office.assistant.asked) == 1


async def test_steward_shows_that_it_is_at_work_and_that_it_is_done(office: Office) -> None:
    await office.ask()

    states = [one["status"] for one in office.slack.calls("agents.sessions.setStatus")]
    assert states == ["processing", "active"]


async def test_a_status_that_slack_does_not_know_does_not_keep_the_answer_back(
    office: Office,
) -> None:
    office.slack.fail("agents.sessions.setStatus", Refused("unknown_method"), times=2)

    shown = await office.ask()

    assert "Beta Inc" in words(shown)


async def test_a_mention_is_answered_privately_with_a_pointer_in_the_channel(
    office: Office,
) -> None:
    await office.slack.mention(office.ana, office.channel, "what next for beta?")
    await office.app.settle()

    assert "Beta Inc" in words(office.slack.answers(office.ana)[-1])
    assert office.slack.answers(office.channel) == []
    pointer = office.slack.ephemerals(office.ana)[-1]
    assert pointer["channel"] == office.channel
    assert "our direct message" in words(pointer)
    assert office.assistant.asked[0][0] == "what next for beta?"


async def test_a_person_who_is_no_csm_is_told_how_to_be_added(office: Office) -> None:
    shown = await office.ask(user=office.zoe)

    assert "zoe@steward.example" in shown["text"]
    assert "add you" in shown["text"]


async def test_a_stranger_in_a_channel_is_told_so_privately(office: Office) -> None:
    await office.slack.mention(office.zoe, office.channel, "what next for beta?")
    await office.app.settle()

    assert office.slack.answers(office.channel) == []
    assert "add you" in office.whispers(office.zoe)[-1]


async def test_a_guest_is_refused(office: Office) -> None:
    shown = await office.ask(user=office.gus)

    assert "you are a guest" in shown["text"]
    assert office.assistant.asked == []


async def test_what_cannot_be_answered_becomes_a_sentence(office: Office) -> None:
    office.assistant.refuses = AccountUnknown("Betta", ["Beta Inc", "Bluth Homes"])

    shown = await office.ask()

    assert "Beta Inc or Bluth Homes" in shown["text"]


async def test_an_unforeseen_error_is_logged_and_shown_with_a_reference_only(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.assistant.refuses = RuntimeError("secret detail")

    with caplog.at_level(logging.ERROR):
        shown = await office.ask()

    reference = shown["text"].rstrip(".").split()[-1]
    assert "secret detail" not in shown["text"]
    assert reference in caplog.text


async def test_bots_and_edits_are_left_alone(office: Office) -> None:
    await office.ask()
    envelope = office.slack.mail.events[-1]

    for number, change in enumerate(
        ({"bot_id": "B1"}, {"subtype": "message_changed"}, {"subtype": "message_deleted"})
    ):
        await office.slack.mail.event(_altered(envelope, f"EvX{number}", change))
    await office.app.settle()

    assert len(office.slack.answers(office.ana)) == 1


async def test_slacks_link_markup_and_escapes_are_taken_off_the_question(office: Office) -> None:
    await office.ask()
    text = "what next for <http://beta.inc|beta.inc> &amp; <mailto:a@b.c|a@b.c> in <#C1|team>"
    await office.slack.mail.event(_altered(office.slack.mail.events[-1], "EvLinks", {"text": text}))
    await office.app.settle()

    assert office.assistant.asked[-1][0] == "what next for beta.inc & a@b.c in <#C1|team>"


async def test_a_busy_slack_is_waited_for_when_a_card_is_redrawn(office: Office) -> None:
    shown = await office.ask()
    office.slack.fail("chat.update", RateLimited(retry_after=0))

    await office.click(office.ana, shown, "recommendation.accept")

    assert "Ana Souza accepted" in words(office.now_shown(shown))


async def test_a_decision_in_words_changes_the_cards_posted_before(office: Office) -> None:
    shown = await office.ask()
    (stored,) = await office.services.recommendations.offer(
        office.advisor.offers[:1], now=office.clock()
    )
    accepted = Decision(DecisionKind.ACCEPT, CsmId("ana"), "Ana Souza", office.clock())
    decided = await office.services.recommendations.decide(
        stored.id, accepted, request_key="words", today=office.clock().date()
    )
    office.assistant.tools = (ToolCall("decide", {}),)
    office.assistant.says = Answer(note("Done."), shows=(decided.id,), surface="card")

    await office.ask("accept beta")

    assert "Ana Souza accepted" in words(office.now_shown(shown))


async def test_the_inbox_forgets_what_was_said_once_it_is_answered(office: Office) -> None:
    await office.ask()

    later = office.clock() + timedelta(days=1)
    assert await office.services.inbox.take(now=later) == ()


def _altered(envelope: Json, event_id: str, change: Json) -> Json:
    return {**envelope, "event_id": event_id, "event": {**envelope["event"], **change}}
