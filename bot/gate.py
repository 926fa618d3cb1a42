"""The gate before Bolt: nothing that Slack did not sign is parsed.

Bolt reads and parses a request before it checks the signature, and answers 500 with a traceback
when that fails. Here everything unsigned ends with a short 4xx instead.
"""

from slack_sdk.signature import Clock, SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.body import TooLarge, again, whole

EVENTS = "/slack/events"
"""Where Slack sends events, clicks and forms."""

LARGEST = 1_000_000
"""Bytes; Slack's own requests stay far below."""


class Refused(Exception):
    """A request that Slack did not send; `status` is the answer."""

    def __init__(self, status: int, says: str) -> None:
        """Take the HTTP status and the line to answer with."""
        super().__init__(says)
        self.status = status
        self.says = says


class Gate:
    """ASGI middleware that lets signed requests through to `EVENTS`, and all other paths."""

    def __init__(self, app: ASGIApp, *, signing_secret: str, clock: Clock | None = None) -> None:
        """Take the app to protect, the secret that Slack signs with, and what tells the time."""
        self._app = app
        self._verifier = SignatureVerifier(signing_secret, clock or Clock())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and pass it on, or answer it."""
        if scope["type"] != "http" or scope["path"] != EVENTS:
            await self._app(scope, receive, send)
            return
        try:
            body = await _body(Request(scope, receive))
            self._check(Headers(scope=scope), body)
        except Refused as refusal:
            await PlainTextResponse(refusal.says, refusal.status)(scope, receive, send)
        except ClientDisconnect:
            return
        else:
            await self._app(scope, again(body, receive), send)

    def _check(self, headers: Headers, body: bytes) -> None:
        stamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise Refused(401, "The timestamp is missing or no number.")
        if not _is_text(body):
            raise Refused(400, "The body is not UTF-8.")
        if not (signature.isascii() and self._verifier.is_valid(body, stamp, signature)):
            raise Refused(401, "The signature is missing, too old or wrong.")


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
