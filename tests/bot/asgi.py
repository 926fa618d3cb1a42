"""Ask an ASGI app without a server."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        """The body as it was meant."""
        return json.loads(self.body)


async def ask(
    app: ASGIApp,
    path: str,
    *,
    method: str = "POST",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    peer: str = "127.0.0.1",
) -> Answer:
    """Send one request from `peer`, its body in pieces of 64 kB, and return the answer.

    A path may have a query behind a question mark.
    """
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]
    sent: list[Message] = []

    async def receive() -> Message:
        piece = pieces.pop(0) if pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(path, method, headers or {}, peer), receive, send)
    parts = [one.get("body", b"") for one in sent if one["type"] == "http.response.body"]
    said = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], b"".join(parts).decode(errors="replace"), said)


def _scope(path: str, method: str, headers: dict[str, str], peer: str) -> Scope:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
        "client": (peer, 1),
        "server": ("127.0.0.1", 80),
    }
