"""A model that does what hostile texts ask for, behind the real client of the API."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
from anthropic import DefaultAsyncHttpxClient

from tests.bot.language.claude.contract import Contract
from tests.bot.language.claude.model import Json, calls, says

Called = tuple[str, dict[str, Any]]
_MOST = 6


@dataclass(slots=True)
class Obedient:
    """Reads what it is told to, then calls or says what the text asks for, and says it again."""

    reads: Sequence[Called] = ()
    obeys: Sequence[Called] = ()
    says: str = ""
    requests: list[Json] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    _contract: Contract = field(default_factory=Contract)

    def next(self, *, reads: Sequence[Called], obeys: Sequence[Called], says: str) -> None:
        """Tell it what the next question makes it do."""
        self.reads, self.obeys, self.says = reads, obeys, says
        self.requests, self._contract = [], Contract()

    def client(self) -> httpx2.AsyncClient:
        """Return the client that reaches it."""
        return DefaultAsyncHttpxClient(transport=httpx2.MockTransport(self._answer))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        try:
            self.requests.append(self._contract.check(request))
            assert len(self.requests) <= _MOST
        except AssertionError as broken:
            self.broken.append(broken)  # the client takes any error for one of the connection
            raise
        return httpx2.Response(200, json=self._reply(self.requests[-1]))

    def _reply(self, body: Json) -> Json:
        """Read, obeying at once beside it; obey once more when it was read; then speak."""
        may_call = body.get("tool_choice", {"type": "auto"})["type"] == "auto"
        turn = len(self.requests)
        if may_call and turn == 1 and self.reads:
            return _cheap(calls(*self.reads, *self.obeys[:1]))
        if may_call and self.obeys and turn <= 1 + bool(self.reads):
            return _cheap(calls(*self.obeys))
        return _cheap(says(self.says))


def _cheap(reply: Json) -> Json:
    """Return a reply that costs next to nothing, as Ana asks a lot on one day."""
    return reply | {"usage": {"input_tokens": 1, "output_tokens": 1}}
