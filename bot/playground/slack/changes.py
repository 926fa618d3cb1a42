"""Lets a coroutine sleep until something in the workspace changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Counts changes and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        self.revision = 0
        self.ended = False
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Count one change and wake everyone who waits."""
        self.revision += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    def end(self) -> None:
        """Say that no more changes follow, and wake everyone who waits."""
        self.ended = True
        self.happened()

    async def after(self, revision: int) -> int:
        """Return the newest revision as soon as it is later than `revision`."""
        while self.revision <= revision:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)
        return self.revision

    async def until(self, wanted: Callable[[], object], seconds: float) -> None:
        """Return when `wanted` is true, asking after every change; raise TimeoutError if late."""
        async with asyncio.timeout(seconds):
            while not wanted():
                await self.after(self.revision)
