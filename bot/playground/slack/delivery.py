"""The way from Slack to the app: one port, over loopback HTTP or straight into an ASGI app."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from starlette.types import Message

ACK_SECONDS = 3.0

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI app, as loosely typed as Bolt's own adapter is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered: a status (0 when it did not answer) and a body."""

    status: int
    body: str = ""


class Delivery(Protocol):
    """Brings one signed request to the app and its answer back."""

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post the body; return the app's answer, status 0 if there was none in time."""


class HttpDelivery:
    """Posts to a URL, as Slack does."""

    def __init__(self, url: str, seconds: float = ACK_SECONDS) -> None:
        self._url = url
        self._timeout = aiohttp.ClientTimeout(total=seconds)

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post the body over HTTP."""
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.post(self._url, data=body, headers=dict(headers)) as response,
            ):
                return Answer(response.status, await response.text())
        except (aiohttp.ClientError, TimeoutError) as error:
            return Answer(0, f"{type(error).__name__}: {error}")


class AsgiDelivery:
    """Calls an ASGI app in this process, without a socket."""

    def __init__(
        self, app: AsgiApp, path: str = "/slack/events", seconds: float = ACK_SECONDS
    ) -> None:
        self._app = app
        self._path = path
        self._seconds = seconds

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Run the app on one request and collect what it sends."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._run(body, headers)
        except TimeoutError:
            return Answer(0, "timed out")

    async def _run(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        inbound: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[Message] = []

        async def receive() -> Message:
            return inbound.pop() if inbound else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(self._scope(headers), receive, send)
        parts = [m.get("body", b"") for m in sent if m["type"] == "http.response.body"]
        return Answer(sent[0]["status"], b"".join(parts).decode())

    def _scope(self, headers: Mapping[str, str]) -> Message:
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": self._path,
            "raw_path": self._path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 0),
        }


class NoDelivery:
    """Stands for an app that is not there yet."""

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer nothing."""
        return Answer(0, f"no app is connected ({len(body)} bytes, {len(headers)} headers)")
