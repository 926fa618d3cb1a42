"""What is kept before Slack is told that it arrived, and done after: once, by whoever is alive.

Each kind of work is declared with `does`. Its item is held under a lease that is renewed while the
work runs (bot/jobs/inbox.py); when its process ends, another takes the item up.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.desk import MOST_AT_ONCE, Desk
from bot.posting import SLACK_TROUBLE, is_passing
from core.errors import Unreachable
from storage.inbox import MOST_ATTEMPTS, Item

log = logging.getLogger(__name__)

PATIENCE = 150
"""Seconds that a sentence waits for the one before it: longer than any answer may take."""

LONGEST_PAUSE = timedelta(minutes=5)
"""Between two tries of what Slack or the database kept from being done."""

Work = Callable[[Desk, Item], Awaitable[None]]
_WORK: dict[str, Work] = {}


_APOLOGIES: dict[str, Work] = {}


def does(kind: str, *, apologises: Work | None = None) -> Callable[[Work], Work]:
    """Declare what does the work of a kind; it ends the item itself, or leaves that to `run`.

    `apologises` tells whoever waits for it that it cannot be done.
    """

    def declare(work: Work) -> Work:
        _WORK[kind] = work
        if apologises is not None:
            _APOLOGIES[kind] = apologises
        return work

    return declare


async def keep(desk: Desk, key: str, kind: str, body: dict[str, Any], *, turn: str = "") -> None:
    """Keep what came and begin its work; what came before is only acknowledged again.

    What shares a `turn` is done one after the other, in the order in which it came.
    """
    item = await desk.services.inbox.put(key, kind, body, now=desk.now, turn=turn)
    if item is not None:
        desk.work.start(run(desk, item), name=key)


async def take_up(desk: Desk) -> int:
    """Begin again what nobody holds any more; return how many things were begun.

    No more is taken than is worked on at once: each that is done makes room for the next.
    """
    room = MOST_AT_ONCE - len(desk.taken)
    if room <= 0:
        return 0
    held = tuple(desk.leases)
    taken = await desk.services.inbox.take(_WORK, now=desk.now, limit=room, but=held)
    leases = {item.lease for item in taken}
    desk.leases.update(leases)
    desk.taken.update(leases)
    for item in taken:
        desk.work.start(_and_then_the_next(desk, item), name=item.key)
    return len(taken)


async def _and_then_the_next(desk: Desk, item: Item) -> None:
    try:
        await run(desk, item)
    finally:
        desk.taken.discard(item.lease)
        await take_up(desk)


async def run(desk: Desk, item: Item) -> None:
    """Do the work of an item; what only hindered it for now is tried again later."""
    desk.leases.add(item.lease)
    try:
        await desk.services.inbox.calm()
        async with _in_turn(desk, item), desk.slots:
            await _WORK[item.kind](desk, item)
        await desk.services.inbox.done(item, now=desk.now)
    except (*SLACK_TROUBLE, DBAPIError, Unreachable) as trouble:
        log.warning("%s waits: %s", item.key, type(trouble).__name__)
        await desk.services.inbox.put_off(item, until=desk.now + _pause(item))
    finally:
        desk.leases.discard(item.lease)


async def give_up(desk: Desk, item: Item) -> None:
    """End what was tried too often: each time, the process that had it came to its end."""
    log.error("%s was given up after %d tries", item.key, item.attempts)
    tell = _APOLOGIES.get(item.kind)
    if tell is not None:
        await tell(desk, item)
    await desk.services.inbox.end(item.key, now=desk.now)


def is_hindrance(error: Exception, item: Item) -> bool:
    """Tell whether an error may be gone in a while, and the item may still be tried then."""
    passing = isinstance(error, (DBAPIError, Unreachable)) or is_passing(error)
    return passing and item.attempts < MOST_ATTEMPTS


def _pause(item: Item) -> timedelta:
    return min(timedelta(seconds=2.0**item.attempts), LONGEST_PAUSE)


@asynccontextmanager
async def _in_turn(desk: Desk, item: Item) -> AsyncIterator[None]:
    """Wait for what came before in the same turn, here or in another process."""
    if not item.turn:
        yield
    elif desk.services.database.is_sqlite:  # one process serves a file: its order is the order
        async with desk.turn(f"kept:{item.turn}"):
            yield
    else:
        await _until_next(desk, item)
        yield


async def _until_next(desk: Desk, item: Item) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not await desk.services.inbox.is_next(item):
        if asyncio.get_running_loop().time() > deadline:
            return
        await asyncio.sleep(0.2)


async def renew(desk: Desk, *, now: datetime) -> None:
    """Say of all that is under way here that it goes on."""
    if desk.leases:
        await desk.services.inbox.renew(tuple(desk.leases), now=now)


async def give_back(desk: Desk) -> None:
    """Leave what is under way to the next process, which then need not wait for the leases."""
    if desk.leases:
        await desk.services.inbox.release(tuple(desk.leases))
