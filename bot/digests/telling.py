"""Tell owners, once and at their hours, of digests that did not come."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.answers import Answer
from bot.cards.note import note
from bot.desk import Desk
from bot.digests.reasons import closing, said_of_missed
from bot.digests.schedules import may_write_to
from bot.outgoing import deliver, message
from storage.delivery import Delivery
from storage.digests import Subscription
from storage.outbox import Letter

log = logging.getLogger(__name__)

_INSTEAD = "Ask “show me my top actions” to see where things stand."


async def tell_owners(desk: Desk, *, now: datetime) -> None:
    """Tell of what was missed today, or ended for good; the rest is told by the next digest."""
    digests = desk.services.digests
    untold = await digests.untold()
    if not untold:
        return
    known = {one.id: one for one in await digests.every()}
    by_subscription = sorted(untold, key=lambda one: (one.subscription_id, one.local_date))
    for id, group in groupby(by_subscription, key=lambda one: one.subscription_id):
        if id in known:
            await _tell(desk, known[id], tuple(group), now)


async def _tell(
    desk: Desk, subscription: Subscription, missed: Sequence[Delivery], now: datetime
) -> None:
    people = {csm.id: csm for csm in await desk.services.people.everyone()}
    owner = people.get(subscription.csm_id)
    today = now.astimezone(subscription.zone).date()
    if subscription.enabled and missed[-1].local_date < today:
        return
    if owner is None or not owner.slack_user_id:
        if not subscription.enabled:
            await desk.services.digests.tell(missed, None, now=now)
        return
    away = await desk.services.digests.away(owner.id)
    if not may_write_to(owner.timezone, away, now, holidays=subscription.holidays):
        return
    letter = _letter(subscription, missed, owner.slack_user_id, now)
    if await desk.services.digests.tell(missed, letter, now=now):
        await deliver(desk, letter.key)


def _letter(
    subscription: Subscription, missed: Sequence[Delivery], user: str, now: datetime
) -> Letter:
    if subscription.enabled:
        said = _late(missed, now, subscription)
    else:
        said = _ended(subscription, missed)
    return message(f"digest-missed:{missed[-1].id}", Answer(note(said)), channel=user)


def _ended(subscription: Subscription, missed: Sequence[Delivery]) -> str:
    why = closing(missed[-1].problem or "I could not post it")
    if subscription.kind == "person":
        return f"I turned your daily digest off, because {why}. Say “digest on” to start it again."
    return (
        f"I turned the digest for a channel off, because {why}. "
        "You can have the digest in our direct message instead: turn it on in my Home tab."
    )


def _late(missed: Sequence[Delivery], now: datetime, subscription: Subscription) -> str:
    today = now.astimezone(subscription.zone).date()
    where = " in the channel" if subscription.kind == "channel" else ""
    said = said_of_missed(missed, today).replace("No digest came", f"No digest came{where}", 1)
    return f"{said} {_INSTEAD}"
