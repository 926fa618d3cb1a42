"""Claude as Steward uses it: a question in, its calls run, two or three checked sentences out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from bot.language.claude.breaker import Breaker
from bot.language.claude.calls import Calls, Run
from bot.language.claude.client import Client
from bot.language.claude.exchange import Exchange
from bot.language.claude.limits import Limits, Meter
from bot.language.claude.masks import Masks
from bot.language.claude.profiles import profile_of
from bot.language.claude.reply import Json, Reply
from bot.language.claude.request import Voice
from bot.language.claude.scene import Scene
from bot.language.claude.spending import Caps, Ledger, entry
from bot.language.claude.told import Spoken
from bot.language.claude.troubles import ClaudeUnavailable, Reason
from bot.settings import Settings
from bot.tools.tool import Tool

if TYPE_CHECKING:
    import httpx2

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Outcome:
    """What one question came to, filled in as it goes."""

    prose: str | None = None
    trouble: Reason | None = None


class Claude:
    """The language model behind its limits: time, turns, calls, costs, and a breaker."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        *,
        http_client: "httpx2.AsyncClient | None" = None,
        seconds: Callable[[], float] = monotonic,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the settings and the ledger of costs; nothing is imported or opened yet.

        `http_client` replaces the usual one; `seconds` and `clock` tell the time, `pause` waits.
        """
        key = settings.anthropic_api_key.get_secret_value() if settings.anthropic_api_key else ""
        self._absent = _absent(settings, key)
        self._client = Client(key, settings.anthropic_base_url, http_client, pause)
        model = settings.llm_model_chat
        self._voice = Voice(model, profile_of(model), settings.llm_effort_chat)
        self._limits = Limits(
            turns=settings.llm_turns,
            calls=settings.llm_calls,
            seconds=settings.llm_seconds,
            tool_seconds=settings.llm_tool_seconds,
            cost_usd=settings.llm_question_usd,
        )
        self._caps = Caps(settings.llm_user_day_usd, settings.llm_day_usd)
        self._ledger, self._seconds, self._clock = ledger, seconds, clock
        self._breaker = Breaker(seconds)

    @property
    def available(self) -> Reason | None:
        """Why Claude is not to be asked at the moment; None when it may be asked."""
        return self._absent or self._breaker.reason

    async def warm(self) -> None:
        """Import what takes long, so that the first question need not wait; in a thread."""
        if self._absent is None:
            await self._client.warm()

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.close()

    async def converse(
        self, question: str, scene: Scene, tools: Sequence[type[Tool]], run: Run
    ) -> Spoken:
        """Answer a question by the tools that `run` runs, and say what matters in their results.

        Raises ClaudeUnavailable when nothing came of it. When tools have brought cards before
        something failed, these are kept: the sentences are then missing, and `trouble` says why.
        """
        if reason := self.available:
            raise ClaudeUnavailable(reason, self._breaker.says(reason))
        await self._check_caps(scene)
        masks = Masks()
        meter = Meter(self._voice.model, self._voice.profile, self._limits)
        calls = Calls(tools, run, masks, meter, self._limits)
        exchange = Exchange(question, scene, self._voice, calls, masks, self._send)
        outcome, started = _Outcome(), self._seconds()
        try:
            await self._talk(exchange, meter, outcome)
        finally:
            usage = meter.usage((self._seconds() - started) * 1000)
            trouble = outcome.trouble.value if outcome.trouble else None
            kept = entry(scene, usage, trouble)
            log.info("Claude was asked: %s", asdict(kept))
            await self._ledger.add(kept, at=self._clock())
        if outcome.prose is None and not calls.has_cards:
            reason = outcome.trouble or Reason.NO_ANSWER
            raise ClaudeUnavailable(reason, self._breaker.says(reason))
        return Spoken(outcome.prose, tuple(calls.made), usage, trouble)

    async def _check_caps(self, scene: Scene) -> None:
        today = self._clock().astimezone(UTC).date()
        self._caps.check(await self._ledger.spent(scene.user_hash, today))

    async def _talk(self, exchange: Exchange, meter: Meter, outcome: _Outcome) -> None:
        """Run the exchange within its time; what goes wrong with Claude is noted in the outcome."""
        try:
            async with asyncio.timeout(self._limits.seconds) as limit:
                outcome.prose = await exchange.prose(meter)
        except ClaudeUnavailable as unavailable:
            outcome.trouble = unavailable.reason
        except TimeoutError:
            if not limit.expired():
                raise
            outcome.trouble = Reason.TOO_SLOW
        if outcome.trouble:
            self._breaker.failed(outcome.trouble)

    async def _send(self, request: Json) -> Reply:
        reply = await self._client.send(request, seconds=self._limits.seconds)
        self._breaker.succeeded()
        return reply


def _absent(settings: Settings, key: str) -> Reason | None:
    """Return why Claude is out of the question with these settings."""
    if not key:
        return Reason.NO_KEY
    return None if settings.llm_enabled else Reason.SWITCHED_OFF
