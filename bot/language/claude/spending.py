"""Caps on what Claude may cost: a person's day, and everybody's."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.language.claude.scene import Scene
from bot.language.claude.told import Usage
from bot.language.claude.troubles import ClaudeUnavailable, Reason
from storage.model_usage import Spent, Used


class Ledger(Protocol):
    """What was spent, kept for all processes together."""

    async def spent(self, user_id: str, day: date) -> Spent:
        """Return what a person and everybody spent on a day, in UTC."""

    async def add(self, used: Used, *, at: datetime) -> None:
        """Keep what a question cost."""


@dataclass(frozen=True, slots=True)
class Caps:
    """US dollars a day: for one person, and for everybody together."""

    user_day_usd: float
    day_usd: float

    def check(self, spent: Spent) -> None:
        """Raise ClaudeUnavailable when a cap is reached."""
        if spent.by_user >= self.user_day_usd:
            raise ClaudeUnavailable(Reason.USER_CAP)
        if spent.by_all >= self.day_usd:
            raise ClaudeUnavailable(Reason.DAY_CAP)


def entry(scene: Scene, usage: Usage, trouble: str | None) -> Used:
    """Return what the ledger keeps of a question."""
    return Used(
        user_id=scene.user_hash,
        model=usage.model,
        calls=usage.calls,
        input_tokens=usage.tokens.input,
        output_tokens=usage.tokens.output,
        cache_read_tokens=usage.tokens.cache_read,
        cache_write_tokens=usage.tokens.cache_write,
        cost_usd=usage.cost_usd,
        milliseconds=round(usage.latency_ms),
        trouble=trouble,
    )
