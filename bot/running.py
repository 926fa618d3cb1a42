"""What runs beside the listeners while Steward serves, and how it comes to an end."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from bot.app import StewardApp
from bot.jobs.scheduler import scheduler
from bot.keeping import give_back

log = logging.getLogger(__name__)

GRACE_SECONDS = 8
"""How long work under way may take after the process was told to stop."""


@asynccontextmanager
async def running(app: StewardApp) -> AsyncIterator[None]:
    """Run the jobs inside the block and take up what was left; then let work come to its end."""
    clockwork = scheduler(app.desk)
    clockwork.start()
    app.desk.work.start(app.desk.services.assistant.warm())
    left = await app.resume()
    log.info("started; %d questions taken up", left)
    try:
        yield
    finally:
        clockwork.shutdown(wait=False)
        await _settled(app)
        log.info("stopped")


async def _settled(app: StewardApp) -> None:
    try:
        async with asyncio.timeout(GRACE_SECONDS):
            await app.settle()
    except TimeoutError:
        await give_back(app.desk)
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
