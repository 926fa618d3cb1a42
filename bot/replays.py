"""The same signed request answered once: whoever sends it again is given the same answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import Message, Send

MOST = 50_000
"""How many answers are known at once; Slack sends a workspace 5,000 requests in ten minutes."""

LARGEST = 8_000_000
"""Bytes of answers; nearly all are empty."""

Run = Callable[[Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A request under way or answered; the answer is None when it failed."""

    until: float
    answer: asyncio.Future[tuple[Message, ...] | None]

    @property
    def size(self) -> int:
        if not self.answer.done():
            return 0
        return sum(len(part.get("body", b"")) for part in self.answer.result() or ())


class Replays:
    """Runs a request unless the same was answered well, or is being answered, in this process.

    One that failed runs again when it is repeated, so that nothing is lost. Another process, or
    this one when it had to forget, is kept from doing the same twice by the keys in the database.
    """

    def __init__(self, *, most: int = MOST, largest: int = LARGEST) -> None:
        """Take how many answers, and how many bytes of them, are kept."""
        self._most, self._largest = most, largest
        self._known: dict[str, _Kept] = {}
        self._size = 0

    def __len__(self) -> int:
        """Return how many requests are known."""
        return len(self._known)

    async def once(self, key: str, run: Run, send: Send, *, now: float, until: float) -> None:
        """Run a request and keep its answer `until` it could not come again, or answer it so."""
        while (kept := self._known.get(key)) is not None:
            if (answer := await asyncio.shield(kept.answer)) is not None:
                for message in answer:
                    await send(message)
                return
        self._forget_before(now)
        await self._first(key, run, send, until=until)

    async def _first(self, key: str, run: Run, send: Send, *, until: float) -> None:
        kept = self._known[key] = _Kept(until, asyncio.get_running_loop().create_future())
        said: list[Message] = []
        answer = None

        async def heard(message: Message) -> None:
            said.append(message)
            await send(message)

        try:
            await run(heard)
            answer = tuple(said) if said and 200 <= said[0].get("status", 0) < 300 else None
        finally:
            kept.answer.set_result(answer)
            self._settle(key, kept)

    def _settle(self, key: str, kept: _Kept) -> None:
        if self._known.get(key) is not kept:
            return
        if kept.answer.result() is None:
            del self._known[key]
        self._size += kept.size
        while self._known and self._size > self._largest:
            self._drop_oldest()

    def _forget_before(self, now: float) -> None:
        while self._known:
            oldest = next(iter(self._known.values()))
            if oldest.until >= now and len(self._known) < self._most:
                return
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        self._size -= self._known.pop(next(iter(self._known))).size
