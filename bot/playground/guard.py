"""Keeps the playground private: this machine only, this page only, no real tokens."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.errors import PlaygroundRefused

REAL_TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
NAMES = ("127.0.0.1", "localhost")
SAFE_METHODS = ("GET", "HEAD")

CONTENT_SECURITY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def refuse_real_tokens(environ: Mapping[str, str]) -> None:
    """Raise PlaygroundRefused when the environment holds the keys of a real workspace."""
    named = [each for name in REAL_TOKENS for each in (name, f"{name}_FILE")]
    found = [name for name in named if environ.get(name)]
    if found:
        raise PlaygroundRefused(
            f"The playground does not start while {' and '.join(found)} "
            f"{'is' if len(found) == 1 else 'are'} set: it is not for a real workspace. "
            "Unset them and try again, or run `steward serve` for your workspace."
        )


class Guard:
    """Answers 403 to foreign hosts (DNS rebinding) and foreign pages (drive-by posts)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it comes from this machine's own page; refuse it otherwise."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _is_foreign(scope):
            await PlainTextResponse("This address is for this computer only.", 403)(
                scope, receive, send
            )
        else:
            await self._app(scope, receive, _with_headers(send))


def _is_foreign(scope: Scope) -> bool:
    headers, port = Headers(scope=scope), scope["server"][1]
    if headers.get("host", "") not in {f"{name}:{port}" for name in NAMES}:
        return True
    origin = headers.get("origin")
    if origin is None:
        return scope["path"].startswith("/ui/") and scope["method"] not in SAFE_METHODS
    return origin not in {f"http://{name}:{port}" for name in NAMES}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in PAGE_HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
