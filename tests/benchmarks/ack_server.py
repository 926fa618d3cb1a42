"""What acknowledgements are measured beside: Slack, and a Bolt that does nothing, each a process.

`python -m tests.benchmarks.ack_server KIND PORT`, KIND being `slack`, `gated` (the same server and
gate as Steward's, a Bolt app with empty listeners behind), `uvicorn` or `aiohttp` (no gate).
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from aiohttp import web
from fastapi import FastAPI
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.http import web_app
from bot.playground.slack import LocalSlack
from bot.playground.slack.loopback import loopback

SECRET = "local-signing-secret"
EMAIL = "ana@steward.example"


def empty() -> AsyncApp:
    """Return a Bolt app that only acknowledges, without a call to Slack or a wait of Bolt's own."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T", bot_token="xoxb-playground")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.event("message")
    async def heard() -> None:
        """Do nothing."""

    @app.action(re.compile("."))
    async def clicked(ack: AsyncAck) -> None:
        await ack()

    return app


def gated() -> FastAPI:
    """Return the empty app behind Steward's own web app."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield

    return web_app(empty(), signing_secret=SECRET, probes={}, lifespan=lifespan)


def open_to_all() -> ASGIApp:
    """Return the empty app behind nothing but Bolt's own adapter."""
    app = Starlette()
    handler: Any = AsyncSlackRequestHandler(empty())  # Bolt types it more narrowly than ASGI does
    app.mount("/", handler)
    return app


def main() -> None:
    """Serve until the process is ended."""
    kind, port = sys.argv[1], int(sys.argv[2])
    match kind:
        case "slack":
            asyncio.run(_slack(port))
        case "aiohttp":
            web.run_app(empty().web_app("/slack/events"), port=port, print=None)
        case _:
            app = gated() if kind == "gated" else open_to_all()
            uvicorn.run(
                app, port=port, loop="asyncio", ws="none", log_config=None, access_log=False
            )


async def _slack(port: int) -> None:
    import socket

    slack = LocalSlack(signing_secret=SECRET)
    slack.add_user("Ana Souza", email=EMAIL, tz="Europe/Berlin")
    listening = socket.create_server(("127.0.0.1", port))
    async with loopback(Starlette(routes=slack.routes), listening):
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
