"""Claude's part holds against aimock, an independent stand-in for the Anthropic API, over HTTP."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.language.claude.claude import Claude
from bot.language.claude.told import Spoken
from bot.language.claude.troubles import ClaudeUnavailable, Reason
from bot.settings import Settings
from tests.bot.language.claude.model import GOOD, NOON, SCENE, TOOLS, FakeLedger, Office
from tests.end_to_end.processes import process, until

Json = dict[str, Any]

SERVER = Path(__file__).parent / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
BETA = {"name": "look", "arguments": {"account": "beta"}}
LIST = {"name": "listed", "arguments": {"limit": 3}}


def on(said: str, response: Json, **match: Any) -> Json:
    return {"match": {"userMessage": said, **match}, "response": response}


FIXTURES = [
    on("what next", {"toolCalls": [BETA, LIST]}, hasToolResult=False),
    on("what next", {"content": GOOD, "reasoning": "let me see"}, hasToolResult=True),
    on("wrong figure", {"toolCalls": [BETA]}, hasToolResult=False),
    on("neither in the tool results", {"content": GOOD}),
    on("wrong figure", {"content": "Usage fell 51 %."}, hasToolResult=True),
    on("circles", {"toolCalls": [BETA]}),
    on("malformed", {"toolCalls": [{"name": "listed", "arguments": {"limit": "many"}}]}),
    on("long", {"content": "Usage is d", "finishReason": "length"}),
    on("refuse", {"content": "No.", "finishReason": "refusal"}),
    on("busy", {"error": {"message": "no", "type": "overloaded_error"}, "status": 529}),
    on("often", {"error": {"message": "no", "type": "rate_limit_error"}, "status": 429}),
    on("key", {"error": {"message": "no", "type": "authentication_error"}, "status": 401}),
]


@asynccontextmanager
async def aimock(home: Path, *options: str) -> AsyncIterator[str]:
    """Run the stand-in inside the block; give its address."""
    node = shutil.which("node")
    if node is None or not SERVER.exists():
        pytest.skip("aimock is not installed: npm ci in tests/end_to_end")
    fixtures, log = home / "fixtures.json", home / "aimock.log"
    fixtures.write_text(json.dumps({"fixtures": FIXTURES}), "utf-8")
    command = [node, str(SERVER), "-p", "0", "-f", str(fixtures), "--strict", *options]
    async with process(*command, environment={}, log=log):

        async def address() -> str | None:
            found = re.search(r"listening on (http://127\.0\.0\.1:\d+)", log.read_text("utf-8"))
            return found[1] if found else None

        found: str = await until(address, "the address of aimock", log)
        yield found


@asynccontextmanager
async def claude(address: str, **settings: Any) -> AsyncIterator[Claude]:
    made = Claude(
        Settings(anthropic_api_key="sk-test", anthropic_base_url=address, **settings),
        FakeLedger(),
        clock=lambda: NOON,
        pause=Office([]).pause,
    )
    try:
        yield made
    finally:
        await made.close()


async def ask(claude: Claude, question: str) -> Spoken:
    return await claude.converse(question, SCENE, TOOLS, Office([]).run)


async def test_a_question_goes_through_calls_and_checks_to_sentences(tmp_path: Path) -> None:
    async with aimock(tmp_path) as address, claude(address) as asked:
        spoken = await ask(asked, "what next for beta?")
        mended = await ask(asked, "say a wrong figure of beta")
        circling = await ask(asked, "go in circles")
        malformed = await refused(asked, "be malformed")

    assert spoken.prose == mended.prose == GOOD
    assert [call.name for call in spoken.calls] == ["look", "listed"]
    assert (circling.prose, len(circling.calls)) == (None, 1)
    assert malformed is Reason.NO_ANSWER


async def refused(claude: Claude, question: str) -> Reason:
    with pytest.raises(ClaudeUnavailable) as caught:
        await ask(claude, question)
    return caught.value.reason


async def test_what_goes_wrong_at_the_server_has_its_reason(tmp_path: Path) -> None:
    async with aimock(tmp_path) as address, claude(address) as asked:
        reasons = [
            await refused(asked, said) for said in ("long", "refuse", "busy", "often", "key")
        ]

    assert reasons == [
        Reason.CUT_SHORT,
        Reason.REFUSED,
        Reason.BUSY,
        Reason.BUSY,
        Reason.KEY_REFUSED,
    ]


@pytest.mark.parametrize(
    ("chaos", "reason"),
    [
        ("--chaos-disconnect", Reason.UNREACHABLE),
        ("--chaos-malformed", Reason.UNREADABLE),
        ("--chaos-drop", Reason.UNREACHABLE),
    ],
)
async def test_a_server_in_chaos_is_left_alone_after_three_questions(
    tmp_path: Path, chaos: str, reason: Reason
) -> None:
    async with aimock(tmp_path, chaos, "1") as address, claude(address) as asked:
        reasons = [await refused(asked, "what next for beta?") for _ in range(4)]

    assert reasons == [reason, reason, reason, Reason.RESTING]


async def test_a_slow_server_is_left_at_the_deadline(tmp_path: Path) -> None:
    async with (
        aimock(tmp_path, "--chaos-latency", "30000") as address,
        claude(address, STEWARD_LLM_SECONDS=0.3) as asked,
    ):
        assert await refused(asked, "what next for beta?") is Reason.TOO_SLOW
