"""The gate before Bolt: nothing that Slack did not sign is parsed, and nothing is run twice.

Bolt reads and parses a request before it checks the signature, and answers 500 with a traceback
when that fails. Here everything unsigned ends with a short 4xx instead, and so does what is signed
but cannot be read. A signed request that comes again is given the answer that it got.
"""

from typing import Any

from slack_sdk.signature import Clock, SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.body import TooLarge, again, whole
from bot.legible import Illegible, read
from bot.replays import Replays

EVENTS = "/slack/events"
"""Where Slack sends events, clicks and forms."""

LARGEST = 1_000_000
"""Bytes; Slack's own requests stay far below."""

VALID_SECONDS = 300
"""How long a signature is believed, before and after the moment it names."""


class Refused(Exception):
    """A request that Slack did not send so; `status` is the answer."""

    def __init__(self, status: int, says: str) -> None:
        """Take the HTTP status and the line to answer with."""
        super().__init__(says)
        self.status = status
        self.says = says


class Gate:
    """ASGI middleware that lets signed requests through to `EVENTS`, and all other paths."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        signing_secret: str,
        clock: Clock | None = None,
        replays: Replays | None = None,
    ) -> None:
        """Take the app to protect, the secret that Slack signs with, and what tells the time."""
        self._app = app
        self._clock = clock or Clock()
        self._verifier = SignatureVerifier(signing_secret, self._clock)
        self._replays = Replays() if replays is None else replays

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and pass it on, or answer it."""
        # A route matches a path with a line feed after it too, so that equality would not do.
        if scope["type"] != "http" or not scope["path"].startswith(EVENTS):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            body = await _body(Request(scope, receive))
            self._check(headers, body)
            said = _read(headers, body)
        except Refused as refusal:
            await PlainTextResponse(refusal.says, refusal.status)(scope, receive, send)
        except ClientDisconnect:
            return
        else:
            if said.get("ssl_check"):
                await PlainTextResponse("")(scope, receive, send)
            else:
                await self._pass(scope, headers, again(body, receive), send)

    async def _pass(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        async def run(answering: Send) -> None:
            await self._app(scope, receive, answering)

        until = int(headers["x-slack-request-timestamp"]) + VALID_SECONDS
        key, now = headers["x-slack-signature"], self._clock.now()
        await self._replays.once(key, run, send, now=now, until=until)

    def _check(self, headers: Headers, body: bytes) -> None:
        stamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise Refused(401, "The timestamp is missing or no number.")
        if not _is_text(body):
            raise Refused(400, "The body is not UTF-8.")
        if not (signature.isascii() and self._verifier.is_valid(body, stamp, signature)):
            raise Refused(401, "The signature is missing, too old or wrong.")


def _read(headers: Headers, body: bytes) -> dict[str, Any]:
    try:
        return read(body.decode(), headers.get("content-type", ""))
    except Illegible as error:
        raise Refused(error.status, error.says) from error


async def _body(request: Request) -> bytes:
    if request.method != "POST":
        raise Refused(405, "Only POST is answered here.")
    try:
        return await whole(request, largest=LARGEST)
    except TooLarge as error:
        raise Refused(413, "The body is too large.") from error


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
