"""Work that goes on after Slack has its answer, kept so that it can be waited for or stopped."""

import asyncio
import logging
from collections.abc import Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Effort:
    """One piece of work; `binding` once it has begun to change something."""

    binding: bool = False


_EFFORT: ContextVar[_Effort | None] = ContextVar("effort", default=None)


def bind() -> None:
    """Say that something is about to change: from here on the work under way is finished.

    Nothing is then left half done, and nothing is changed without its person hearing of it.
    """
    if (effort := _EFFORT.get()) is not None:
        effort.binding = True


def is_bound() -> bool:
    """Tell whether the work under way has begun to change something."""
    effort = _EFFORT.get()
    return effort is not None and effort.binding


class Work:
    """Tasks that were started and not yet finished."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[Any], _Effort] = {}

    def start(self, coroutine: Coroutine[Any, Any, object], *, name: str = "") -> None:
        """Begin; a coroutine answers for its own errors, what it lets through is only logged.

        `name` is what it can be stopped by.
        """
        self._begin(coroutine, name)

    async def through(self, coroutine: Coroutine[Any, Any, object], *, name: str = "") -> None:
        """Do it, and return when it is over; when who waits for it is cancelled it goes on."""
        await asyncio.shield(self._begin(coroutine, name))

    def is_at(self, name: str) -> bool:
        """Tell whether what was started by that name is still under way."""
        return any(task.get_name() == name for task in self._tasks)

    async def stop(self, name: str) -> None:
        """Return when what was started by that name is over: stopped, or done where it is bound."""
        found = {task: effort for task, effort in self._tasks.items() if task.get_name() == name}
        for task, effort in found.items():
            if not effort.binding:
                task.cancel()
        await asyncio.gather(*found, return_exceptions=True)

    async def settle(self) -> None:
        """Return when nothing is under way any more, also what running tasks started."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, coroutine: Coroutine[Any, Any, object], name: str) -> asyncio.Task[None]:
        effort = _Effort()
        task = asyncio.create_task(_with(effort, coroutine), name=name or None)
        self._tasks[task] = effort
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("work was left undone", exc_info=error)


async def _with(effort: _Effort, coroutine: Coroutine[Any, Any, object]) -> None:
    _EFFORT.set(effort)
    await coroutine
