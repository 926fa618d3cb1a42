"""How much one question may take, and what it has taken so far."""

from dataclasses import dataclass

from bot.language.claude.profiles import Profile
from bot.language.claude.reply import Reply
from bot.language.claude.told import Tokens, Usage


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may take at most: requests with tools, calls of tools, seconds, dollars."""

    turns: int = 4
    calls: int = 6
    seconds: float = 25.0
    tool_seconds: float = 8.0
    cost_usd: float = 0.05


class Meter:
    """What one question has taken."""

    def __init__(self, model: str, profile: Profile, limits: Limits) -> None:
        """Take the model, what it costs, and how far the question may go."""
        self._model, self._profile, self._limits = model, profile, limits
        self.turns = 0
        self.calls = 0
        self._tokens = Tokens()
        self._last = Tokens()
        self._cost = 0.0

    def asked(self) -> None:
        """Count a request as it goes out."""
        self.turns += 1

    def answered(self, reply: Reply) -> None:
        """Count what a request took, as its answer says."""
        self._last = reply.tokens
        self._tokens += self._last
        self._cost += self._profile.cost(self._last)

    @property
    def affords_another(self) -> bool:
        """Whether one more request, as large as the last one, stays within the costs."""
        return self._cost + self._profile.cost(self._last) <= self._limits.cost_usd

    @property
    def is_last(self) -> bool:
        """Whether the next request must bring the answer, as no further may follow."""
        return self.turns + 1 >= self._limits.turns or self.calls >= self._limits.calls

    @property
    def may_call(self) -> bool:
        """Whether one more tool may be called."""
        return self.calls < self._limits.calls

    def usage(self, latency_ms: float) -> Usage:
        """Return what the question took."""
        return Usage(self._model, self.turns, self._tokens, self._cost, latency_ms)
