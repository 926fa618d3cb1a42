"""What a person does in Slack, against a Slack that this project did not write.

Run by test_local_slack.py inside a network namespace, because local-slack listens everywhere.
"""

from datetime import UTC, datetime, timedelta

from tests.end_to_end.inside.local_slack import ANA, CHANNEL, Workspace, buttons


async def test_a_question_is_answered_with_a_card_and_accept_changes_it(slack: Workspace) -> None:
    direct = await slack.direct()
    await slack.say(direct, "what should I do next for Beta Inc")
    card = await slack.answer(direct, "Call Sarah Lin at Beta Inc")

    await slack.click(card, "recommendation.accept")

    changed = await slack.answer(direct, "Ana Souza accepted")
    assert changed["ts"] == card["ts"]
    assert {one["action_id"] for one in buttons(changed)} >= {
        "recommendation.complete",
        "recommendation.undo",
    }


async def test_a_recommendation_is_put_off_by_the_form(slack: Workspace) -> None:
    direct = await slack.direct()
    await slack.say(direct, "what should I do next for Alpha Corp")
    card = await slack.answer(direct, "renewal conversation with Alpha Corp")
    await slack.click(card, "recommendation.defer")
    await slack.called("web_api", "Bring it back")
    until = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()

    await slack.submit(
        {
            "until": {"until": {"type": "radio_buttons", "selected_option": {"value": until}}},
            "date": {"date": {"type": "datepicker", "selected_date": until}},
            "note": {"note": {"type": "plain_text_input", "value": "After their board meets"}},
        }
    )

    changed = await slack.answer(direct, "Ana Souza deferred")
    assert changed["ts"] == card["ts"]
    assert "After their board meets" in str(changed["blocks"])


async def test_a_mention_is_answered_in_the_direct_message(slack: Workspace) -> None:
    direct = await slack.direct()

    await slack.say(CHANNEL, "<@U0BOT> what should I do next for Delta Co")

    await slack.answer(direct, "support tickets of Delta Co")
    told = await slack.called("web_api", "only you can see it")
    assert told["detail"]["user"] == ANA


async def test_the_slash_command_is_answered_in_the_direct_message_and_shared(
    slack: Workspace,
) -> None:
    direct = await slack.direct()
    await slack.command(CHANNEL, "what should I do next for Epsilon")
    answer = await slack.answer(direct, "Epsilon")

    await slack.click(answer, "answer.share")

    shared = await slack.answer(CHANNEL, "Ana Souza shared this answer")
    assert "Epsilon" in str(shared["blocks"])
    assert buttons(shared) == []
    await slack.answer(direct, "see it there")


async def test_the_home_tab_shows_the_top_actions(slack: Workspace) -> None:
    await slack.open_home()

    published = await slack.called("web_api", "portfolio.heading")
    assert "Beta Inc" in str(published) or "Alpha Corp" in str(published)


async def test_a_stranger_is_told_how_to_be_added(slack: Workspace) -> None:
    direct = await slack.direct("U03EVE")

    await slack.say(direct, "what should I do next for Beta Inc", "U03EVE")

    answer = await slack.answer(direct, "eve@example.com")
    assert "steward people add" in answer["text"]
