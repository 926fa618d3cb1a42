"""Ask owners, privately and once, about what looks done and what is overdue."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.cards.notices import notices_answer
from bot.desk import Desk
from bot.jobs.job import Job
from bot.language.periods import working
from bot.listeners.errors import guarded
from bot.posting import SLACK_TROUBLE, post
from storage.notices import Notices, Pending

log = logging.getLogger(__name__)

MOST_A_DAY = 3
"""So many notices reach a person in a day, whatever there is to notice."""

OVERDUE = 2
"""After so many working days an accepted one that is overdue is asked about."""

BEGINS, ENDS = time(8), time(18)
"""Nobody is written to outside these local hours, nor at the weekend."""

_LATER = ("ratelimited", "rate_limited")


async def run_due(desk: Desk, *, now: datetime) -> int:
    """Look for what is new and ask whoever may be asked at `now`; return how many were asked."""
    notices = Notices(desk.services.database)
    plays = desk.services.rules.catalogue.plays.values()
    await notices.look({play.name: play.fulfilled_by for play in plays}, now=now)
    pending = sorted(await notices.pending(now=now), key=lambda one: one.owner)
    asked: list[int] = []
    for owner, of_owner in groupby(pending, key=lambda one: one.owner):
        # whatever goes wrong with one person must not keep the others' notices back
        async with guarded(partial(_logged, owner)):
            asked.append(await _ask(desk, notices, tuple(of_owner), now))
    return sum(asked)


def is_due(one: Pending, today: date) -> bool:
    """Tell whether it is time to ask: at once about what looks done, later what is overdue."""
    return one.kind == "done" or working(one.due_on, OVERDUE) <= today


def may_write(local: datetime) -> bool:
    """Tell whether a person may be written to at their local time."""
    return local.weekday() < 5 and BEGINS <= local.time() < ENDS


async def _ask(desk: Desk, notices: Notices, pending: Sequence[Pending], now: datetime) -> int:
    local = now.astimezone(ZoneInfo(pending[0].timezone))
    if not may_write(local):
        return 0
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    room = MOST_A_DAY - await notices.asked(pending[0].owner, since=midnight)
    due = [one for one in pending if is_due(one, local.date())][: max(0, room)]
    taken = [one for one in due if await notices.claim(one, now=now)]
    if taken:
        await _send(desk, notices, taken, local)
    return len(taken)


async def _logged(owner: str, said: str) -> None:
    log.warning("%s was not asked: %s", owner, said)


async def _send(desk: Desk, notices: Notices, taken: Sequence[Pending], local: datetime) -> None:
    """Send one message; what Slack did not take for sure is asked about again."""
    shown = await desk.services.recommendations.find([one.id for one in taken])
    kinds = {one.id: one.kind for one in taken}
    answer = notices_answer(shown, kinds, today=local.date(), now=desk.now)
    try:
        await post(desk, answer, channel=taken[0].slack_user_id)
    except SLACK_TROUBLE as error:
        log.warning("%s could not be asked: %s", taken[0].owner, error)
        if _is_unsent(error):
            for one in taken:
                await notices.release(one)


def _is_unsent(error: Exception) -> bool:
    if isinstance(error, SlackApiError):
        return error.response.get("error") in _LATER
    return isinstance(error, aiohttp.ClientConnectorError)


async def run(desk: Desk) -> None:
    """Look and ask, as of now."""
    await run_due(desk, now=desk.now)


NOTICES = Job(name="notices", seconds=600, run=run)
