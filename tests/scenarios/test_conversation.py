"""The thread is the memory: short sentences, wherever somebody talks with Steward."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.jobs.conversations import CONVERSATIONS
from bot.listeners.who import identify
from bot.posting import post
from core.recommendations import Decision, Status
from storage.conversations import KEPT_DAYS, Conversations, Place
from tests.scenarios.office import Json, actions, words
from tests.scenarios.person import Person, seated


@pytest.fixture
async def ana(demo: str) -> AsyncIterator[Person]:
    async with seated(demo, "Ana") as person:
        yield person


async def reply(person: Person, to: Json, text: str) -> Json:
    """Write in the thread of a message and return the newest answer there."""
    thread = to.get("thread_ts") or to["ts"]
    await person.slack.say(person.id, text, thread_ts=thread)
    await person.app.settle()
    return [one for one in person.slack.answers(person.id) if one.get("thread_ts") == thread][-1]


async def decisions(person: Person, name: str) -> list[Decision]:
    """What was just decided about an account's recommendation, whoever did."""
    services = person.app.desk.services
    accounts = await services.accounts.names(None)
    id = next(one.id for one in accounts if one.name == name)
    last = await services.recommendations.last_decided(id)
    since = person.clock() - timedelta(minutes=1)
    return [one for one in last.history if one.at > since] if last else []


async def test_from_the_question_by_short_sentences_to_what_came_of_it(ana: Person) -> None:
    card = await ana.ask("what should I do next for Beta Inc")

    assert "Effectiveness" in words(await reply(ana, card, "why?"))
    assert "Grace Thompson" in words(await reply(ana, card, "write Gamma Ltd a mail"))
    assert "Sarah Lin" in words(await reply(ana, card, "and the other one?"))
    await reply(ana, card, "accept it")
    await reply(ana, card, "done, booked the QBR for the 8th")

    made = await decisions(ana, "Beta Inc")
    assert [one.kind.value for one in made] == ["accept", "complete"]
    assert made[-1].note == "booked the QBR for the 8th"


async def test_a_command_to_a_list_asks_which_and_its_button_does_it(ana: Person) -> None:
    listed = await ana.ask("show me my top actions this week")

    which = await reply(ana, listed, "accept")
    assert not await decisions(ana, "Alpha Corp")
    first = next(block["accessory"] for block in which["blocks"] if "accessory" in block)
    await ana.click(which, first["action_id"], first["value"])
    await reply(ana, listed, "snooze the second one till friday")

    services = ana.app.desk.services
    kept = (await services.recommendations.get(first["value"])).status
    assert kept is Status.ACCEPTED
    assert len([one for one in ana.slack.answers(ana.id) if "deferred" in words(one)]) > 0


async def test_a_button_of_a_question_back_keeps_what_was_asked_and_goes_on_in_its_thread(
    ana: Person,
) -> None:
    question = await ana.ask("write an agenda for acme")

    await ana.click(question, "clarify.pick.0")
    picked = ana.slack.answers(ana.id)[-1]
    after = await reply(ana, question, "what next for them?")

    assert "Agenda" in words(picked)
    assert "Acme Corp" in words(picked)
    assert "Acme Corp" in words(after)
    assert after["thread_ts"] == picked["thread_ts"] == question["thread_ts"]


async def test_messages_outside_threads_go_on_for_half_an_hour(ana: Person) -> None:
    await ana.ask("what should I do next for Beta Inc")
    assert "Effectiveness" in words(await ana.ask("why?"))

    ana.clock.forward(31 * 60)

    assert "clarify.pick.0" in actions(await ana.ask("why?"))


async def test_in_a_channel_nobody_goes_on_with_what_somebody_else_asked(ana: Person) -> None:
    ben = ana.slack.add_user("Ben", email="ben@steward.example", tz="Europe/Berlin")
    channel = ana.slack.add_channel("success", [ana.id, ben])
    asked = await ana.slack.mention(ana.id, channel, "what should I do next for Beta Inc")
    await ana.app.settle()

    await ana.slack.mention(ben, channel, "accept it", thread_ts=asked["ts"])
    await ana.slack.mention(ben, channel, "why?", thread_ts=asked["ts"])
    await ana.app.settle()
    assert not await decisions(ana, "Beta Inc")
    assert "Sarah" not in str(ana.slack.answers(ben))

    await ana.slack.mention(ana.id, channel, "accept it", thread_ts=asked["ts"])
    await ana.app.settle()
    assert await decisions(ana, "Beta Inc")


async def test_an_answer_given_privately_goes_on_in_its_own_thread(ana: Person) -> None:
    channel = ana.slack.add_channel("success", [ana.id])
    await ana.slack.mention(ana.id, channel, "what should I do next for Beta Inc")
    await ana.app.settle()
    private = ana.slack.answers(ana.id)[-1]

    assert "Effectiveness" in words(await reply(ana, private, "why?"))


async def test_a_reply_to_a_posted_list_is_about_that_list(ana: Person) -> None:
    desk = ana.app.desk
    asker = await identify(desk, ana.id, request_key="k")
    made = await desk.services.assistant.answer("top 3 enterprise actions", asker)
    direct = (await desk.client.conversations_open(users=ana.id))["channel"]["id"]
    posted = await post(desk, made.answer, channel=direct)
    second = (await desk.services.recommendations.get(made.answer.shows[1])).account.name

    shown = await reply(ana, {"ts": posted.ts}, "why the second one?")

    assert second in words(shown)


async def test_what_is_quoted_or_comes_twice_changes_nothing_more(ana: Person) -> None:
    card = await ana.ask("what should I do next for Beta Inc")

    await reply(ana, card, "> accept it")
    await reply(ana, card, "Sarah wrote: done, we will renew")
    assert not await decisions(ana, "Beta Inc")

    await reply(ana, card, "accept it")
    await reply(ana, card, "accept it")
    assert len(await decisions(ana, "Beta Inc")) == 1


async def test_after_a_month_nothing_is_remembered(ana: Person) -> None:
    card = await ana.ask("what should I do next for Beta Inc")
    kept = Conversations(ana.app.desk.services.database)
    place = Place(card["channel"], card["thread_ts"])
    csm = (await identify(ana.app.desk, ana.id, request_key="k")).csm.id
    then = ana.clock()
    assert await kept.earlier(place, csm=csm, now=then)

    ana.clock.forward(KEPT_DAYS * 86_400 + 60)
    await CONVERSATIONS.run(ana.app.desk)

    assert not await kept.earlier(place, csm=csm, now=then)


async def test_a_command_means_the_card_that_a_click_showed_last(ana: Person) -> None:
    listed = await ana.ask("show me my top 5 actions")
    details = [
        element["value"]
        for block in listed["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "recommendation.show"
    ]
    await reply(ana, listed, "why the first one?")
    await ana.click(listed, "recommendation.show", details[1])

    await reply(ana, listed, "accept")

    kept = ana.app.desk.services.recommendations
    first, second = [(await kept.get(id)).status for id in details[:2]]
    assert (first, second) == (Status.RECOMMENDED, Status.ACCEPTED)


async def test_an_undo_in_words_takes_back_what_a_click_decided_last(ana: Person) -> None:
    beta = await ana.ask("what should I do next for Beta Inc")
    await reply(ana, beta, "accept")
    gamma = await reply(ana, beta, "what about Gamma Ltd?")
    await ana.click(gamma, "recommendation.accept")

    await reply(ana, beta, "undo")

    assert [one.kind.value for one in await decisions(ana, "Beta Inc")] == ["accept"]
    assert [one.kind.value for one in await decisions(ana, "Gamma Ltd")] == ["accept", "undo"]
