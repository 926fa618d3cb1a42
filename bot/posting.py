"""Put answers into Slack, and keep every copy of a recommendation as it is now."""

import logging
from dataclasses import dataclass
from datetime import date

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Block, Card
from bot.cards.notices import notices_card
from bot.cards.recommendation import card
from bot.cards.share import shareable
from bot.cards.text import clip, escape
from bot.cards.top import listed
from bot.desk import Desk
from bot.digests import redrawing
from bot.portfolio import redrawn
from bot.refusals import code_of, status_of
from core.errors import StewardError
from storage.recommendations import Copy

log = logging.getLogger(__name__)

SLACK_TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError)
"""What a call to Slack may raise."""

_MOST_HEADING = 300
_FOOTER = ".footer"
_SHARE = "\x1e"
"""Stands between what is remembered of a message and the channel that it may be shown to."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is."""

    channel: str
    ts: str


UNSURE = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
"""Slack's refusals after which nobody knows how much was done."""

LATER = (*UNSURE, "ratelimited", "rate_limited", "token_expired", "team_added_to_org")
"""Slack's refusals that may be none in a while."""


def is_passing(error: Exception) -> bool:
    """Tell whether what Slack did may be different in a while."""
    if not isinstance(error, SlackApiError):
        return isinstance(error, (aiohttp.ClientError, TimeoutError))
    code, status = code_of(error), status_of(error)
    return status in (429, *range(500, 600)) or code in LATER or not code


async def post(desk: Desk, answer: Answer, *, channel: str, thread: str | None = None) -> Posted:
    """Post an answer once and remember which recommendations it shows."""
    reply = await desk.poster.chat_postMessage(
        channel=channel,
        thread_ts=thread,
        text=fallback(answer.card),
        blocks=list(shareable(answer.card, answer.share).blocks),
        unfurl_links=False,
        unfurl_media=False,
    )
    posted = Posted(str(reply["channel"]), str(reply["ts"]))
    if answer.shows:
        await _remember(desk, answer, posted)
    return posted


async def renew(desk: Desk, answer: Answer, *, channel: str, ts: str) -> None:
    """Put another answer into a message's place, and remember what it shows from now on."""
    await update(desk, answer.card, channel=channel, ts=ts)
    await _remember(desk, answer, Posted(channel, ts))


async def whisper(
    desk: Desk, said: Card, *, user: str, channel: str, thread: str | None = None
) -> None:
    """Say something that only one person sees, where they are."""
    await desk.poster.chat_postEphemeral(
        channel=channel,
        user=user,
        thread_ts=thread,
        text=fallback(said),
        blocks=list(said.blocks),
    )


async def refresh(desk: Desk, recommendation: str, *, today: date, first: str = "") -> None:
    """Redraw every message that shows a recommendation, the one with the time stamp `first` first.

    One after the other, newest before oldest: Slack takes fifty changes a minute. Raises what
    kept Slack from taking one, if it may take it later; the others are redrawn all the same.
    """
    trouble: Exception | None = None
    async with desk.turn(recommendation):
        copies = await desk.services.recommendations.copies(recommendation)
        for copy in sorted(copies, key=lambda copy: (copy.ts == first, copy.ts), reverse=True):
            try:
                await _redraw(desk, copy, today)
            except SLACK_TROUBLE as error:
                trouble = error
    if trouble is not None:
        raise trouble


def fallback(shown: Card) -> str:
    """Return a card's words as a message's `text`."""
    return clip(escape(shown.text), 3_900)


async def update(desk: Desk, shown: Card, *, channel: str, ts: str) -> None:
    """Change a message in place; when Slack refuses, say so in the log and go on."""
    try:
        await _change(desk, shown, channel=channel, ts=ts)
    except SLACK_TROUBLE as error:
        log.warning("message %s in %s was not updated: %s", ts, channel, error)


def remembered(answer: Answer) -> str:
    """Return what must be known to draw an answer's message again: heading, footer, share."""
    return _with_share(_heading(answer), answer.share)


async def _change(desk: Desk, shown: Card, *, channel: str, ts: str) -> None:
    """Change a message in place; raises what Slack may do later."""
    try:
        await desk.client.chat_update(
            channel=channel, ts=ts, text=fallback(shown), blocks=list(shown.blocks)
        )
    except SlackApiError as error:
        if is_passing(error):
            raise
        # The decision is stored; a message that was deleted or lies in an archive stays behind.
        log.warning("message %s in %s was not updated: %s", ts, channel, error)


async def _remember(desk: Desk, answer: Answer, posted: Posted) -> None:
    await desk.services.recommendations.shown(
        answer.shows,
        channel=posted.channel,
        ts=posted.ts,
        surface=answer.surface,
        heading=remembered(answer),
    )


async def _redraw(desk: Desk, copy: Copy, today: date) -> None:
    try:
        drawn = await _drawn(desk, copy, today)
    except StewardError:  # gone, or no longer its reader's to see: it stays as it was
        return
    shown = shareable(drawn, copy.heading.partition(_SHARE)[2])
    await _change(desk, shown, channel=copy.channel, ts=copy.ts)


async def _drawn(desk: Desk, copy: Copy, today: date) -> Card:
    recommendations, kept = desk.services.recommendations, copy.heading.partition(_SHARE)[0]
    if copy.surface == "card":
        return card(await recommendations.get(copy.ids[0]), today=today, now=desk.now)
    if copy.surface == "portfolio":
        return await redrawn(desk.services, kept, copy.ids, now=desk.now)
    if copy.surface == "digest":
        digests, at = desk.services.digests, desk.now
        return await redrawing.redrawn(
            digests, recommendations, kept, copy.ids, today=today, now=at
        )
    found = await recommendations.find(copy.ids)
    if copy.surface == "notices":
        return notices_card(found, kept, today=today, now=desk.now)
    heading, _, footer = kept.partition("\n")
    return listed(found, heading=heading, note=footer, today=today, now=desk.now)


def _with_share(heading: str, share: str) -> str:
    """Return what is remembered of a message with the channel it may be shown to, if it fits."""
    marked = f"{heading}{_SHARE}{share}" if share else heading
    return marked if len(marked) <= _MOST_HEADING else heading


def _heading(answer: Answer) -> str:
    """Return a list's heading and its footer, which only the moment of asking knew."""
    last: Block = answer.card.blocks[-1]
    if answer.surface != "list" or not str(last.get("block_id", "")).endswith(_FOOTER):
        return clip(answer.heading, _MOST_HEADING)
    heading = clip(" ".join(answer.heading.split()), 140)
    said = " ".join(str(last["elements"][0]["text"]).split())
    plain = said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return clip(f"{heading}\n{plain}", _MOST_HEADING)
