"""What runs beside the listeners while Steward serves, and how it comes to an end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import StewardApp, left_behind
from bot.desk import Desk
from bot.desks import Shift
from bot.jobs.scheduler import scheduler
from bot.keeping import give_back

log = logging.getLogger(__name__)

GRACE_SECONDS = 8
"""How long work under way may take after the process was told to stop."""


@asynccontextmanager
async def running(app: StewardApp) -> AsyncIterator[None]:
    """Run every open desk's jobs inside the block; then let work come to its end."""
    shifts = _Shifts()
    await app.desks.start(Shift(shifts.begin, shifts.end))
    log.info("started; %d things taken up", shifts.taken_up)
    try:
        yield
    finally:
        await app.desks.stop()
        log.info("stopped")


class _Shifts:
    """The jobs of each open desk."""

    def __init__(self) -> None:
        self.taken_up = 0
        self._clockworks: dict[int, AsyncIOScheduler] = {}

    async def begin(self, desk: Desk) -> None:
        """Start a desk's jobs and take up what was left behind there."""
        clockwork = self._clockworks[id(desk)] = scheduler(desk)
        clockwork.start()
        desk.work.start(desk.services.assistant.warm())
        self.taken_up += await left_behind(desk)

    async def end(self, desk: Desk) -> None:
        """Stop a desk's jobs, and let the work under way come to its end."""
        clockwork = self._clockworks.pop(id(desk), None)
        if clockwork is not None:
            clockwork.shutdown(wait=False)
        await _settled(desk)


async def _settled(desk: Desk) -> None:
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await desk.work.settle()
    except TimeoutError:
        await give_back(desk)
        log.warning("work was not done in time; whoever is alive takes it up")


class Server(uvicorn.Server):
    """uvicorn's server, which stops on a signal and then lets its caller go on.

    uvicorn itself raises the signal once more, which ends the process before anything is closed.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to SIGINT and SIGTERM inside the block."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for one in signals:
            loop.add_signal_handler(one, self.handle_exit, one, None)
        try:
            yield
        finally:
            for one in signals:
                loop.remove_signal_handler(one)
