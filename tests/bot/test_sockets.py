"""Whoever asks over HTTP gets head and body at once."""

import asyncio
import socket
from collections.abc import Callable

import pytest
from starlette.responses import PlainTextResponse

from bot import serving
from bot.playground import server
from bot.playground.slack.loopback import loopback


@pytest.mark.parametrize(
    "listen",
    [
        pytest.param(lambda: serving.listen("127.0.0.1", 0), id="serve"),
        pytest.param(lambda: server.listen(0), id="playground"),
    ],
)
def test_what_steward_accepts_does_not_wait_for_acknowledgements(
    listen: Callable[[], socket.socket],
) -> None:
    with listen() as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_nor_does_what_is_served_in_this_process() -> None:
    async with loopback(PlainTextResponse("here")) as served:
        host, _, port = served.address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"here")

        (connection,) = served.state.connections
        accepted = connection.transport.get_extra_info("socket")

        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        writer.close()
