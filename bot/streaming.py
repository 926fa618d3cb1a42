"""Prose that appears while it is written; where that is refused, it is posted whole instead."""

import logging
import re
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Block, Card
from bot.cards.text import clip
from bot.desk import Desk
from bot.posting import SLACK_TROUBLE, Posted, fallback, post
from bot.refusals import code_of

log = logging.getLogger(__name__)

MOST = 11_000
"""Characters of prose; Slack takes 12,000 of markdown in a message."""

PIECE = 160
"""Characters that are worth a call: Slack takes about a hundred such calls a minute."""

STOPPED = "stopped_by_user"
"""What Slack answers once the person pressed Stop."""

_ADDRESS = re.compile(r"\S*(?:https?|mailto|slack|tel):\S+", re.IGNORECASE)
_CALL = re.compile(r"<(?=[@!#/a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Audience:
    """Where prose appears and for whom: Slack wants to know both."""

    channel: str
    thread: str
    user: str
    team: str


async def stream(
    desk: Desk, pieces: AsyncIterator[str], audience: Audience, *, foot: Sequence[Block] = ()
) -> Posted | None:
    """Show prose as it comes, `foot` beneath it in the end; return where it is.

    `pieces` may break anywhere. When the person pressed Stop, no more is read and None comes back.
    When reading fails, what came so far is closed and the error goes on. A stream that Slack ends
    early, after five minutes or by its limits, is completed by one change of its message.
    """
    growing = _Growing(desk, audience)
    try:
        async for piece in pieces:
            await growing.add(piece)
            if growing.trouble == STOPPED:
                return None
    except BaseException:
        await growing.abandon()
        raise
    return await growing.close(foot)


def harmless(text: str) -> str:
    """Return a model's words without anything that links, mentions or calls somebody."""
    return _CALL.sub("\u2039", _ADDRESS.sub("(address left out)", text))


class _Growing:
    """A message that grows: what is shown, what waits to be, and why Slack takes no more."""

    def __init__(self, desk: Desk, audience: Audience) -> None:
        self._desk = desk
        self._audience = audience
        self._text = ""
        self._waiting = ""
        self._ts = ""
        self.trouble = ""

    async def add(self, piece: str) -> None:
        """Take a piece; it is sent together with others, and never half a word."""
        self._waiting += piece
        cut = max(self._waiting.rfind(" "), self._waiting.rfind("\n")) + 1
        if cut >= PIECE:
            ready, self._waiting = self._waiting[:cut], self._waiting[cut:]
            await self._send(ready)

    async def close(self, foot: Sequence[Block]) -> Posted | None:
        """Send what waits, end the message and return where it is; None when there is nothing."""
        left = self._taken(self._waiting)
        if self.trouble == STOPPED or not self._text:
            return None
        if not self._ts:
            return await post(
                self._desk,
                Answer(self._whole(foot)),
                channel=self._audience.channel,
                thread=self._audience.thread,
            )
        await self._try(self._stop(left, foot))
        if self.trouble and self.trouble != STOPPED:
            await self._replace(foot)
        return Posted(self._audience.channel, self._ts)

    async def abandon(self) -> None:
        """End a message that has begun with what it shows."""
        if self._ts:
            await self._try(self._stop("", ()))

    async def _send(self, text: str) -> None:
        shown = self._taken(text)
        if shown and not self.trouble:
            await self._try(self._append(shown) if self._ts else self._start(shown))

    def _taken(self, text: str) -> str:
        """Return what of a text may be shown, and count it as shown."""
        room = MOST - len(self._text)
        shown = clip(harmless(text), room) if room > 0 else ""
        self._text += shown
        return shown

    async def _try(self, call: Awaitable[None]) -> None:
        try:
            await call
        except SlackApiError as error:
            self.trouble = code_of(error) or "no answer of Slack's"
        except SLACK_TROUBLE as error:
            self.trouble = type(error).__name__
        if self.trouble:
            log.info("a stream ended early: %s", self.trouble)

    async def _start(self, text: str) -> None:
        to = self._audience
        begun = await self._desk.poster.chat_startStream(
            channel=to.channel,
            thread_ts=to.thread,
            markdown_text=text,
            recipient_user_id=to.user,
            recipient_team_id=to.team,
        )
        self._ts = str(begun["ts"])

    async def _append(self, text: str) -> None:
        channel = self._audience.channel
        await self._desk.poster.chat_appendStream(channel=channel, ts=self._ts, markdown_text=text)

    async def _stop(self, text: str, foot: Sequence[Block]) -> None:
        if self.trouble:
            return
        await self._desk.poster.chat_stopStream(
            channel=self._audience.channel,
            ts=self._ts,
            markdown_text=text or None,
            blocks=list(foot) or None,
        )

    async def _replace(self, foot: Sequence[Block]) -> None:
        whole = self._whole(foot)
        await self._desk.client.chat_update(
            channel=self._audience.channel,
            ts=self._ts,
            text=fallback(whole),
            blocks=list(whole.blocks),
        )

    def _whole(self, foot: Sequence[Block]) -> Card:
        prose = {"type": "markdown", "block_id": "prose", "text": self._text}
        return Card(self._text, (prose, *foot))
