"""Trouble on demand: what a test asks the stand-in to answer instead of the truth."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RateLimited:
    """HTTP 429 with a Retry-After header; nothing is stored."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class ServerError:
    """HTTP 500 (or another status); nothing is stored."""

    status: int = 500


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection breaks; what was asked has been done all the same."""


@dataclass(frozen=True, slots=True)
class Refused:
    """HTTP 200 with `ok: false` and this code, such as `invalid_auth` or `is_archived`."""

    code: str


@dataclass(frozen=True, slots=True)
class Hangs:
    """No answer until the caller gives up; `took` says whether what was asked has been done."""

    took: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The true answer, but only when `released` is set; `met` is set when somebody waits."""

    released: asyncio.Event
    met: asyncio.Event = field(default_factory=asyncio.Event)


Trouble = RateLimited | ServerError | Dropped | Refused | Hangs | Slow


class Troubles:
    """Holds the trouble that waits for each method, first come first served."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, list[Trouble]] = defaultdict(list)

    def plan(self, method: str, trouble: Trouble, times: int) -> None:
        """Let the next `times` calls of a method meet this trouble."""
        self._waiting[method].extend([trouble] * times)

    def over(self) -> None:
        """Let no call meet trouble any more."""
        self._waiting.clear()

    def next(self, method: str) -> Trouble | None:
        """Return the trouble of this call, if there is any, and forget it."""
        waiting = self._waiting[method]
        return waiting.pop(0) if waiting else None
