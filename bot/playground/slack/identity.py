"""Who and when: ids that look like Slack's, and timestamps that never repeat."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""

Ids = Callable[[], str]
"""Returns a fresh piece of an id: capital letters and digits, never the same twice."""

TEAM = "T0PLAYGROUND"
APP = "A0STEWARD"
BOT = "B0STEWARD"
BOT_USER = "U0STEWARD"
VERIFICATION_TOKEN = "playground"


def wall_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return ten random capital hexadecimal digits."""
    return secrets.token_hex(5).upper()


def settled_id(prefix: str, name: str) -> str:
    """Return the id that belongs to a name, the same in every run."""
    return prefix + hashlib.sha256(name.encode()).hexdigest()[:10].upper()


class Timestamps:
    """Hands out Slack timestamps, each later than the one before it."""

    def __init__(self, clock: Clock, last: str = "0.000000") -> None:
        self._clock = clock
        self._last = _microseconds(last)

    def next(self) -> str:
        """Return the timestamp of now, or the next free microsecond."""
        now = int(self._clock().timestamp() * 1_000_000)
        self._last = max(now, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def _microseconds(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest or 0)
