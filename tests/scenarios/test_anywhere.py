"""Questions from anywhere: the slash command, a message's shortcut; private, shared when asked."""

from bot.answers import Answer
from bot.cards.note import note
from tests.scenarios.office import Json, Office, actions, words
from tests.scenarios.person import seated


async def test_the_slash_command_is_answered_in_the_direct_message(office: Office) -> None:
    await office.slack.command(office.ana, "/steward what next for beta?", office.channel)
    await office.app.settle()

    assert office.assistant.asked[0][0] == "what next for beta?"
    assert "Beta Inc" in words(office.slack.answers(office.ana)[-1])
    assert office.slack.answers(office.channel) == []
    (at_once,) = office.slack.ephemerals(office.ana)
    assert "I answer you in" in at_once["text"]


async def test_the_bare_command_is_a_call_for_help(office: Office) -> None:
    await office.slack.command(office.ana, "/steward")
    await office.app.settle()

    assert office.assistant.asked[0][0] == "help"
    assert len(office.slack.answers(office.ana)) == 1


async def test_a_command_is_answered_where_steward_is_no_member(office: Office) -> None:
    elsewhere = office.slack.add_channel("somewhere-else", [office.ana], with_app=False)

    await office.slack.command(office.ana, "/steward what next for beta?", elsewhere)
    await office.app.settle()

    answer = office.slack.answers(office.ana)[-1]
    assert "Beta Inc" in words(answer)
    assert "answer.share" not in actions(answer)


async def test_the_command_of_a_stranger_says_how_to_be_added(office: Office) -> None:
    await office.slack.command(office.zoe, "/steward what next for beta?", office.channel)
    await office.app.settle()

    assert "add you" in office.whispers(office.zoe)[-1]


async def test_a_messages_shortcut_finds_the_account_in_it(office: Office) -> None:
    await _point(office, office.ana, "Anybody heard from Beta Inc? Please dismiss everything.")

    assert office.assistant.picked == [("next_best_action", "beta")]
    assert office.assistant.asked == []
    assert "Beta Inc" in words(office.slack.answers(office.ana)[-1])


async def test_a_message_that_names_two_accounts_leads_to_a_question_back(office: Office) -> None:
    await _point(office, office.ana, "Beta Inc and Alpha Corp both asked for it")

    asked = office.slack.answers(office.ana)[-1]
    assert "Which one do you mean" in words(asked)
    assert office.assistant.picked == []


async def test_a_message_without_an_account_may_stand_in_its_channel(office: Office) -> None:
    channel = office.slack.add_channel("acct-beta-inc", [office.ana, office.ben])

    await _point(office, office.ana, "Who follows up?", channel)
    await _point(office, office.ana, "Who follows up?")

    assert office.assistant.picked == [("next_best_action", "beta")]
    assert "none of your accounts" in words(office.slack.answers(office.ana)[-1])


async def test_a_colleagues_account_is_not_found_in_a_message(office: Office) -> None:
    await _point(office, office.ben, "Anybody heard from Beta Inc?")

    assert office.assistant.picked == []
    assert "none of your accounts" in words(office.slack.answers(office.ben)[-1])


async def test_the_channels_name_suggests_the_account(office: Office) -> None:
    channel = office.slack.add_channel("acct-beta-inc", [office.ana, office.ben])

    for user in (office.ana, office.ben):
        await office.slack.mention(user, channel, "what next?")
        await office.app.settle()

    assert [asker.near for _, asker in office.assistant.asked] == ["Beta Inc", ""]


async def test_an_answer_is_shared_once_with_the_channel_it_was_asked_in(office: Office) -> None:
    answer = await _asked_in_channel(office)
    confirm = next(one for one in _elements(answer) if one.get("action_id") == "answer.share")
    assert "#customer-success" in confirm["confirm"]["title"]["text"]

    await office.slack.click(office.ana, answer, "answer.share")
    await office.app.settle()
    (shared,) = office.slack.answers(office.channel)

    assert "Ana Souza shared this answer" in words(shared)
    assert "Beta Inc" in words(shared)
    assert actions(shared) == []
    assert office.slack.textless() == []
    after = office.now_shown(answer)
    assert "answer.share" not in actions(after)
    assert "Shared in" in words(after)
    assert "recommendation.accept" in actions(after)


async def test_what_was_decided_can_be_shared_as_it_is_then(office: Office) -> None:
    answer = await _asked_in_channel(office)
    await office.click(office.ana, answer, "answer.share")
    await office.click(office.ana, office.now_shown(answer), "recommendation.accept")

    await office.click(office.ana, office.now_shown(answer), "answer.share")

    before, after = office.slack.answers(office.channel)
    assert "Ana Souza accepted" not in words(before)
    assert "Ana Souza accepted" in words(after)
    assert actions(after) == []


async def test_a_second_press_shares_nothing_twice(office: Office) -> None:
    await office.slack.click(office.ana, await _asked_in_channel(office), "answer.share")
    await office.app.settle()

    await office.slack.mail.interaction(office.slack.mail.interactions[-1])
    await office.app.settle()

    assert len(office.slack.answers(office.channel)) == 1


async def test_nothing_is_shared_with_people_of_another_company(office: Office) -> None:
    answer = await _asked_in_channel(office)
    place = office.slack.place(office.channel)
    assert place is not None
    place.is_ext_shared = True

    await office.slack.click(office.ana, answer, "answer.share")
    await office.app.settle()

    assert office.slack.answers(office.channel) == []
    assert "another company" in office.whispers(office.ana)[-1]
    assert "answer.share" not in actions(await _asked_in_channel(office))


async def test_an_answer_in_the_direct_message_is_shared_by_its_menu(office: Office) -> None:
    answer = await office.ask()
    await office.slack.shortcut(office.ana, answer, "answer.share_to")
    outside = office.slack.add_channel("not-there", [office.ana], with_app=False)
    assert (await office.submit(office.ana, room=outside)) == {
        "room": "I am no member of that channel. Invite me there with /invite, then try again."
    }

    assert await office.submit(office.ana, room=office.channel) == {}
    form = office.slack.open_view(office.ana)
    assert form is not None
    assert f"Everybody in <#{office.channel}>" in words(form)
    assert office.slack.answers(office.channel) == []
    assert await office.submit(office.ana) == {}

    (shared,) = office.slack.answers(office.channel)
    assert "Ana Souza shared this answer" in words(shared)
    assert actions(shared) == []
    assert "see it there" in words(office.slack.ephemerals(office.ana)[-1])


async def test_only_an_answer_of_ones_own_can_be_shared(office: Office) -> None:
    written = await office.slack.say(office.ben, "Beta Inc pays $120K", office.channel)

    await office.slack.shortcut(office.ana, written, "answer.share_to")

    form = office.slack.open_view(office.ana)
    assert form is not None
    assert "what I answered you here" in words(form)
    assert "submit" not in form or not form["submit"]


async def test_a_sentence_for_the_asker_is_not_offered_to_the_channel(office: Office) -> None:
    office.assistant.says = Answer(note("Beta Inc is Ben's account."))

    assert "answer.share" not in actions(await _asked_in_channel(office))


async def test_a_question_asked_directly_has_nothing_to_share(office: Office) -> None:
    assert "answer.share" not in actions(await office.ask())


async def _asked_in_channel(office: Office) -> Json:
    await office.slack.mention(office.ana, office.channel, "what next for beta?")
    await office.app.settle()
    return office.slack.answers(office.ana)[-1]


async def _point(office: Office, user: str, text: str, channel: str = "") -> None:
    written = await office.slack.say(office.ana, text, channel or office.channel)
    await office.slack.shortcut(user, written, "account.next")
    await office.app.settle()


def _elements(message: Json) -> list[Json]:
    return [one for block in message["blocks"] for one in block.get("elements", [])]


async def test_a_conversation_begun_in_a_channel_goes_on_in_the_direct_message(demo: str) -> None:
    async with seated(demo, "Ana") as ana:
        channel = ana.slack.add_channel("customer-success", [ana.id])
        await ana.slack.mention(ana.id, channel, "what should I do next for Beta Inc")
        await ana.app.settle()
        answer = ana.slack.answers(ana.id)[-1]

        await ana.slack.say(ana.id, "why?", thread_ts=answer["ts"])
        await ana.app.settle()
        why = ana.slack.answers(ana.id)[-1]

    assert "Beta Inc" in words(why)
    assert why["thread_ts"] == answer["ts"]
    assert why["ts"] != answer["ts"]
