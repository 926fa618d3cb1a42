import json
import socket

import aiohttp
import pytest
from starlette.responses import PlainTextResponse

from bot.playground.errors import PlaygroundRefused
from bot.playground.guard import refuse_real_tokens
from bot.playground.server import address, listen, playground_app
from bot.playground.slack import LocalSlack


@pytest.fixture
def page(playground: LocalSlack) -> str:
    return playground.hooks_at


async def status_of(method: str, url: str, headers: dict[str, str] | None = None) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, json={"text": "hello"}, headers=headers) as answer,
    ):
        return answer.status


async def test_the_page_and_its_files_are_served(page: str) -> None:
    for path in ("/", "/page.js", "/page.css", "/favicon.svg", "/THIRD-PARTY-LICENSES.txt"):
        assert await status_of("GET", page + path) == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "10.0.0.1:1"])
@pytest.mark.parametrize("path", ["/", "/ui/state", "/api/auth.test", "/slack/events"])
async def test_a_foreign_host_name_is_refused_everywhere(page: str, path: str, host: str) -> None:
    assert await status_of("GET", page + path, {"Host": host}) == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", None])
async def test_another_pages_post_is_refused(page: str, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}

    assert await status_of("POST", f"{page}/ui/say", headers) == 403


@pytest.mark.parametrize("path", ["/ui/state", "/api/chat.postMessage", "/slack/events"])
async def test_another_page_reaches_nothing(page: str, path: str) -> None:
    headers = {"Origin": "https://evil.example"}

    assert await status_of("GET", page + path, headers) == 403
    assert await status_of("POST", page + path, headers) == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_its_own_page_may_post(page: str, name: str) -> None:
    own = page.replace("127.0.0.1", name)

    headers = {"Origin": own, "Host": own.removeprefix("http://")}

    assert await status_of("POST", f"{page}/ui/say", headers) == 200


async def test_the_page_runs_only_its_own_scripts(page: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(page) as answer:
        rules = answer.headers["Content-Security-Policy"]
        html = await answer.text()

    assert "script-src 'self'" in rules
    assert "unsafe" not in rules
    assert "<script>" not in html


async def test_what_a_person_does_comes_back_as_state(page: str) -> None:
    async with aiohttp.ClientSession(headers={"Origin": page}) as session:
        await session.post(f"{page}/ui/say", json={"text": "What next for Beta?"})
        async with session.get(f"{page}/ui/state") as answer:
            state = await answer.json()

    direct = next(c for c in state["conversations"] if c["is_im"])
    question, card = direct["messages"]
    assert (question["text"], card["thread_ts"]) == ("What next for Beta?", question["ts"])


async def test_the_stream_begins_with_the_whole_state(page: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{page}/ui/stream") as answer:
        line = await answer.content.readline()

    assert json.loads(line.removeprefix(b"data: "))["workspace"] == "Playground"


async def test_a_channels_typed_name_becomes_a_link_as_in_slack(page: str) -> None:
    async with aiohttp.ClientSession(headers={"Origin": page}) as session:
        typed = "digest in #customer-success at 8, not in #customer-success-emea"
        await session.post(f"{page}/ui/say", json={"text": typed})
        async with session.get(f"{page}/ui/state") as answer:
            state = await answer.json()

    channel = next(c for c in state["conversations"] if not c["is_im"])
    direct = next(c for c in state["conversations"] if c["is_im"])
    said = direct["messages"][0]
    assert said["text"] == f"digest in <#{channel['id']}> at 8, not in #customer-success-emea"
    parts = said["blocks"][0]["elements"][0]["elements"]
    assert {"type": "channel", "channel_id": channel["id"]} in parts


async def test_an_app_that_does_not_answer_is_said_in_plain_words(
    broken_playground: LocalSlack,
) -> None:
    page = broken_playground.hooks_at
    async with aiohttp.ClientSession(headers={"Origin": page}) as session:
        answer = await session.post(f"{page}/ui/say", json={"text": "hello"})
        told = await answer.json()

    assert told["ok"] is False
    assert told["trouble"].startswith("Steward did not answer.")


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_real_tokens_keep_the_playground_from_starting(name: str) -> None:
    with pytest.raises(PlaygroundRefused, match=name):
        refuse_real_tokens({name: "xoxb-1"})
    with pytest.raises(PlaygroundRefused, match=f"{name}_FILE"):
        refuse_real_tokens({f"{name}_FILE": "/run/secrets/token"})


def test_an_environment_without_tokens_is_fine() -> None:
    refuse_real_tokens({"SLACK_BOT_TOKEN": "", "PATH": "/bin"})


def test_a_playground_without_people_says_how_to_get_some() -> None:
    with pytest.raises(PlaygroundRefused, match="steward demo"):
        playground_app(bot_app=PlainTextResponse("never asked"), slack=LocalSlack())


def test_a_taken_port_is_said_in_plain_words() -> None:
    with listen(0) as first:
        port = first.getsockname()[1]

        with pytest.raises(PlaygroundRefused, match=f"Port {port} is in use"):
            listen(port)


def test_it_listens_on_this_machine_only() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
        assert listening.family == socket.AF_INET
        assert address(listening).startswith("http://127.0.0.1:")
