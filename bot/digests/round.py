"""One round over all digests: what is due is claimed, composed and queued once, or said why not.

What is due follows from our tables alone, so that two replicas, a restart or a slow loop change
nothing. A round may end anywhere: the next one, here or in another process, goes on from there.
"""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from bot.countries import observed, ready
from bot.desk import Desk
from bot.digests.composing import compose
from bot.digests.reader import look_up
from bot.digests.reasons import (
    CLOSED,
    TRAVELLED,
    UNPREPARED,
    WORDS,
    not_running,
    said_of_missed,
)
from bot.digests.schedules import schedule_of
from bot.digests.telling import tell_owners
from bot.listeners.errors import guarded
from bot.outgoing import deliver, message
from bot.sentences import sentence
from core.calendar import Absence, Slot, due, slot
from core.errors import GuestRefused, StewardError
from storage.delivery import Delivery
from storage.digests import Subscription
from storage.people import Csm

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A subscription's turn in a round: whose it is, who is away, the last day that is settled.

    `left` are the claims on it of processes that are no more.
    """

    subscription: Subscription
    csm: Csm
    away: Absence | None
    last: date | None
    now: datetime
    left: tuple[Delivery, ...] = ()

    @property
    def here(self) -> str:
        """The time zone of a person where they are, of a channel as it is set."""
        follows = self.subscription.kind == "person" and self.csm.timezone
        return follows or self.subscription.timezone

    def after(self, *days: date) -> "_Turn":
        """Return the turn with these days settled too."""
        known = [day for day in (self.last, *days) if day is not None]
        return replace(self, last=max(known, default=None))


async def run_due(desk: Desk, *, now: datetime) -> list[Delivery]:
    """Deliver every digest that is due at `now`; return those that were sent, missed or skipped."""
    done = await _settled(desk, now)
    for turn in await _turns(desk, now):
        # whatever goes wrong with one must not keep the others back
        async with guarded(partial(_logged, turn.subscription.id)):
            done += await _take(desk, turn)
    done += await _settled(desk, now)
    await tell_owners(desk, now=now)
    return done


async def _turns(desk: Desk, now: datetime) -> list[_Turn]:
    """Return every subscription's turn; that of somebody who is gone ends."""
    services, found = desk.services, []
    everyone = await services.people.everyone()
    people = {csm.id: csm for csm in everyone if csm.slack_refused is None}
    last, absences = await services.digests.last_days(), await services.digests.absences()
    left = await services.digests.left_behind(now=now)
    enabled = await services.digests.enabled()
    codes = frozenset(observed(one.holidays, one.timezone) for one in enabled)
    await asyncio.to_thread(ready, codes, now.year)
    for one in enabled:
        if csm := people.get(one.csm_id):
            claims = tuple(each for each in left if each.subscription_id == one.id)
            found.append(_Turn(one, csm, absences.get(one.csm_id), last.get(one.id), now, claims))
        else:
            log.warning("the digest %s ends: nobody is known as %s any more", one.id, one.csm_id)
            await services.digests.unsubscribe(one.id, now=now)
    return found


async def _take(desk: Desk, turn: _Turn) -> list[Delivery]:
    """Record the days that are over, follow a reader who travelled, deliver what is due."""
    digests, subscription = desk.services.digests, turn.subscription
    found = due(schedule_of(subscription, turn.away), turn.now, after=turn.last)
    done = await _over(desk, turn, found.over, "missed", not_running(subscription.local_time))
    done += await _again(desk, turn)
    if turn.here != subscription.timezone:
        return done + await _travel(desk, turn.after(*found.over))
    if found.open is not None:
        claimed = await digests.claim(subscription.id, found.open.on, now=turn.now)
        done += await _deliver(desk, turn, claimed, found.open) if claimed else []
    return done


async def _travel(desk: Desk, turn: _Turn) -> list[Delivery]:
    """Go on by the clock of where the reader is; a morning that is over there is left out."""
    moved = replace(
        turn,
        subscription=await desk.services.digests.travel(turn.subscription, turn.here, now=turn.now),
    )
    found = due(schedule_of(moved.subscription, turn.away), turn.now, after=turn.last)
    done = await _over(desk, moved, found.over, "skipped", TRAVELLED)
    return done + await _take(desk, moved.after(*found.over))


async def _over(
    desk: Desk, turn: _Turn, days: tuple[date, ...], state: str, why: str
) -> list[Delivery]:
    recorded = await desk.services.digests.pass_over(
        turn.subscription.id, days, state=state, why=why, now=turn.now
    )
    return list(recorded)


async def _again(desk: Desk, turn: _Turn) -> list[Delivery]:
    """Take over what a stopped process had claimed, or say that it is too late for that."""
    digests, subscription = desk.services.digests, turn.subscription
    done: list[Delivery] = []
    for left in turn.left:
        turn_of_day = slot(subscription.at, left.local_date, subscription.zone)
        claimed = await digests.claim(subscription.id, left.local_date, now=turn.now)
        if claimed is None:
            continue
        if turn.now <= turn_of_day.ends:
            done += await _deliver(desk, turn, claimed, turn_of_day)
        else:
            done += _one(await digests.miss(claimed, UNPREPARED))
    return done


async def _deliver(desk: Desk, turn: _Turn, claimed: Delivery, day: Slot) -> list[Delivery]:
    """Compose and queue one, and send it; what nobody foresaw leaves the claim for another try."""
    digests, subscription = desk.services.digests, turn.subscription
    if subscription.kind == "channel":
        return await _send(desk, turn, claimed, day)
    try:
        reader = await look_up(desk, turn.csm)
    except GuestRefused as error:
        return _one(await digests.miss(claimed, sentence(error), closes=True))
    turn = replace(turn, csm=reader.csm)
    if turn.here != subscription.timezone:
        await digests.release(claimed)
        # What was left behind is left to the next round, which finds the reader where they are.
        return await _take(desk, replace(turn, left=()))
    if reader.away:
        said = f"Your Slack status says that you are away {reader.away}."
        return _one(await digests.skip(claimed, said))
    return await _send(desk, turn, claimed, day)


async def _send(desk: Desk, turn: _Turn, claimed: Delivery, day: Slot) -> list[Delivery]:
    try:
        queued = await _queue(desk, turn, claimed, day)
    except StewardError as error:
        return _one(await desk.services.digests.miss(claimed, sentence(error)))
    if queued:
        await deliver(desk, claimed.key)
    return []


async def _queue(desk: Desk, turn: _Turn, claimed: Delivery, day: Slot) -> bool:
    subscription, digests = turn.subscription, desk.services.digests
    missed = [one for one in await digests.untold() if one.subscription_id == subscription.id]
    composed = await compose(
        desk.services,
        subscription,
        on=claimed.local_date,
        delivery=claimed.id,
        missed=said_of_missed(missed, claimed.local_date),
        now=turn.now,
    )
    letter = message(claimed.key, composed.answer, channel=subscription.channel)
    return await digests.queue(
        claimed,
        replace(letter, not_after=day.ends),
        items=composed.answer.shows,
        content=composed.content,
        told=[one.id for one in missed],
        now=desk.now,
    )


async def _settled(desk: Desk, now: datetime) -> list[Delivery]:
    """Send what was queued and left, and keep what became of it."""
    digests = desk.services.digests
    queued = await digests.queued()
    if not queued:
        return []
    for one in queued:
        async with guarded(partial(_logged, one.subscription_id)):
            await deliver(desk, one.key)
    done = await digests.settle(words=WORDS, closing=CLOSED.keys(), now=now)
    for one in done:
        if one.state == "missed":
            log.warning("the digest %s did not come: %s", one.subscription_id, one.problem)
    return list(done)


async def _logged(subscription: str, said: str) -> None:
    log.warning("the digest %s did not get on: %s", subscription, said)


def _one(delivery: Delivery | None) -> list[Delivery]:
    return [] if delivery is None else [delivery]
