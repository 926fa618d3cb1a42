"""Send each digest once, at its hour in its reader's time zone."""

import logging
from datetime import datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.answers import Answer
from bot.cards.note import note
from bot.desk import Desk
from bot.digests import compose, due
from bot.jobs.job import Job
from bot.listeners.errors import guarded
from bot.posting import SLACK_TROUBLE, post
from storage.deliveries import UNCLEAR, Delivery
from storage.digests import Subscription

log = logging.getLogger(__name__)

CLOSED: dict[str, str] = {
    "channel_not_found": "I cannot find the channel any more",
    "not_in_channel": "I am no longer in the channel",
    "is_archived": "the channel is archived",
    "restricted_action": "posting there is restricted",
    "ekm_access_denied": "an administrator has closed the channel to apps",
    "user_not_found": "Slack no longer knows this person",
    "account_inactive": "my account in Slack is switched off",
}
"""Slack's refusals that will be the same tomorrow, in words."""

SHARED = "the channel is shared with another company, and a digest names customers"


async def run_due(desk: Desk, *, now: datetime) -> list[Delivery]:
    """Deliver every digest that is due at `now`; return those that were sent or missed."""
    digests = desk.services.digests
    settled = await digests.settled(since=now.date() - timedelta(days=2), now=now)
    done: list[Delivery] = []
    for subscription in await digests.enabled():
        today = due(subscription, now)
        if today is None or (subscription.id, today.local_date) in settled:
            continue
        claimed = await digests.claim(subscription.id, today.local_date, now=now)
        if claimed is not None:
            done += await _deliver(desk, subscription, claimed, late=today.late, now=now)
    return done


async def _deliver(
    desk: Desk, subscription: Subscription, claimed: Delivery, *, late: bool, now: datetime
) -> list[Delivery]:
    """Deliver one; whatever goes wrong with it must not keep the others back."""
    digests = desk.services.digests
    if late:
        when = subscription.local_time
        return [await digests.missed(claimed, f"Steward was not running at {when}.")]
    done: list[Delivery] = []
    async with guarded(lambda said: digests.missed(claimed, said)):
        if subscription.kind == "channel" and await _is_shared(desk, subscription.channel):
            done.append(await _give_up(desk, subscription, claimed, SHARED))
            return done
        answer = await compose(desk.services, subscription, now=now)
        done += await _send(desk, subscription, claimed, answer)
    return done


async def _send(
    desk: Desk, subscription: Subscription, claimed: Delivery, answer: Answer
) -> list[Delivery]:
    digests = desk.services.digests
    if not await digests.sending(claimed):
        return []  # it took so long that another process has the claim now
    try:
        posted = await post(desk, answer, channel=subscription.channel)
    except SlackApiError as error:
        return await _refused(desk, subscription, claimed, str(error.response.get("error")))
    except aiohttp.ClientConnectorError:
        await digests.release(claimed)  # Slack was not reached: the next minute tries again
        return []
    except SLACK_TROUBLE:
        return [await digests.missed(claimed, UNCLEAR)]
    sent = await digests.sent(
        claimed, channel=posted.channel, ts=posted.ts, items=answer.shows, now=desk.now
    )
    return [sent]


async def _refused(
    desk: Desk, subscription: Subscription, claimed: Delivery, code: str
) -> list[Delivery]:
    if code in ("ratelimited", "rate_limited"):
        await desk.services.digests.release(claimed)
        return []
    if code in CLOSED:
        return [await _give_up(desk, subscription, claimed, CLOSED[code])]
    log.warning("Slack refused the digest %s: %s", subscription.id, code)
    return [await desk.services.digests.missed(claimed, f"Slack refused it: {code}.")]


async def _give_up(desk: Desk, subscription: Subscription, claimed: Delivery, why: str) -> Delivery:
    """Turn a digest off that cannot arrive, and tell whoever set it up, once."""
    log.warning("the digest for %s is off: %s", subscription.channel, why)
    missed = await desk.services.digests.missed(claimed, f"Not posted: {why}.")
    await desk.services.digests.unsubscribe(subscription.id, now=desk.now)
    owner = await desk.services.people.get(subscription.csm_id)
    if subscription.kind == "channel" and owner.slack_user_id:
        said = (
            f"I turned the digest for a channel off, because {why}. "
            "You can have the digest in our direct message instead: turn it on in my Home tab."
        )
        await _tell(desk, said, owner.slack_user_id)
    return missed


async def _tell(desk: Desk, said: str, user: str) -> None:
    try:
        await post(desk, Answer(note(said)), channel=user)
    except SLACK_TROUBLE as error:
        log.warning("%s could not be told: %s", user, error)


async def _is_shared(desk: Desk, channel: str) -> bool:
    try:
        found = (await desk.client.conversations_info(channel=channel))["channel"]
    except SlackApiError:
        return False  # posting will say what is wrong with the channel
    kinds = ("is_ext_shared", "is_pending_ext_shared")
    return any(found.get(kind) for kind in kinds)


async def run(desk: Desk) -> None:
    """Deliver what is due this minute."""
    for delivery in await run_due(desk, now=desk.now):
        desk.services.metrics.delivered(delivery)


DIGEST = Job(name="digest", seconds=60, run=run)
