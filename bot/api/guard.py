"""Around the endpoints: bodies have a limit, unforeseen errors a reference, answers no cache."""

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.kinds import TOO_LARGE
from bot.api.problem import answer, unforeseen
from bot.body import TooLarge, again, whole

LARGEST = 64 * 1024
"""Bytes; the longest body that means something is far below."""

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guard:
    """ASGI middleware that reads a body up to its limit and is the last resort for errors."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the app to stand around."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; what nobody foresaw becomes a problem without details."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _Sending(send)
        try:
            body = await whole(Request(scope, receive), largest=LARGEST)
            await self._app(scope, again(body, receive), sending)
        except TooLarge:
            detail = f"A body may have {LARGEST} bytes. Send a shorter one."
            await answer(TOO_LARGE, detail)(scope, receive, sending)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - the one last resort: nobody stands behind this
            failed = unforeseen(error)
            if not sending.begun:
                await failed(scope, receive, sending)


class _Sending:
    """Sends on with the headers of every answer, and knows whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)
