"""Nothing that Slack did not sign gets past the gate, and nothing unsigned makes an error."""

import asyncio
import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.gate import EVENTS, LARGEST, Gate
from bot.legible import FORM, JSON
from bot.replays import Replays
from tests.bot.asgi import ask
from tests.fuzz.payloads import SAMPLES, Json, sent

SECRET = "a secret"
NOON = 1_772_539_200.0
BODY = b'{"type": "url_verification"}'


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for Bolt: answers with the body it was given."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(body)(scope, receive, send)


class Noon(Clock):
    """A clock that stands still until it is set."""

    at = NOON

    def now(self) -> float:
        return self.at


gate = Gate(echo, signing_secret=SECRET, clock=Noon())


def signed(
    body: bytes, *, secret: str = SECRET, at: float = NOON, kind: str = JSON
) -> dict[str, str]:
    stamp = str(int(at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": str(signature),
        "content-type": kind,
    }


class Bolt:
    """Stands for Bolt: answers in turn with what it was told to, and counts."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.ran = 0
        self.free = asyncio.Event()
        self.free.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.ran += 1
        status, answer = self.statuses.pop(0), f"answer {self.ran}"
        await self.free.wait()
        await PlainTextResponse(answer, status)(scope, receive, send)


def guarding(bolt: Bolt, **given: int) -> Gate:
    return Gate(bolt, signing_secret=SECRET, clock=Noon(), replays=Replays(**given))


async def test_what_slack_signed_arrives_whole() -> None:
    body = json.dumps({"type": "x" * 200_000}).encode()

    answer = await ask(gate, EVENTS, body=body, headers=signed(body))

    assert (answer.status, answer.body) == (200, body.decode())


@pytest.mark.parametrize("said", SAMPLES, ids=range(len(SAMPLES)))
async def test_every_kind_of_request_of_slack_gets_through(said: Json) -> None:
    body, kind = sent(said).body, sent(said).kind

    assert (await ask(gate, EVENTS, body=body, headers=signed(body, kind=kind))).status == 200


async def test_other_paths_are_left_alone() -> None:
    assert (await ask(gate, "/healthz", body=b"anything")).status == 200


async def test_a_path_that_a_route_takes_for_the_same_is_guarded_too() -> None:
    assert (await ask(gate, EVENTS + "\n", body=BODY)).status == 401


NESTED = b'{"type": "x", "in": ' + b"[" * 100 + b"]" * 100 + b"}"
FAR_TOO_NESTED = b'{"type": "x", "in": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", JSON, 400),
        (b"", FORM, 400),
        (b"no json", JSON, 400),
        (b"[1, 2]", JSON, 400),
        (b'"text"', JSON, 400),
        (b"{", JSON, 400),
        (b"{}", JSON, 400),
        (b'{"type": 5}', JSON, 400),
        (b'{"type": "x", "n": NaN}', JSON, 400),
        (b'{"type": "x", "n": ' + b"9" * 5000 + b"}", JSON, 400),
        (b'{"type": "x", "team": 5}', JSON, 400),
        (b'{"type": "x", "authorizations": ["me"]}', JSON, 400),
        (b'{"type": "event_callback", "event": 1, "is_ext_shared_channel": true}', JSON, 400),
        (b'{"type": "event_callback", "event_id": "Ev1"}', JSON, 400),
        (b'payload={"type": "block_actions", "actions": []}', FORM, 400),
        (b'payload={"type": "view_submission"}', FORM, 400),
        (b'payload={"type": "message_action", "user": "U1"}', FORM, 400),
        (NESTED, JSON, 400),
        (FAR_TOO_NESTED, JSON, 400),
        (b"payload=no+json", FORM, 400),
        (b"payload=[1]", FORM, 400),
        (b"payload=", FORM, 400),
        (urlencode({"payload": NESTED.decode()}).encode(), FORM, 400),
        (b"hello=world", FORM, 400),
        (BODY, FORM, 400),
        (b"payload={}", JSON, 400),
        (BODY, "text/plain", 415),
        (BODY, "", 415),
        (BODY, "multipart/form-data; boundary=x", 415),
    ],
)
async def test_what_is_signed_but_no_request_gets_a_short_no(
    body: bytes, kind: str, status: int
) -> None:
    bolt = Bolt()

    answer = await ask(guarding(bolt), EVENTS, body=body, headers=signed(body, kind=kind))

    assert (answer.status, bolt.ran) == (status, 0)
    assert len(answer.body) < 100


async def test_an_ssl_check_needs_a_signature_and_runs_nothing() -> None:
    body, bolt = b"ssl_check=1&token=x", Bolt()

    unsigned = await ask(guarding(bolt), EVENTS, body=body, headers={"content-type": FORM})
    genuine = await ask(guarding(bolt), EVENTS, body=body, headers=signed(body, kind=FORM))

    assert (unsigned.status, genuine.status, bolt.ran) == (401, 200, 0)


async def test_a_replay_is_given_the_same_answer_and_runs_nothing() -> None:
    bolt = Bolt(200)
    guarded = guarding(bolt)

    first = await ask(guarded, EVENTS, body=BODY, headers=signed(BODY))
    again = await ask(guarded, EVENTS, body=BODY, headers=signed(BODY))

    assert bolt.ran == 1
    assert first == again


async def test_a_replay_runs_when_the_first_failed() -> None:
    bolt = Bolt(503, 200)
    guarded = guarding(bolt)

    answers = [
        (await ask(guarded, EVENTS, body=BODY, headers=signed(BODY))).status for _ in range(3)
    ]

    assert (answers, bolt.ran) == ([503, 200, 200], 2)


@pytest.mark.parametrize(("first", "ran"), [(200, 1), (503, 2)])
async def test_a_replay_waits_for_how_the_first_ends(first: int, ran: int) -> None:
    bolt = Bolt(first, 200)
    guarded = guarding(bolt)
    bolt.free.clear()

    both = [
        asyncio.create_task(ask(guarded, EVENTS, body=BODY, headers=signed(BODY))) for _ in "ab"
    ]
    await asyncio.sleep(0)
    bolt.free.set()

    assert [(await one).status for one in both] == [first, 200]
    assert bolt.ran == ran


async def test_a_replay_of_what_broke_off_runs() -> None:
    bolt = Bolt(200)
    guarded = guarding(bolt)
    bolt.free.clear()
    broken = asyncio.create_task(ask(guarded, EVENTS, body=BODY, headers=signed(BODY)))
    await asyncio.sleep(0)
    broken.cancel()
    await asyncio.gather(broken, return_exceptions=True)
    bolt.free.set()
    bolt.statuses = [200]

    assert (await ask(guarded, EVENTS, body=BODY, headers=signed(BODY))).status == 200
    assert bolt.ran == 2


@pytest.mark.parametrize("bound", [{"most": 3}, {"largest": 30}])
async def test_what_is_remembered_of_answers_is_bounded(bound: dict[str, int]) -> None:
    bolt = Bolt(*[200] * 9)
    kept = Replays(**bound)
    guarded = Gate(bolt, signing_secret=SECRET, clock=Noon(), replays=kept)

    for at in range(9):
        await ask(guarded, EVENTS, body=BODY, headers=signed(BODY, at=NOON + at))

    assert len(kept) == 3


async def test_what_could_not_come_again_is_forgotten() -> None:
    bolt, kept, clock = Bolt(200, 200), Replays(), Noon()
    guarded = Gate(bolt, signing_secret=SECRET, clock=clock, replays=kept)
    await ask(guarded, EVENTS, body=BODY, headers=signed(BODY))

    clock.at = NOON + 301
    await ask(guarded, EVENTS, body=BODY, headers=signed(BODY, at=NOON + 301))

    assert len(kept) == 1


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
