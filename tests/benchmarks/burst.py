"""Requests as Slack sends them, signed, all at once; and how long each waits for its answer."""

import asyncio
import json
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.playground.slack.wire import Json
from tests.benchmarks.ack_server import SECRET

HEAD = (
    "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\n"
    "Accept: */*\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
    "X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: {signature}\r\n\r\n"
)


def event_request(envelope: Json) -> bytes:
    """Return an event as it goes over the line."""
    return _signed(json.dumps(envelope).encode(), "application/json")


def click_request(payload: Json) -> bytes:
    """Return a click as it goes over the line."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    return _signed(body, "application/x-www-form-urlencoded")


async def burst(port: int, requests: Sequence[bytes]) -> list[float]:
    """Send all at once, each on a connection that is open; return the seconds until each answer."""
    loop = asyncio.get_running_loop()
    lines = [
        (await loop.create_connection(_Line, "127.0.0.1", port))[1] for _ in range(len(requests))
    ]
    await asyncio.sleep(0.05)  # the server has taken every connection by then
    for line, request in zip(lines, requests, strict=True):
        line.send(request)
    return [await line.took for line in lines]


class _Line(asyncio.Protocol):
    """One connection, one request."""

    def __init__(self) -> None:
        self.took: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, request: bytes) -> None:
        """Send the request from now."""
        self._began = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        took = time.perf_counter() - self._began
        if not data.startswith(b"HTTP/1.1 200"):
            self.took.set_exception(RuntimeError(data.decode(errors="replace")))
        elif not self.took.done():
            self.took.set_result(took)
        self._transport.close()


def _signed(body: bytes, kind: str) -> bytes:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    head = HEAD.format(kind=kind, length=len(body), stamp=stamp, signature=signature)
    return head.encode() + body
