"""Ask owners, privately and once, about what looks done and what is overdue."""

import logging
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.cards.notices import notices_answer
from bot.desk import Desk
from bot.digests.schedules import may_write_to
from bot.jobs.job import Job
from bot.language.periods import working
from bot.listeners.errors import guarded
from bot.outgoing import deliver, message
from core.recommendations import Recommendation
from storage.digests import AUTO
from storage.notices import Notices, Pending
from storage.outbox import Letter

log = logging.getLogger(__name__)

MOST_A_DAY = 3
"""So many notices reach a person in a day, whatever there is to notice."""

OVERDUE = 2
"""After so many working days an accepted one that is overdue is asked about."""


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


async def _ask(desk: Desk, notices: Notices, pending: Sequence[Pending], now: datetime) -> int:
    local = now.astimezone(ZoneInfo(pending[0].timezone))
    if not await _may_ask(desk, pending[0], now):
        return 0
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    room = MOST_A_DAY - await notices.asked(pending[0].owner, since=midnight)
    due = [one for one in pending if is_due(one, local.date())][: max(0, room)]
    shown: dict[str, Recommendation] = {one.id: one for one in await _shown(desk, due)}

    def letter(taken: Sequence[Pending]) -> Letter:
        kinds = {one.id: one.kind for one in taken}
        found = [shown[one.id] for one in taken]
        answer = notices_answer(found, kinds, today=local.date(), now=desk.now)
        key = f"notice:{taken[0].kind}:{taken[0].id}"
        return message(key, answer, channel=taken[0].slack_user_id)

    made = await notices.ask([one for one in due if one.id in shown], letter, now=now)
    if made is None:
        return 0
    await deliver(desk, made.key)
    return len(made.body["shows"])


async def _may_ask(desk: Desk, one: Pending, now: datetime) -> bool:
    """Tell whether an owner is at work: their hours, holidays and absences are the digest's."""
    digests = desk.services.digests
    away, kept = await digests.away(one.owner), await digests.for_csm(one.owner)
    holidays = kept.holidays if kept else AUTO
    return may_write_to(one.timezone, away, now, holidays=holidays)


async def _shown(desk: Desk, due: Sequence[Pending]) -> Sequence[Recommendation]:
    return await desk.services.recommendations.find([one.id for one in due])


async def _logged(owner: str, said: str) -> None:
    log.warning("%s was not asked: %s", owner, said)


async def run(desk: Desk) -> None:
    """Look and ask, as of now."""
    await run_due(desk, now=desk.now)


NOTICES = Job(name="notices", seconds=600, run=run)
