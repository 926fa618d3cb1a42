"""Serves an ASGI app on an ephemeral loopback port, and stops without waiting."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.sockets import prompt

PATIENCE_SECONDS = 1.0


@dataclass(slots=True)
class Loopback:
    """A running server: its address, and a way to break a client's connection."""

    address: str
    state: ServerState

    def hang_up(self, client: tuple[str, int]) -> None:
        """Break the connection of one client at once."""
        for connection in [cast("H11Protocol", c) for c in self.state.connections]:
            if connection.client == client:
                connection.transport.abort()


@asynccontextmanager
async def loopback(app: ASGIApp, listening: socket.socket | None = None) -> AsyncIterator[Loopback]:
    """Serve the app inside the block, on a socket that listens already or on a free port.

    uvicorn's own server takes a tenth of a second to stop, so its protocol runs here bare.
    """
    state = ServerState()
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", access_log=False, ws="none", interface="asgi3"
    )
    config.load()

    def protocol() -> asyncio.Protocol:
        return H11Protocol(config=config, server_state=state, app_state={})

    taken = listening or socket.create_server(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(protocol, sock=prompt(taken))
    try:
        port = server.sockets[0].getsockname()[1]
        yield Loopback(f"http://127.0.0.1:{port}", state)
    finally:
        server.close()
        await _end(state)


async def _end(state: ServerState) -> None:
    for connection in [cast("H11Protocol", c) for c in state.connections]:
        connection.transport.abort()
    if not state.tasks:
        return
    _, late = await asyncio.wait(list(state.tasks), timeout=PATIENCE_SECONDS)
    for task in late:
        task.cancel()
