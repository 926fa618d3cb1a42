"""What runs beside the listeners while Steward serves, and how it comes to an end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app import StewardApp, left_behind
from bot.desk import Desk
from bot.desks import Shift
from bot.jobs.scheduler import scheduler
from bot.keeping import give_back
from bot.listeners.errors import guarded
from bot.upkeep import Upkeep, clockwork

log = logging.getLogger(__name__)

GRACE_SECONDS = 8
"""How long work under way may take after the process was told to stop."""


DRAIN_SECONDS = 5.0
"""How long a process that was told to stop says that it is not ready before it takes no more.

Whoever hands out requests to several machines learns in this time to leave this one out.
"""


@asynccontextmanager
async def running(app: StewardApp, upkeep: Upkeep | None = None) -> AsyncIterator[None]:
    """Run every open desk's jobs inside the block; then let work come to its end.

    `upkeep` is what is done for the installations of many workspaces.
    """
    shifts, looking_after = _Shifts(), clockwork(upkeep) if upkeep else None
    await app.desks.start(Shift(shifts.begin, shifts.end))
    if looking_after is not None:
        looking_after.start()
    log.info("started; %d things taken up", shifts.taken_up)
    try:
        yield
    finally:
        if looking_after is not None:
            looking_after.shutdown(wait=False)
        await app.desks.stop()
        log.info("stopped")


class Ending:
    """Whether this process was told to stop, and how long it goes on answering then."""

    def __init__(self, *, seconds: float = 0) -> None:
        """Take the seconds in which it is not ready and answers all the same."""
        self.seconds, self.told = seconds, False

    async def probe(self) -> str | None:
        """Tell for `/readyz` that no more work should be sent here."""
        return "is stopping" if self.told else None


class _Shifts:
    """The jobs of each open desk."""

    def __init__(self) -> None:
        self.taken_up = 0
        self._jobs: dict[int, AsyncIOScheduler] = {}

    async def begin(self, desk: Desk) -> None:
        """Start a desk's jobs and take up what was left behind there."""
        self.taken_up += await left_behind(desk)  # before the jobs take anything up themselves
        jobs = self._jobs[id(desk)] = scheduler(desk)
        jobs.start()
        desk.work.start(desk.services.assistant.warm())

    async def end(self, desk: Desk) -> None:
        """Stop a desk's jobs, and let the work under way come to its end."""
        jobs = self._jobs.pop(id(desk), None)
        if jobs is not None:
            jobs.shutdown(wait=False)
        await _settled(desk)


async def _settled(desk: Desk) -> None:
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await desk.work.settle()
    except TimeoutError:
        log.warning("work was not done in time; whoever is alive takes it up")
        async with guarded(_not_given_back):  # every desk ends, whatever becomes of one
            await give_back(desk)


async def _not_given_back(said: str) -> None:
    log.warning("it is taken up once its leases run out: %s", said)


class Server(uvicorn.Server):
    """uvicorn's server, which stops on a signal and then lets its caller go on.

    uvicorn itself raises the signal once more, which ends the process before anything is closed.
    """

    def __init__(self, config: uvicorn.Config, ending: Ending | None = None) -> None:
        """Take what to serve, and how it is told to stop."""
        super().__init__(config)
        self._ending = ending or Ending()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Say from now on that this process is not ready, and stop soon; told twice, at once."""
        soon = 0 if self._ending.told else self._ending.seconds
        self._ending.told = True
        if soon:
            asyncio.get_running_loop().call_later(soon, super().handle_exit, sig, frame)
        else:
            super().handle_exit(sig, frame)

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
