"""What anybody can send to Slack's address: through the real app, nothing of it is an error."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import text
from starlette.types import ASGIApp

from bot.app import StewardApp, slack_app
from bot.gate import EVENTS
from bot.http import web_app
from bot.legible import FORM, JSON
from bot.playground.slack import AsgiDelivery
from bot.playground.slack.delivery import Answer as Delivered
from storage.database import Database
from tests.bot.asgi import ask
from tests.fuzz.payloads import Sent, spoiled
from tests.scenarios.office import Office, open_office


def web(app: StewardApp, secret: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield

    return web_app(app, signing_secret=secret, probes={}, lifespan=lifespan)


def signed(body: bytes, secret: str, *, late: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - late)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": str(signature)}


def headers_of(kind: str = JSON, **given: str) -> dict[str, str]:
    return {"content-type": kind} | {name.replace("_", "-"): said for name, said in given.items()}


NOW = str(int(time.time()))
STAMPED = headers_of(x_slack_request_timestamp=NOW, x_slack_signature="v0=" + "0" * 64)
UNSIGNED: list[tuple[str, bytes, dict[str, str], int]] = [
    ("no headers", b"{}", {}, 401),
    ("a foreign signature", b"{}", STAMPED, 401),
    ("an empty timestamp", b"{}", STAMPED | {"x-slack-request-timestamp": ""}, 401),
    ("a timestamp in words", b"{}", STAMPED | {"x-slack-request-timestamp": "soon"}, 401),
    ("a huge timestamp", b"{}", STAMPED | {"x-slack-request-timestamp": "9" * 5000}, 401),
    ("a signature not in ASCII", b"{}", STAMPED | {"x-slack-signature": "v0=é"}, 401),
    ("a signature without end", b"{}", STAMPED | {"x-slack-signature": "v0=" + "0" * 9000}, 401),
    ("no UTF-8", b"\xff\xfe", STAMPED, 400),
    ("no JSON", b"not json", STAMPED, 401),
    ("an array", b"[1, 2]", STAMPED, 401),
    ("deep nesting", b"[" * 100_000, STAMPED, 401),
    ("a form whose payload is no JSON", b"payload=x", STAMPED | {"content-type": FORM}, 401),
    ("an SSL check", b"ssl_check=1&token=x", STAMPED | {"content-type": FORM}, 401),
    ("20 MB", b"x" * 20_000_000, STAMPED, 413),
    ("another type", b"<xml/>", STAMPED | {"content-type": "text/xml"}, 401),
]


@pytest.fixture
async def edge(office: Office) -> ASGIApp:
    return web(office.app, office.slack.signing_secret)


async def test_nothing_unsigned_is_an_error_or_runs(office: Office, edge: ASGIApp) -> None:
    for name, body, headers, status in UNSIGNED:
        for path in (EVENTS, EVENTS + "\n"):
            answer = await ask(edge, path, body=body, headers=headers)

            assert (name, answer.status) == (name, status)

    for late in (301, -301):
        stale = headers_of() | signed(b"{}", office.slack.signing_secret, late=late)
        assert (await ask(edge, EVENTS, body=b"{}", headers=stale)).status == 401
    for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert (await ask(edge, EVENTS, method=method, headers=STAMPED)).status == 405
    assert office.assistant.asked == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=spoiled())
async def test_no_signed_nonsense_ends_in_a_traceback(
    office: Office, edge: ASGIApp, given_: Sent
) -> None:
    headers = headers_of(given_.kind) | signed(given_.body, office.slack.signing_secret)

    answer = await ask(edge, EVENTS, body=given_.body, headers=headers)
    await office.app.settle()

    # 503 is said on purpose of what could not be kept: Slack brings it again.
    assert answer.status < 500 or answer.status == 503


def test_bolt_has_no_way_around_the_signature(office: Office) -> None:
    middleware = {type(one).__name__ for one in office.app._async_middleware_list}

    assert "AsyncRequestVerification" in middleware
    assert "AsyncSslCheck" not in middleware


class Replicas:
    """Brings what Slack sends to every one of several web apps, and then to each once more."""

    def __init__(self, webs: list[FastAPI]) -> None:
        self.webs = [AsgiDelivery(web) for web in webs]
        self.statuses: list[int] = []

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Delivered:
        answers = [await web.post(body, headers) for web in (*self.webs, *self.webs)]
        self.statuses += [answer.status for answer in answers]
        return answers[0]


async def test_two_replicas_do_once_what_is_replayed_to_both(database: Database) -> None:
    async with open_office(database) as office:
        secret, client = office.slack.signing_secret, office.app.desk.client
        other = slack_app(office.services, client=client, signing_secret=secret)
        replicas = Replicas([web(office.app, secret), web(other, secret)])
        office.slack.deliver_to(replicas)

        shown = await office.ask("beta")
        await other.settle()
        await office.click(office.ana, shown, "recommendation.accept")
        await other.settle()
        async with database.read() as session:
            decided = (await session.scalars(text("select kind from decisions"))).all()

        assert replicas.statuses == [200] * 8
        assert len(office.assistant.asked) == 1
        assert len(office.slack.answers(office.ana)) == 1
        assert decided == ["accept"]
