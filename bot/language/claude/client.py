"""The way to the Messages API: one request out, one checked answer in, errors given a reason."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from json import JSONDecodeError
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from bot.language.claude.reply import Json, Model, Reply
from bot.language.claude.troubles import ClaudeUnavailable, Reason

if TYPE_CHECKING:
    import httpx2
    from anthropic import APIStatusError, AsyncAnthropic

log = logging.getLogger(__name__)

Got = TypeVar("Got")

PAUSE = 0.5
"""Seconds before the second and last try, when the server does not ask for another time."""

PATIENCE = 2.0
"""Who asks for a longer pause than this, and some ask for an hour, is not asked again."""

_BY_TYPE = {
    "authentication_error": Reason.KEY_REFUSED,
    "permission_error": Reason.KEY_REFUSED,
    "billing_error": Reason.PAYMENT,
    "not_found_error": Reason.MODEL_UNKNOWN,
    "rate_limit_error": Reason.BUSY,
    "overloaded_error": Reason.BUSY,
    "timeout_error": Reason.UNREACHABLE,
    "api_error": Reason.UNREACHABLE,
}
_BY_STATUS = {
    401: Reason.KEY_REFUSED,
    402: Reason.PAYMENT,
    403: Reason.KEY_REFUSED,
    404: Reason.MODEL_UNKNOWN,
    408: Reason.UNREACHABLE,
    429: Reason.BUSY,
    529: Reason.BUSY,
}


class Client:
    """The Messages API with one key; nothing is imported or opened before the first request."""

    def __init__(
        self,
        key: str,
        base_url: str,
        http_client: "httpx2.AsyncClient | None" = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the key, the address without its version, another HTTP client, and how to wait."""
        self._key, self._base_url, self._http_client = key, base_url, http_client
        self._pause = pause
        self._making = asyncio.Lock()
        self._made: AsyncAnthropic | None = None

    async def send(self, request: Json, *, seconds: float) -> Reply:
        """Return the answer to a request; raises ClaudeUnavailable when there is none to use.

        What passes soon is tried a second time. A slow server may take longer than `seconds`, as it
        may send signs of life: the caller's own deadline is what counts.
        """

        async def once(client: "AsyncAnthropic") -> Reply:
            got = await client.messages.with_raw_response.create(**request, timeout=seconds)
            return _reply(got.http_response.json())

        try:
            return await self._checked(once)
        except ClaudeUnavailable as first:
            if first.again_in is None:
                raise
            await self._pause(first.again_in)
        return await self._checked(once)

    async def model(self, id: str) -> Model:
        """Return what the API says of a model; raises ClaudeUnavailable when it says nothing."""

        async def once(client: "AsyncAnthropic") -> Model:
            got = await client.models.with_raw_response.retrieve(id, timeout=5.0)
            return Model.model_validate(got.http_response.json())

        return await self._checked(once)

    async def _checked(self, ask: "Callable[[AsyncAnthropic], Awaitable[Got]]") -> Got:
        """Return what was asked for; raises ClaudeUnavailable with a reason for every failure."""
        import httpx2
        from anthropic import APIError

        client = await self._client()
        try:
            return await ask(client)
        except (APIError, httpx2.HTTPError) as error:
            raise _unavailable(error) from error
        except (JSONDecodeError, UnicodeDecodeError, ValidationError) as error:
            # Neither is quoted: both carry what was received, and that may be customers' words.
            log.warning("Claude answered with something else: %s", type(error).__name__)
            raise ClaudeUnavailable(Reason.UNREADABLE) from None

    async def warm(self) -> None:
        """Import what takes long, so that the first question need not wait for it."""
        await self._client()

    async def close(self) -> None:
        """Give the connections back."""
        if self._made is not None:
            await self._made.close()

    async def _client(self) -> "AsyncAnthropic":
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made

    def _make(self) -> "AsyncAnthropic":
        """Import and build the client; the import alone takes a second or two.

        The key is passed, so that no other credential of this machine is found and used. At DEBUG,
        which ANTHROPIC_LOG turns on at import, the package writes whole requests to the log.
        """
        from anthropic import AsyncAnthropic

        for name, least in (("anthropic", logging.INFO), ("httpx2", logging.WARNING)):
            logger = logging.getLogger(name)
            logger.setLevel(max(least, logger.getEffectiveLevel()))
        return AsyncAnthropic(
            api_key=self._key,
            base_url=self._base_url,
            max_retries=0,
            http_client=self._http_client,
        )


class _Error(BaseModel):
    type: str


class _ErrorBody(BaseModel):
    """An error in the body of an answer whose status says that all is well."""

    error: _Error


def _reply(body: object) -> Reply:
    if isinstance(body, dict) and body.get("type") == "error":
        kind = _ErrorBody.model_validate(body).error.type
        log.warning("Claude declined: %s", kind)
        raise ClaudeUnavailable(_BY_TYPE.get(kind, Reason.NOT_ACCEPTED))
    return Reply.model_validate(body)


def _unavailable(error: Exception) -> ClaudeUnavailable:
    from anthropic import APIResponseValidationError, APIStatusError, APITimeoutError

    match error:
        case APIStatusError():
            log.warning(
                "Claude declined: %d %s %s, request %s",
                error.status_code,
                error.type,
                error.error_code,
                error.request_id,
            )
            return ClaudeUnavailable(_of_status(error), again_in=_again_in(error))
        case APITimeoutError():
            unavailable = ClaudeUnavailable(Reason.TOO_SLOW)
        case APIResponseValidationError():
            unavailable = ClaudeUnavailable(Reason.UNREADABLE)
        case _:
            unavailable = ClaudeUnavailable(Reason.UNREACHABLE, again_in=PAUSE)
    log.warning("Claude did not answer: %s", type(error).__name__)
    return unavailable


def _again_in(error: "APIStatusError") -> float | None:
    """Return after how many seconds a second try may help; None when it will not, or not soon."""
    if error.status_code < 500 and error.status_code not in {408, 409, 429}:
        return None
    asked = error.response.headers.get("retry-after", "")
    if not asked:
        return PAUSE
    return float(asked) if asked.isdecimal() and float(asked) <= PATIENCE else None


def _of_status(error: "APIStatusError") -> Reason:
    """Return the reason by what the body says, which is more exact than the status."""
    code = error.error_code or ""
    if "spend_limit" in code or "billing" in code:
        return Reason.PAYMENT
    if error.type in _BY_TYPE:
        return _BY_TYPE[error.type]
    usual = Reason.UNREACHABLE if error.status_code >= 500 else Reason.NOT_ACCEPTED
    return _BY_STATUS.get(error.status_code, usual)
