"""Send what is in the outbox: each message once in effect, whatever happens on the way.

Slack has no key by which it would know a message again. So every message carries its letter's key
in its metadata, and where nobody knows whether Slack took one (the connection broke, no answer came
in time, a server error, a process that ended), its conversation is searched before it is sent
again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.answers import Answer
from bot.cards.share import shareable
from bot.desk import Desk
from bot.outside import is_outside
from bot.posting import LATER, UNSURE, Posted, fallback, refresh, remembered
from bot.refusals import code_of, status_of
from core.errors import StewardError
from storage.conversations import answered
from storage.outbox import Held, Letter
from storage.recommendations import note_copies

log = logging.getLogger(__name__)

EVENT = "steward_letter"
"""What the metadata of Steward's messages is called."""

SKEW = timedelta(minutes=10)
"""So far our clock may be ahead of Slack's: with five minutes, nothing of Slack's is believed."""

LONGEST_WAIT = timedelta(minutes=1)
"""Between two tries of a letter that Slack does not take."""

MOST_ATTEMPTS = 300
"""A day of tries; then a letter is of no use any more."""

LATE = "late"
UNCLEAR = "unclear"
UNREACHED = "unreached"
OUTSIDE = "shared_outside"
"""Why a letter stayed unsent, where it was not Slack that refused it."""

_BUSY = ("ratelimited", "rate_limited")
_SERVER_ERRORS = 500
_PAGE = 100


def message(
    key: str, answer: Answer, *, channel: str, thread: str | None = None, turn: str = ""
) -> Letter:
    """Return an answer as a letter.

    `channel` may be a person: then it goes to their direct message. `turn` is the request key of
    the question whose conversation goes on below this message.
    """
    return Letter(
        key,
        "post",
        {
            "channel": channel,
            "thread": thread or None,
            "text": fallback(answer.card),
            "blocks": list(shareable(answer.card, answer.share).blocks),
            "shows": list(answer.shows),
            "surface": answer.surface,
            "heading": remembered(answer),
            "turn": turn,
        },
    )


async def deliver(desk: Desk, key: str) -> Posted | None:
    """Send one letter now, if it is due and nobody else has it; return where it arrived."""
    taken = await desk.services.outbox.take(now=desk.now, key=key)
    return await send(desk, taken[0]) if taken else None


async def dispatch(desk: Desk, letter: Letter) -> Posted | None:
    """Keep a letter and send it; nothing when one of its key was kept before."""
    async with desk.services.database.write() as session:
        held = await desk.services.outbox.begin(session, letter, now=desk.now)
    return await send(desk, held) if held else None


async def deliver_due(desk: Desk) -> int:
    """Send what was left or could not be sent before; return how many letters were taken."""
    taken = await desk.services.outbox.take(now=desk.now)
    await asyncio.gather(*(send(desk, held) for held in taken))
    return len(taken)


async def send(desk: Desk, held: Held) -> Posted | None:
    """Send a letter that is in our hands; None when it did not arrive (yet)."""
    try:
        if held.letter.kind == "redraw":
            await _redraw(desk, held)
            return None
        found = await _sent_before(desk, held) if held.doubtful else None
        if found is None and await _is_kept_back(desk, held):
            return None
        return await _arrived(desk, held, found or await _post(desk, held))
    except SlackApiError as error:
        await _refused(desk, held, error)
    except aiohttp.ClientConnectorError:
        await _later(desk, held, UNREACHED, doubtful=held.doubtful)
    except (aiohttp.ClientError, TimeoutError):
        await _later(desk, held, UNCLEAR, doubtful=True)
    return None


async def _is_kept_back(desk: Desk, held: Held) -> bool:
    """End a letter that must not arrive any more; put off one that may not be ours when it does."""
    outbox, not_after = desk.services.outbox, held.letter.not_after
    if not_after is not None and desk.now > not_after:
        await outbox.dead(held, LATE, now=desk.now)
    elif await is_outside(desk, held.letter.body["channel"]):
        await outbox.dead(held, OUTSIDE, now=desk.now)
    elif desk.now + timedelta(seconds=outbox.patience) > held.until:
        # Slack took long to tell what is there already: another process may take it meanwhile.
        await _later(desk, held, UNCLEAR, doubtful=held.doubtful)
    else:
        return False
    return True


async def _post(desk: Desk, held: Held) -> Posted:
    body = held.letter.body
    async with asyncio.timeout(desk.services.outbox.patience):
        reply = await desk.poster.chat_postMessage(
            channel=body["channel"],
            thread_ts=body["thread"],
            text=body["text"],
            blocks=body["blocks"],
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT, "event_payload": {"delivery_id": held.letter.key}},
        )
    return Posted(str(reply["channel"]), str(reply["ts"]))


async def _arrived(desk: Desk, held: Held, posted: Posted) -> Posted | None:
    """Keep where it arrived, what it shows, and that its conversation goes on there."""
    body = held.letter.body
    place = {"channel": posted.channel, "ts": posted.ts}
    async with desk.services.database.write() as session:
        if not await desk.services.outbox.sent(session, held, **place, now=desk.now):
            return None
        if body["shows"]:
            more = {"surface": body["surface"], "heading": body["heading"]}
            await note_copies(session, body["shows"], **place, **more)
        if body["turn"]:
            await answered(session, body["turn"], channel=posted.channel, thread=posted.ts)
    return posted


async def _sent_before(desk: Desk, held: Held) -> Posted | None:
    """Return where a letter is that was tried before, None when it certainly did not arrive."""
    body = held.letter.body
    channel = await _conversation(desk, body["channel"])
    since = f"{(held.started_at - SKEW).timestamp():.6f}"
    asked: dict[str, Any] = {"channel": channel, "oldest": since, "include_all_metadata": True}
    find: Callable[..., Awaitable[Any]] = desk.client.conversations_history
    if body["thread"]:
        find, asked["ts"] = desk.client.conversations_replies, body["thread"]
    cursor = ""
    while True:
        page = await find(**asked, limit=_PAGE, cursor=cursor or None)
        for one in page["messages"]:
            payload = one.get("metadata", {}).get("event_payload", {})
            if payload.get("delivery_id") == held.letter.key:
                return Posted(channel, str(one["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


async def _conversation(desk: Desk, channel: str) -> str:
    if not channel.startswith(("U", "W")):
        return channel
    opened = await desk.client.conversations_open(users=channel)
    return str(opened["channel"]["id"])


async def _redraw(desk: Desk, held: Held) -> None:
    """Bring every message up to date that shows a recommendation; twice is as good as once."""
    body = held.letter.body
    today = date.fromisoformat(body["today"])
    async with desk.turn(f"letter:{body['recommendation']}"):
        try:
            await refresh(desk, body["recommendation"], today=today, first=body["first"])
        except StewardError as error:
            log.warning("cards were not redrawn: %s", error)
    async with desk.services.database.write() as session:
        await desk.services.outbox.sent(session, held, channel="", ts="", now=desk.now)


async def _refused(desk: Desk, held: Held, error: SlackApiError) -> None:
    """Put off what Slack may take later, end what it will never take."""
    code, status, outbox = code_of(error), status_of(error), desk.services.outbox
    if code in _BUSY or status == 429:
        seconds = float(error.response.headers.get("Retry-After", 1)) + 1
        at = desk.now + timedelta(seconds=seconds)
        await outbox.again(held, at=at, doubtful=held.doubtful, problem=code)
    elif status >= _SERVER_ERRORS or code in UNSURE or not code:
        await _later(desk, held, code or UNCLEAR, doubtful=True)
    elif code in LATER:
        await _later(desk, held, code, doubtful=held.doubtful)
    elif held.doubtful:
        # Steward may not read there, so nobody can tell whether it arrived: better none than two.
        log.warning("nobody knows whether the letter %s arrived: %s", held.letter.key, code)
        await outbox.dead(held, UNCLEAR, now=desk.now)
    else:
        log.warning("Slack refused the letter %s: %s", held.letter.key, code)
        await outbox.dead(held, code, now=desk.now)


async def _later(desk: Desk, held: Held, problem: str, *, doubtful: bool) -> None:
    if held.attempts >= MOST_ATTEMPTS:
        await desk.services.outbox.dead(held, problem, now=desk.now)
        return
    wait = min(timedelta(seconds=2.0 ** min(held.attempts, 9)), LONGEST_WAIT)
    at = desk.now + (max(wait, desk.services.outbox.settling) if doubtful else wait)
    log.warning("the letter %s waits: %s", held.letter.key, problem)
    await desk.services.outbox.again(held, at=at, doubtful=doubtful, problem=problem)
