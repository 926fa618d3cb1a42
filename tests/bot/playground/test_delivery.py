import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.slack import (
    AsgiDelivery,
    Dropped,
    HttpDelivery,
    LocalSlack,
    NotAnswered,
    RateLimited,
    Refused,
    ServerError,
    Slow,
)
from bot.playground.slack.loopback import loopback
from tests.bot.playground.sample import sample_app


class Recorder:
    """An app that notes what it is sent and answers with one status."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.requests: list[tuple[bytes, dict[str, str]]] = []
        self.app = Starlette(routes=[Route("/slack/events", self._note, methods=["POST"])])

    async def _note(self, request: Request) -> Response:
        self.requests.append((await request.body(), dict(request.headers)))
        return Response(status_code=self.status)


async def test_events_are_signed_http_posts(slack: LocalSlack, ana: str) -> None:
    recorder = Recorder()
    async with loopback(recorder.app) as server:
        slack.deliver_to(HttpDelivery(f"{server.address}/slack/events"))

        await slack.say(ana, "hello")

    ((body, headers),) = recorder.requests
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert headers["content-type"] == "application/json"


async def test_both_ways_of_delivery_carry_the_same_headers(slack: LocalSlack, ana: str) -> None:
    recorder = Recorder()
    slack.deliver_to(AsgiDelivery(recorder.app))

    await slack.say(ana, "hello")

    ((body, headers),) = recorder.requests
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)


async def test_an_app_with_another_secret_refuses_the_event(
    slack: LocalSlack, ana: str, client: AsyncWebClient
) -> None:
    stranger = sample_app(client, "another-secret")
    slack.deliver_to(AsgiDelivery(AsyncSlackRequestHandler(stranger)))

    with pytest.raises(NotAnswered) as refused:
        await slack.say(ana, "hello")

    assert refused.value.status == 401


async def test_an_app_that_is_down_is_noticed_and_the_message_stays(
    slack: LocalSlack, ana: str
) -> None:
    slack.deliver_to(HttpDelivery("http://127.0.0.1:9/slack/events"))

    with pytest.raises(NotAnswered) as refused:
        await slack.say(ana, "hello")

    assert refused.value.status == 0
    assert [message["text"] for message in slack.messages(ana)] == ["hello"]


async def test_an_event_can_be_sent_again_with_its_id_and_a_retry_number(
    slack: LocalSlack, ana: str
) -> None:
    recorder = Recorder()
    slack.deliver_to(AsgiDelivery(recorder.app))
    await slack.say(ana, "hello")

    await slack.redeliver(slack.mail.events[-1], number=2)

    (first, _), (second, headers) = recorder.requests
    assert first == second
    assert headers["x-slack-retry-num"] == "2"
    assert headers["x-slack-retry-reason"] == "http_timeout"


@pytest.mark.parametrize(
    ("trouble", "status"), [(RateLimited(retry_after=7), 429), (ServerError(503), 503)]
)
async def test_trouble_is_met_as_often_as_planned(
    slack: LocalSlack, ana: str, client: AsyncWebClient, trouble: RateLimited, status: int
) -> None:
    slack.fail("chat.postMessage", trouble, times=2)

    codes = [(await raw(client, ana))[0] for _ in range(3)]

    assert codes == [status, status, 200]
    assert len(slack.messages(ana)) == 1


async def test_a_rate_limit_says_when_to_come_back(
    slack: LocalSlack, ana: str, client: AsyncWebClient
) -> None:
    slack.fail("chat.postMessage", RateLimited(retry_after=7))

    _, headers, _ = await raw(client, ana)

    assert headers["Retry-After"] == "7"


async def test_a_token_can_be_refused_for_a_while(
    slack: LocalSlack, ana: str, client: AsyncWebClient
) -> None:
    slack.fail("chat.postMessage", Refused("invalid_auth"))

    answers = [json.loads((await raw(client, ana))[2]) for _ in range(2)]

    assert [answer.get("error") for answer in answers] == ["invalid_auth", None]


async def test_a_dropped_connection_leaves_the_message_behind(
    slack: LocalSlack, ana: str, client: AsyncWebClient
) -> None:
    slack.fail("chat.postMessage", Dropped())

    # slack_sdk tries again once by itself after a dropped connection, so Slack has it twice.
    await client.chat_postMessage(channel=ana, text="hello")

    assert [message["text"] for message in slack.messages(ana)] == ["hello", "hello"]


async def test_a_slow_answer_waits_for_its_release(
    slack: LocalSlack, ana: str, client: AsyncWebClient
) -> None:
    released = asyncio.Event()
    slack.fail("chat.postMessage", Slow(released))
    posting = asyncio.create_task(client.chat_postMessage(channel=ana, text="hello"))
    await client.auth_test()
    assert slack.messages(ana) == []

    released.set()
    await slack.until(lambda: slack.messages(ana))

    assert (await posting)["ok"]


async def test_until_says_when_nothing_happens(slack: LocalSlack) -> None:
    with pytest.raises(TimeoutError):
        await slack.until(lambda: False, seconds=0.01)


async def test_a_conversation_survives_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "slack.json"
    async with LocalSlack(kept_at=kept).serving() as before:
        ana = before.add_user("Ana Costa", email="ana@example.com")
        before.deliver_to(AsgiDelivery(Recorder().app))
        said = await before.say(ana, "hello")

    after = LocalSlack(kept_at=kept)

    assert after.add_user("Ana Costa", email="ana@example.com") == ana
    assert [message["text"] for message in after.messages(ana)] == ["hello"]
    after.deliver_to(AsgiDelivery(Recorder().app))
    assert float((await after.say(ana, "again"))["ts"]) > float(said["ts"])


async def test_a_change_is_saved_within_a_second_without_being_asked(tmp_path: Path) -> None:
    slack = LocalSlack(kept_at=tmp_path / "slack.json")
    slack.save()
    saves = slack.backend.keeper.saves

    slack.add_user("Ana Costa", email="ana@example.com")
    async with asyncio.timeout(1):
        await saves.after(saves.revision)

    assert names_kept_in(tmp_path) == ["Steward", "Ana Costa"]


def names_kept_in(folder: Path) -> list[str]:
    """Return who is in the one file of the folder."""
    (kept,) = folder.iterdir()
    return [user["real_name"] for user in json.loads(kept.read_text())["users"]]


async def raw(client: AsyncWebClient, channel: str) -> tuple[int, dict[str, str], str]:
    """Post a message without slack_sdk; return the status, the headers and the body."""
    headers = {"Authorization": f"Bearer {client.token}"}
    given = {"channel": channel, "text": "hello"}
    url = f"{client.base_url}chat.postMessage"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=given, headers=headers) as answer,
    ):
        return answer.status, dict(answer.headers), await answer.text()
