"""Whatever goes wrong with Claude becomes a reason, a kind line, and an answer without it."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from bot.language.claude.breaker import OFF_SECONDS, REST_SECONDS
from bot.language.claude.claude import Claude
from bot.language.claude.told import Told
from bot.language.claude.troubles import ClaudeUnavailable, Reason, sentence_of
from bot.settings import Settings
from tests.bot.language.claude.model import (
    GOOD,
    SCENE,
    TOOLS,
    FakeLedger,
    Office,
    Step,
    calls,
    error,
    reply,
    says,
)

LOOK = ("look", {"account": "beta"})
BUSY = error(529, "overloaded_error")


async def refused(office: Office) -> ClaudeUnavailable:
    with pytest.raises(ClaudeUnavailable) as caught:
        await office.ask()
    return caught.value


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (error(401, "authentication_error"), Reason.KEY_REFUSED),
        (error(403, "permission_error"), Reason.KEY_REFUSED),
        (error(402, "billing_error"), Reason.PAYMENT),
        (
            error(400, "invalid_request_error", error_code="enforced_spend_limit_reached"),
            Reason.PAYMENT,
        ),
        (error(404, "not_found_error"), Reason.MODEL_UNKNOWN),
        (error(400, "invalid_request_error"), Reason.NOT_ACCEPTED),
        (error(413, "request_too_large"), Reason.NOT_ACCEPTED),
        (httpx2.ReadTimeout("slow"), Reason.TOO_SLOW),
        (httpx2.Response(200, text="<html>proxy</html>"), Reason.UNREADABLE),
        (httpx2.Response(200, json=["no", "message"]), Reason.UNREADABLE),
        (httpx2.Response(200, json={"content": [{"type": "tool_use"}]}), Reason.UNREADABLE),
        (httpx2.Response(200, content=b'{"content": [{"ty'), Reason.UNREADABLE),
        (error(200, "overloaded_error"), Reason.BUSY),
        (reply([], "refusal"), Reason.REFUSED),
        (reply([{"type": "text", "text": "Usage is d"}], "max_tokens"), Reason.CUT_SHORT),
        (reply([{"type": "text", "text": "Usage"}], None), Reason.UNREADABLE),
        (calls(LOOK, stop="max_tokens"), Reason.CUT_SHORT),
        (reply([], "end_turn"), Reason.NO_ANSWER),
    ],
)
async def test_an_answer_that_cannot_be_used_has_a_reason(step: Step, reason: Reason) -> None:
    office = Office([step])

    unavailable = await refused(office)

    assert unavailable.reason is reason
    assert unavailable.says == sentence_of(reason)
    assert [one.trouble for one in office.ledger.kept] in ([reason.value], [None])
    assert office.ran == []


@pytest.mark.parametrize(
    "step",
    [
        error(429, "rate_limit_error", {"retry-after": "1"}),
        BUSY,
        error(500, "api_error"),
        httpx2.ConnectError("refused"),
        httpx2.RemoteProtocolError("peer closed connection"),
    ],
)
async def test_what_passes_soon_is_tried_a_second_time(step: Step) -> None:
    office = Office([step, says("Which account do you mean?")])

    spoken = await office.ask()

    assert spoken.prose == "Which account do you mean?"
    assert len(office.paused) == 1


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([BUSY, BUSY], Reason.BUSY),
        ([error(429, "rate_limit_error", {"retry-after": "3600"})], Reason.BUSY),
        ([httpx2.ConnectError("no"), httpx2.ConnectError("no")], Reason.UNREACHABLE),
        ([error(503, "api_error"), error(503, "api_error")], Reason.UNREACHABLE),
    ],
)
async def test_what_lasts_is_not_waited_for(steps: list[Step], reason: Reason) -> None:
    office = Office(list(steps))

    unavailable = await refused(office)

    assert unavailable.reason is reason
    assert sum(office.paused) < 3
    assert office.steps == []


class Dripping(httpx2.AsyncByteStream):
    """A body that sends a sign of life whenever it is asked, and never ends."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0)
            yield b" "


@pytest.mark.parametrize("after_the_card", [False, True])
async def test_a_stream_that_never_ends_is_left_at_the_deadline(after_the_card: bool) -> None:
    dripping = httpx2.Response(200, stream=Dripping())
    before = [calls(LOOK)] if after_the_card else []
    office = Office([*before, dripping], settings={"llm_seconds": 0.2})

    if after_the_card:
        spoken = await office.ask()
        assert (spoken.prose, len(spoken.calls), spoken.trouble) == (None, 1, "too_slow")
    else:
        assert (await refused(office)).reason is Reason.TOO_SLOW


@pytest.mark.parametrize("step", [error(400, "invalid_request_error"), reply([], "refusal")])
async def test_cards_that_are_there_are_kept_when_claude_fails_afterwards(step: Step) -> None:
    office = Office([calls(LOOK), step])

    spoken = await office.ask()

    assert spoken.prose is None
    assert len(spoken.calls) == 1
    assert spoken.trouble in {"not_accepted", "refused"}
    assert office.ledger.kept[0].trouble == spoken.trouble


async def test_when_there_is_no_card_either_the_question_goes_elsewhere() -> None:
    office = Office(
        [calls(LOOK), reply([], "refusal")],
        told={"look": Told("No account is called so.", is_error=True)},
    )

    assert (await refused(office)).reason is Reason.REFUSED


async def test_after_three_failures_claude_rests_for_a_minute() -> None:
    office = Office([BUSY] * 6)
    for _ in range(3):
        await refused(office)

    resting = await refused(office)
    office.now = REST_SECONDS + 1
    office.steps = [says("Which account do you mean?"), BUSY, BUSY, says("Hello.")]
    spoken = await office.ask()
    await refused(office)

    assert resting.reason is Reason.RESTING
    assert "on my own" in resting.says
    assert spoken.prose == "Which account do you mean?"
    assert office.claude.available is None


async def test_a_refused_question_says_nothing_about_the_next() -> None:
    office = Office([reply([], "refusal")] * 3)
    for _ in range(3):
        await refused(office)

    assert office.claude.available is None


@pytest.mark.parametrize("step", [error(401, "authentication_error"), error(402, "billing_error")])
async def test_a_key_that_is_not_taken_is_said_once_and_not_tried_again(step: Step) -> None:
    office = Office([step])

    first, second = await refused(office), await refused(office)

    assert "your admin" in first.says
    assert (second.reason, second.says) == (first.reason, "")
    assert len(office.sent) == 1


async def test_who_has_paid_or_mended_the_key_need_not_start_steward_again() -> None:
    office = Office([error(402, "billing_error")])
    await refused(office)

    office.now = OFF_SECONDS + 1
    office.steps = [error(402, "billing_error")]
    again = await refused(office)
    office.now = 2 * OFF_SECONDS + 2
    office.steps = [says("Which account do you mean?")]
    spoken = await office.ask()

    assert "your admin" in again.says
    assert spoken.prose == "Which account do you mean?"


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({}, Reason.NO_KEY),
        ({"anthropic_api_key": ""}, Reason.NO_KEY),
        ({"anthropic_api_key": "sk-test", "STEWARD_LLM_ENABLED": False}, Reason.SWITCHED_OFF),
    ],
)
async def test_without_a_key_nothing_is_sent_or_said(
    settings: dict[str, Any], reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    office = Office([])
    claude = Claude(Settings(**settings), FakeLedger())

    with pytest.raises(ClaudeUnavailable) as unavailable:
        await claude.converse("hello", SCENE, TOOLS, office.run)

    assert claude.available is unavailable.value.reason is reason
    assert unavailable.value.says == ""


async def test_neither_the_log_nor_an_error_tells_what_was_said(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    office = Office([calls(LOOK), error(400, "invalid_request_error")])

    await office.ask(" ".join(("a secret", "question")))  # a traceback shows this very line

    logged = caplog.text + "".join(capsys.readouterr())
    assert "not_accepted" in json.dumps([one.trouble for one in office.ledger.kept])
    for secret in ("secret question", "Sarah", "sk-test", "hush"):
        assert secret not in logged


async def test_a_question_that_is_stopped_is_still_paid_for() -> None:
    office = Office([calls(LOOK), says(GOOD)], stuck=frozenset({"look"}))
    asking = asyncio.ensure_future(office.ask())
    await office.is_stuck.wait()

    asking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asking
    assert office.ledger.kept[0].calls == 1
