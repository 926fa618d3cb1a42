"""Group commit: what is to be written at the same time is written in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

MOST = 100
"""So many go into one transaction at most."""

One = TypeVar("One")
Result = TypeVar("Result")


class Batch(Generic[One, Result]):
    """Collects while a transaction is under way, and writes the collected in the next one.

    Alone, a thing is written at once; among many it shares their commit.
    """

    def __init__(self, write: Callable[[Sequence[One]], Awaitable[Sequence[Result]]]) -> None:
        """Take what writes several in one transaction and answers for each, in order."""
        self._write = write
        self._waiting: list[tuple[One, asyncio.Future[Result]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, one: One) -> Result:
        """Return what became of it, once it is committed; raises what kept it from that."""
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, result))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await result

    async def pause(self, seconds: float) -> None:
        """Return when nothing is being written or waits for it, after `seconds` in any case."""
        if self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing}, timeout=seconds)

    async def _write_all(self) -> None:
        await asyncio.sleep(0)  # what is being read from the line at this moment comes along
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._settle(batch)

    async def _settle(self, batch: list[tuple[One, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._write([one for one, _ in batch])
        except BaseException as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():  # whoever asked may have gone away meanwhile
                future.set_result(result)
