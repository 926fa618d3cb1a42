"""The playground as one web app: the page, the stand-in for Slack, and the production app."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from bot import running
from bot.playground import ui
from bot.playground.errors import PlaygroundRefused
from bot.playground.guard import Guard
from bot.playground.slack import HttpDelivery, LocalSlack
from bot.playground.slack.delivery import AsgiApp
from bot.sockets import prompt

HOST = "127.0.0.1"
DIST = Path(__file__).parent / "page" / "dist"
PAGE_FILES = {
    "/": "index.html",
    "/page.js": "page.js",
    "/page.css": "page.css",
    "/favicon.svg": "favicon.svg",
    "/THIRD-PARTY-LICENSES.txt": "THIRD-PARTY-LICENSES.txt",
}


def listen(port: int) -> socket.socket:
    """Take a port of this machine (0: any free one), so that its address is known beforehand.

    Raise PlaygroundRefused when somebody else has it.
    """
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen()
    except OSError as error:
        taken.close()
        raise PlaygroundRefused(
            f"Port {port} is in use or not allowed. Stop what uses it, or choose another: "
            f"PORT={port + 1} make playground"
        ) from error
    return prompt(taken)


def address(listening: socket.socket) -> str:
    """Return the address of a taken port, `http://127.0.0.1:PORT`."""
    return f"http://{HOST}:{listening.getsockname()[1]}"


def playground_app(*, bot_app: AsgiApp, slack: LocalSlack) -> Starlette:
    """Return the web app; `bot_app` is the production app that answers `/slack/events`.

    Slack delivers to `slack.hooks_at`, which must be the address that this app is served at. Raise
    PlaygroundRefused when nobody was added whom the page could act as.
    """
    if not slack.people:
        raise PlaygroundRefused(
            "There is nobody to act as: no CSM is known. "
            "Run `steward demo` for the demo portfolio, or import yours with `steward import`."
        )
    slack.deliver_to(HttpDelivery(f"{slack.hooks_at}/slack/events"))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with _running(bot_app):
            try:
                yield
            finally:
                slack.save()

    files = [Route(path, _file(name)) for path, name in PAGE_FILES.items()]
    return Starlette(
        routes=[*files, *ui.routes(slack), *slack.routes, Mount("/", bot_app)],
        middleware=[Middleware(Guard)],
        lifespan=lifespan,
    )


class Server(running.Server):
    """A server that ends the pages' open streams first, so that stopping takes no waiting."""

    def __init__(self, config: uvicorn.Config, slack: LocalSlack) -> None:
        super().__init__(config)
        self._slack = slack

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then stop."""
        self._slack.backend.changes.end()
        await super().shutdown(sockets)


async def serve(app: ASGIApp, *, slack: LocalSlack, listening: socket.socket) -> None:
    """Serve until the process is told to stop."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="auto",
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    await Server(config, slack).serve(sockets=[listening])


def _running(app: AsgiApp) -> contextlib.AbstractAsyncContextManager[object]:
    """Start and stop the mounted app with ours; Starlette leaves a mounted app's lifespan out."""
    if isinstance(app, Starlette):
        return app.router.lifespan_context(app)
    return contextlib.nullcontext()


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def send(_: Request) -> Response:
        return FileResponse(DIST / name, headers={"Cache-Control": "no-cache"})

    return send
