"""Nothing that Slack did not sign gets past the gate, and nothing unsigned makes an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.gate import EVENTS, LARGEST, Gate
from tests.bot.asgi import ask

SECRET = "a secret"
NOON = 1_772_539_200.0
BODY = b'{"type": "event_callback"}'


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for Bolt: answers with the body it was given."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(body)(scope, receive, send)


class Noon(Clock):
    """A clock that stands still."""

    def now(self) -> float:
        return NOON


gate = Gate(echo, signing_secret=SECRET, clock=Noon())


def signed(body: bytes, *, secret: str = SECRET, at: float = NOON) -> dict[str, str]:
    stamp = str(int(at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": str(signature)}


async def test_what_slack_signed_arrives_whole() -> None:
    body = b"x" * 200_000

    answer = await ask(gate, EVENTS, body=body, headers=signed(body))

    assert (answer.status, answer.body) == (200, body.decode())


async def test_other_paths_are_left_alone() -> None:
    assert (await ask(gate, "/healthz", body=b"anything")).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, secret="another secret"),
        signed(b"another body"),
        signed(BODY) | {"x-slack-request-timestamp": "soon"},
        signed(BODY) | {"x-slack-request-timestamp": ""},
        signed(BODY) | {"x-slack-request-timestamp": "9" * 5000},
        signed(BODY) | {"x-slack-request-timestamp": "²"},
        signed(BODY) | {"x-slack-signature": "v0=é"},
    ],
    ids=[
        "unsigned",
        "foreign secret",
        "another body",
        "no number",
        "empty",
        "huge number",
        "odd digit",
        "not ASCII",
    ],
)
async def test_what_slack_did_not_sign_is_refused(headers: dict[str, str]) -> None:
    assert (await ask(gate, EVENTS, body=BODY, headers=headers)).status == 401


@pytest.mark.parametrize("seconds", [-301, 301], ids=["too old", "from the future"])
async def test_what_slack_signed_at_another_time_is_refused(seconds: int) -> None:
    headers = signed(BODY, at=NOON + seconds)

    assert (await ask(gate, EVENTS, body=BODY, headers=headers)).status == 401


async def test_a_body_that_is_no_text_is_refused() -> None:
    assert (await ask(gate, EVENTS, body=b"\xff", headers=signed(b"x"))).status == 400


async def test_a_huge_body_is_refused_before_it_is_read_whole() -> None:
    body = b"x" * (LARGEST + 1)

    assert (await ask(gate, EVENTS, body=body, headers=signed(body))).status == 413


async def test_only_post_is_answered() -> None:
    assert (await ask(gate, EVENTS, method="GET", headers=signed(b""))).status == 405


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200),
    stamp=st.text(st.characters(max_codepoint=255), max_size=20),
    signature=st.text(st.characters(max_codepoint=255), max_size=40),
)
async def test_no_unsigned_request_ends_in_an_error(
    body: bytes, stamp: str, signature: str
) -> None:
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}

    answer = await ask(gate, EVENTS, body=body, headers=headers)

    assert 400 <= answer.status < 500
