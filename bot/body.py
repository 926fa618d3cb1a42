"""The body of an HTTP request, read whole before anybody looks into it, up to a limit."""

from starlette.requests import Request
from starlette.types import Message, Receive


class TooLarge(Exception):
    """The body is larger than is read here."""


async def whole(request: Request, *, largest: int) -> bytes:
    """Return a request's body; raises TooLarge as soon as it is longer than `largest` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise TooLarge
    return bytes(body)


def again(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read to the next reader."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return waiting.pop() if waiting else await receive()

    return read
