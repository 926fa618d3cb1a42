from typing import Any

import aiohttp
import pytest

from bot.playground.slack import LocalSlack, NotOnScreen
from tests.bot.playground.clock import Clock

Json = dict[str, Any]


async def ask(slack: LocalSlack, user: str) -> Json:
    """Let a person ask for the sample card and return it."""
    await slack.say(user, "What next for Beta?")
    return slack.answers(user)[-1]


async def open_form(slack: LocalSlack, user: str) -> Json:
    """Let a person press Defer and return the modal that opens."""
    await slack.click(user, await ask(slack, user), "card.defer")
    view = slack.open_view(user)
    assert view is not None
    return view


async def test_a_direct_message_reaches_the_app_as_slack_sends_it(
    slack: LocalSlack, ana: str
) -> None:
    said = await slack.say(ana, "Beta & <Co>, see https://example.com or ask a@example.com")

    event = slack.mail.events[-1]["event"]
    assert event["text"] == (
        "Beta &amp; &lt;Co&gt;, see <https://example.com>"
        " or ask <mailto:a@example.com|a@example.com>"
    )
    assert (event["channel_type"], event["channel"], event["team"]) == (
        "im",
        said["channel"],
        "T0PLAYGROUND",
    )
    assert event["client_msg_id"]
    assert event["blocks"][0]["elements"][0]["elements"][1]["url"] == "https://example.com"


async def test_the_answer_stands_in_the_thread_of_the_question(slack: LocalSlack, ana: str) -> None:
    said = await slack.say(ana, "What next for Beta?")

    (answer,) = slack.answers(ana)
    assert answer["thread_ts"] == said["ts"]


async def test_a_channel_message_reaches_the_app_only_when_it_is_named(
    slack: LocalSlack, ana: str, channel: str
) -> None:
    await slack.say(ana, "Good morning", channel)
    assert slack.mail.events == []

    await slack.mention(ana, channel, "and Beta?")

    event = slack.mail.events[-1]["event"]
    assert (event["type"], event["text"]) == ("app_mention", f"<@{slack.bot_user}> and Beta?")
    assert "channel_type" not in event
    assert slack.answers(channel)[-1]["text"] == "You called?"


async def test_a_click_carries_everything_that_slack_sends(slack: LocalSlack, ana: str) -> None:
    card = await ask(slack, ana)

    await slack.click(ana, card, "card.accept")

    click = slack.mail.interactions[-1]
    assert click["container"] == {
        "type": "message",
        "message_ts": card["ts"],
        "channel_id": card["channel"],
        "is_ephemeral": False,
        "thread_ts": card["thread_ts"],
    }
    assert click["user"]["team_id"] == click["team"]["id"]
    assert click["actions"][0]["value"] == "rec-1"
    assert click["actions"][0]["action_ts"]
    assert click["trigger_id"]
    assert slack.answers(ana)[-1]["text"].endswith(f"Accepted by <@{ana}>")


async def test_a_button_that_is_gone_cannot_be_pressed(slack: LocalSlack, ana: str) -> None:
    card = await ask(slack, ana)
    await slack.click(ana, card, "card.accept")

    with pytest.raises(NotOnScreen):
        await slack.click(ana, card, "card.accept")


async def test_another_persons_direct_message_cannot_be_clicked(
    slack: LocalSlack, ana: str, ben: str
) -> None:
    card = await ask(slack, ana)

    with pytest.raises(NotOnScreen):
        await slack.click(ben, card, "card.accept")


async def test_a_menu_sends_the_option_that_was_chosen(slack: LocalSlack, ana: str) -> None:
    card = await ask(slack, ana)

    await slack.click(ana, card, "card.more", "explain")

    assert slack.answers(ana)[-1]["text"] == "More: explain"
    with pytest.raises(NotOnScreen):
        await slack.click(ana, card, "card.more", "levitate")


async def test_a_required_field_is_asked_for_before_anything_is_sent(
    slack: LocalSlack, ana: str
) -> None:
    view = await open_form(slack, ana)
    sent = len(slack.mail.interactions)

    errors = await slack.submit(ana, view, {})

    assert errors == {"until": "Please complete this required field."}
    assert len(slack.mail.interactions) == sent


async def test_the_apps_own_errors_come_back_by_field_and_the_modal_stays(
    slack: LocalSlack, ana: str
) -> None:
    view = await open_form(slack, ana)

    errors = await slack.submit(ana, view, {"date": "2020-01-01"})

    assert errors == {"until": "Choose a day in the future."}
    assert slack.open_view(ana) is not None


async def test_a_good_submission_closes_the_modal_and_reports_every_input(
    slack: LocalSlack, ana: str
) -> None:
    view = await open_form(slack, ana)

    errors = await slack.submit(ana, view, {"until": "2026-12-01", "text": "holiday"})

    values = slack.mail.interactions[-1]["view"]["state"]["values"]
    assert errors == {}
    assert values["until"]["date"] == {"type": "datepicker", "selected_date": "2026-12-01"}
    assert values["why"]["text"]["value"] == "holiday"
    assert values["how"]["choice"]["selected_option"]["value"] == "digest"
    assert slack.open_view(ana) is None
    assert "until 2026-12-01" in slack.answers(ana)[-1]["text"]


async def test_a_modal_without_that_input_refuses_the_value(slack: LocalSlack, ana: str) -> None:
    view = await open_form(slack, ana)

    with pytest.raises(NotOnScreen):
        await slack.submit(ana, view, {"colour": "red"})


async def test_closing_a_modal_takes_it_off_the_screen(slack: LocalSlack, ana: str) -> None:
    view = await open_form(slack, ana)

    await slack.close(ana, view)

    assert slack.open_view(ana) is None
    with pytest.raises(NotOnScreen):
        await slack.submit(ana, view, {"date": "2026-12-01"})


async def test_opening_the_home_tab_lets_the_app_fill_it(slack: LocalSlack, ana: str) -> None:
    await slack.open_home(ana)

    home = slack.home(ana)
    assert home is not None
    await slack.click(ana, home, "home.open")
    click = slack.mail.interactions[-1]
    assert click["container"] == {"type": "view", "view_id": home["id"]}
    assert click["view"]["id"] == home["id"]
    assert "channel" not in click
    assert slack.open_view(ana) is not None


async def test_opening_the_messages_tab_brings_suggestions(slack: LocalSlack, ana: str) -> None:
    await slack.open_home(ana, tab="messages")

    (prompts,) = slack.backend.workspace.prompts.values()
    assert [prompt["title"] for prompt in prompts.prompts] == [
        "What should I do next for Beta Inc?",
        "Show me my top actions this week",
    ]


async def test_a_response_url_can_be_used_five_times(slack: LocalSlack, ana: str) -> None:
    card = await ask(slack, ana)
    await slack.click(ana, card, "card.more", "explain")
    url = slack.mail.interactions[-1]["response_url"]

    statuses = await answers_to(url, times=6)

    assert statuses == [200] * 5 + [404]
    assert [message["text"] for message in slack.ephemerals(ana)] == ["psst"] * 5


async def test_a_response_url_lives_half_an_hour(slack: LocalSlack, ana: str, clock: Clock) -> None:
    card = await ask(slack, ana)
    await slack.click(ana, card, "card.more", "explain")
    clock.forward(30 * 60 + 1)

    assert await answers_to(slack.mail.interactions[-1]["response_url"], times=1) == [404]


async def answers_to(url: str, *, times: int) -> list[int]:
    statuses = []
    async with aiohttp.ClientSession() as session:
        for _ in range(times):
            async with session.post(url, json={"text": "psst"}) as answer:
                statuses.append(answer.status)
    return statuses


async def test_what_is_entered_in_a_message_travels_with_the_next_click(
    slack: LocalSlack, ana: str
) -> None:
    note = {"type": "plain_text_input", "action_id": "note"}
    label = {"type": "plain_text", "text": "Note"}
    go = {
        "type": "button",
        "action_id": "card.accept",
        "text": {"type": "plain_text", "text": "Go"},
    }
    blocks = [
        {"type": "input", "block_id": "b", "label": label, "element": note},
        {"type": "actions", "elements": [go]},
    ]
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.token}"}
        body = {"channel": ana, "text": "x", "blocks": blocks}
        await session.post(f"{slack.api_url}chat.postMessage", json=body, headers=headers)
    (message,) = slack.messages(ana)

    slack.enter(ana, message, "b", "note", "call at noon")
    await slack.click(ana, message, "card.accept")

    state = slack.mail.interactions[-1]["state"]["values"]
    assert state["b"]["note"] == {"type": "plain_text_input", "value": "call at noon"}
