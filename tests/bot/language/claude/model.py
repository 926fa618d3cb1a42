"""A model that says what a test wrote for it, behind the real client of the API."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal

import httpx2
from anthropic import DefaultAsyncHttpxClient
from pydantic import Field

from bot.answers import Answer
from bot.language.claude.claude import Claude
from bot.language.claude.scene import Scene, Turn, user_hash
from bot.language.claude.told import Spoken, Told
from bot.settings import Settings
from bot.tools.tool import Asker, Parts, Tool, ToolCall
from storage.model_usage import Spent, Used
from tests.bot.language.claude.contract import Contract

Json = dict[str, Any]
Step = Json | httpx2.Response | Exception | Callable[[Json], Json]

NOWHERE = "http://127.0.0.1:9"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
THOUGHT = {"type": "thinking", "thinking": "", "signature": "signed==", "unknown": {"kept": [1]}}
CARD = "Call Sarah Lin at Beta Inc today. Usage is down 25 %. Renewal in 60 days, $120K ARR."
GOOD = "Usage at Beta Inc is down 25 %, with the renewal in 60 days. Call Sarah Lin today."


class Look(Tool):
    """Use when somebody asks about one account."""

    name = "look"
    title = "Look"
    examples = ()
    account: str = Field(description="The account, in the user's own words.", min_length=1)
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        raise NotImplementedError


class Listed(Tool):
    """Use when somebody asks about several accounts."""

    name = "listed"
    title = "List"
    examples = ()
    segment: Literal["smb", "enterprise"] | None = Field(default=None, description="Only those.")
    limit: int | None = Field(default=None, ge=1, le=10, description="How many.")
    needs_account: ClassVar[bool] = False

    async def run(self, asker: Asker, services: Parts) -> Answer:
        raise NotImplementedError


class Change(Tool):
    """Use when the user commands it."""

    name = "decide"
    title = "Decide"
    changes = True
    examples = ()
    account: str = Field(description="The account, in the user's own words.")
    needs_account: ClassVar[bool] = True

    async def run(self, asker: Asker, services: Parts) -> Answer:
        raise NotImplementedError


TOOLS: tuple[type[Tool], ...] = (Look, Listed, Change)
ASKED_ABOUT = "what next for Beta Inc?"
SCENE = Scene(
    reader_name="Ana Souza",
    today=date(2026, 11, 21),
    user_hash=user_hash("ana"),
    portfolio=("Beta Inc", "Alpha Corp", "Gamma Ltd"),
    earlier=(Turn("my list", "Three accounts need you, Beta Inc first."),),
)


def says(text: str, **more: Any) -> Json:
    """Return an answer that is text."""
    return reply([THOUGHT, {"type": "text", "text": text}], "end_turn", **more)


def calls(*wanted: tuple[str, object], stop: str | None = "tool_use", **more: Any) -> Json:
    """Return an answer that calls tools."""
    uses: list[Json] = [
        {"type": "tool_use", "id": f"toolu_{name}_{i}_{id(wanted)}", "name": name, "input": input}
        for i, (name, input) in enumerate(wanted)
    ]
    return reply([THOUGHT, *uses], stop, **more)


def reply(content: list[Json], stop: str | None, **usage: int) -> Json:
    counted = {"input_tokens": 400, "output_tokens": 60, "cache_read_input_tokens": 1500, **usage}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": content,
        "stop_reason": stop,
        "usage": counted,
    }


def error(status: int, kind: str, headers: dict[str, str] | None = None, **details: str) -> Any:
    body = {"type": "error", "error": {"type": kind, "message": "hush", "details": details}}
    return httpx2.Response(status, json=body, headers=headers)


class FakeLedger:
    """A ledger in memory."""

    def __init__(self, by_user: float = 0, by_all: float = 0) -> None:
        self.kept: list[Used] = []
        self._before = Spent(by_user, by_all)

    async def spent(self, user_id: str, day: date) -> Spent:
        assert day == NOON.date()
        mine = sum(one.cost_usd for one in self.kept if one.user_id == user_id)
        everybody = sum(one.cost_usd for one in self.kept)
        return Spent(self._before.by_user + mine, self._before.by_all + everybody)

    async def add(self, used: Used, *, at: datetime) -> None:
        assert at == NOON
        self.kept.append(used)


@dataclass
class Office:
    """Claude with a scripted model, and tools that tell what a test wrote for them."""

    steps: list[Step]
    told: dict[str, Told | Exception] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    now: float = 0.0
    stuck: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.sent: list[Json] = []
        self.ran: list[ToolCall] = []
        self.paused: list[float] = []
        self.at_once = 0
        self.is_stuck = asyncio.Event()
        self._running = 0
        self._contract = Contract()
        self._broken: list[Exception] = []
        given = {f"STEWARD_{name}".upper(): value for name, value in self.settings.items()}
        self.claude = Claude(
            Settings(anthropic_api_key="sk-test", anthropic_base_url=NOWHERE, **given),
            self.ledger,
            http_client=DefaultAsyncHttpxClient(transport=httpx2.MockTransport(self._answer)),
            seconds=lambda: self.now,
            clock=lambda: NOON,
            pause=self.pause,
        )

    async def ask(self, question: str = ASKED_ABOUT, scene: Scene = SCENE) -> Spoken:
        try:
            return await self.claude.converse(question, scene, TOOLS, self.run)
        finally:
            if self._broken:
                raise self._broken[0]

    def results(self, request: int = -1) -> list[Json]:
        """Return the results of tools that stood in a request's last message."""
        return [
            block
            for block in self.sent[request]["messages"][-1]["content"]
            if block["type"] == "tool_result"
        ]

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        try:
            body = self._contract.check(request)
            self.sent.append(body)
            step = self.steps.pop(0)
        except (AssertionError, IndexError) as broken:
            self._broken.append(broken)  # the client takes any error for one of the connection
            raise
        if callable(step):
            step = step(body)
        if isinstance(step, Exception):
            raise step
        return httpx2.Response(200, json=step) if isinstance(step, dict) else step

    async def run(self, call: ToolCall) -> Told:
        self.ran.append(call)
        self._running += 1
        self.at_once = max(self.at_once, self._running)
        await asyncio.sleep(0)
        try:
            if call.name in self.stuck:
                self.is_stuck.set()
                await asyncio.Event().wait()
            told = self.told.get(call.name, Told(CARD))
            if isinstance(told, Exception):
                raise told
            return told
        finally:
            self._running -= 1

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
