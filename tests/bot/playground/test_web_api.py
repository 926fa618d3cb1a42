import logging
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack import LocalSlack
from tests.bot.playground.sample import card, text

pytestmark = pytest.mark.filterwarnings("ignore:The top-level `text` argument:UserWarning")


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return refused.value.response


async def test_the_app_learns_who_it_is(slack: LocalSlack, client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert (answer["user_id"], answer["team_id"]) == (slack.bot_user, "T0PLAYGROUND")


async def test_people_are_found_by_id_and_by_email(client: AsyncWebClient, ana: str) -> None:
    by_id = await client.users_info(user=ana)
    by_email = await client.users_lookupByEmail(email="ANA@example.com")

    assert by_id["user"] == by_email["user"]
    assert by_id["user"]["tz"] == "Europe/Lisbon"
    assert by_id["user"]["profile"]["email"] == "ana@example.com"


async def test_form_json_and_query_arguments_are_one(slack: LocalSlack, ana: str) -> None:
    headers = {"Authorization": f"Bearer {slack.token}"}
    url = f"{slack.api_url}users.info"
    async with aiohttp.ClientSession(headers=headers) as session:
        sent = [
            await session.post(url, data={"user": ana}),
            await session.post(url, json={"user": ana}),
            await session.post(url, params={"user": ana}),
            await session.get(url, params={"user": ana}),
        ]
        answers = [await answer.json() for answer in sent]

    assert [answer["user"]["id"] for answer in answers] == [ana] * 4


async def test_lists_come_in_pages(client: AsyncWebClient, ana: str, ben: str) -> None:
    found = []
    async for page in await client.users_list(limit=1):
        found.extend(page["members"])

    assert {ana, ben} <= {member["id"] for member in found}
    assert len(found) == 3


async def test_a_wrong_or_missing_token_is_refused(slack: LocalSlack) -> None:
    wrong = await refusal(AsyncWebClient(token="xoxb-wrong", base_url=slack.api_url), "auth.test")
    missing = await refusal(AsyncWebClient(token="", base_url=slack.api_url), "auth.test")

    assert (wrong["error"], missing["error"]) == ("invalid_auth", "not_authed")


async def test_an_unknown_method_is_refused_loudly(
    client: AsyncWebClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = await refusal(client, "chat.levitate")

    assert answer["error"] == "unknown_method"
    assert "chat.levitate" in caplog.text


async def test_a_message_gets_block_ids_and_can_be_replaced_and_deleted(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    posted = await client.chat_postMessage(channel=ana, text="Hello", blocks=card())
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    await client.chat_update(**place, text="Changed")

    (message,) = slack.messages(ana)
    assert all(block["block_id"] for block in message["blocks"])
    assert (message["text"], message["edited"]["user"]) == ("Changed", slack.bot_user)
    await client.chat_delete(**place)
    assert slack.messages(ana) == []


async def test_blocks_without_text_are_posted_and_remembered(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    await client.api_call("chat.postMessage", json={"channel": ana, "blocks": card()})

    assert [given["channel"] for given in slack.textless()] == [ana]


async def test_invalid_blocks_are_refused_with_pointers(client: AsyncWebClient, ana: str) -> None:
    blocks = [{"type": "header", "text": text("x" * 151)}]

    answer = await refusal(client, "chat.postMessage", channel=ana, text="x", blocks=blocks)

    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


LONG = [{"type": "section", "text": text("x" * 2900)}] * 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": LONG}, "msg_blocks_too_long"),
        ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "metadata": {"colour": "red"}}, "invalid_metadata_format"),
        ({"text": "x", "channel": "C0NOWHERE"}, "channel_not_found"),
    ],
)
async def test_a_message_that_slack_does_not_take(
    client: AsyncWebClient, ana: str, arguments: dict[str, Any], code: str
) -> None:
    answer = await refusal(client, "chat.postMessage", **({"channel": ana} | arguments))

    assert answer["error"] == code


async def test_channels_that_the_app_may_not_post_in(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    foreign = slack.add_channel("board", [ana], with_app=False)
    archived = slack.add_channel("old", [ana], is_archived=True)

    answers = [
        await refusal(client, "chat.postMessage", channel=channel, text="x")
        for channel in (foreign, archived)
    ]

    assert [answer["error"] for answer in answers] == ["not_in_channel", "is_archived"]


async def test_only_its_own_existing_messages_can_be_updated(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    said = await slack.say(ana, "keep a secret")
    place = {"channel": said["channel"], "text": "x"}

    foreign = await refusal(client, "chat.update", **place, ts=said["ts"])
    missing = await refusal(client, "chat.update", **place, ts="1.000001")

    assert (foreign["error"], missing["error"]) == ("cant_update_message", "message_not_found")


async def test_an_update_has_a_shorter_limit_than_a_post(client: AsyncWebClient, ana: str) -> None:
    posted = await client.chat_postMessage(channel=ana, text="x" * 5000)
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    answer = await refusal(client, "chat.update", **place, text="x" * 4001)

    assert answer["error"] == "msg_too_long"


async def test_metadata_is_kept_and_shown_on_demand(client: AsyncWebClient, ana: str) -> None:
    metadata = {"event_type": "card", "event_payload": {"id": "rec-1"}}
    posted = await client.chat_postMessage(channel=ana, text="x", metadata=metadata)

    plain = await client.conversations_history(channel=posted["channel"])
    full = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)

    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_threads_are_told_apart_from_history(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    root = await client.chat_postMessage(channel=ana, text="root")
    where = {"channel": root["channel"], "thread_ts": root["ts"]}
    await client.chat_postMessage(**where, text="first")
    await client.chat_postMessage(**where, text="second")

    history = await client.conversations_history(channel=root["channel"])
    thread = await client.conversations_replies(channel=root["channel"], ts=root["ts"])

    assert [message["text"] for message in history["messages"]] == ["root"]
    assert [message["text"] for message in thread["messages"]] == ["root", "first", "second"]
    assert history["messages"][0]["reply_count"] == 2


async def test_an_ephemeral_message_is_seen_by_one_person(
    slack: LocalSlack, client: AsyncWebClient, ana: str, ben: str, channel: str
) -> None:
    await client.chat_postEphemeral(channel=channel, user=ana, text="for Ana")

    assert [message["text"] for message in slack.ephemerals(ana)] == ["for Ana"]
    assert slack.ephemerals(ben) == []
    assert slack.messages(channel) == []


async def test_a_status_shows_until_the_app_posts_in_that_thread(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    said = await slack.say(ana, "please think")
    place = {"channel": said["channel"], "thread_ts": said["ts"]}
    assert slack.status(said["channel"], said["ts"]) == "is reading the facts…"

    await client.chat_postMessage(**place, text="Done")

    assert slack.status(said["channel"], said["ts"]) == ""


async def test_a_session_is_processing_until_it_is_active(
    slack: LocalSlack, client: AsyncWebClient, ana: str
) -> None:
    said = await slack.say(ana, "a secret")
    place = {"channel_id": said["channel"], "thread_ts": said["ts"]}

    await client.agents_sessions_setStatus(**place, status="processing")
    before = slack.status(said["channel"], said["ts"])
    await client.agents_sessions_setStatus(**place, status="active")

    assert (before, slack.status(said["channel"], said["ts"])) == ("is thinking…", "")


async def test_a_reaction_is_added_once(client: AsyncWebClient, ana: str) -> None:
    posted = await client.chat_postMessage(channel=ana, text="x")
    place = {"channel": posted["channel"], "timestamp": posted["ts"], "name": "eyes"}
    await client.reactions_add(**place)

    again = await refusal(client, "reactions.add", **place)

    assert again["error"] == "already_reacted"
