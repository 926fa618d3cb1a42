"""What the Messages API demands of a request, checked on the wire; every test's client runs it."""

import json
import re
from typing import Any

import httpx2

Json = dict[str, Any]

VERSION = "2026-10-21"
ALLOWED = {
    *("model", "max_tokens", "system", "tools", "messages", "metadata", "output_config"),
    "tool_choice",
}
"""Whatever else there is costs a 400 with these models (temperature, top_p, budget_tokens), keeps
data at the server (threads), or has to be thought about first."""

STRICT_REFUSES = {
    *("minLength", "maxLength", "minimum", "maximum", "pattern", "default", "maxItems"),
    "minItems",
}
SECRETS = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ]{7,}")


class Contract:
    """Checks requests one after the other; those of one conversation must only ever grow."""

    def __init__(self) -> None:
        self._before: list[Json] = []

    def check(self, request: httpx2.Request) -> Json:
        """Return the body of a request that keeps the contract."""
        assert (request.method, request.url.path) == ("POST", "/v1/messages")
        assert request.headers["authorization"] == "Bearer sk-test"
        assert "x-api-key" not in request.headers
        assert request.headers["anthropic-version"] == VERSION
        assert "anthropic-beta" not in request.headers
        body: Json = json.loads(request.content)
        assert set(body) <= ALLOWED, set(body) - ALLOWED
        assert body["max_tokens"] < 21_333
        assert re.fullmatch(r"[0-9a-f]{32}", body["metadata"]["user_id"])
        assert not SECRETS.search(json.dumps(body)), SECRETS.search(json.dumps(body))
        _prefix(body)
        check_tools(body["tools"])
        assert body.get("tool_choice", {"type": "auto"})["type"] in {"auto", "none"}
        _messages(body["messages"])
        self._grows(body["messages"])
        return body

    def _grows(self, messages: list[Json]) -> None:
        known, self._before = self._before, messages
        if len(messages) > len(known):
            assert messages[: len(known)] == known, "an earlier message was changed"


def _prefix(body: Json) -> None:
    assert [one["type"] for one in body["system"]] == ["text"]
    assert body["system"][-1]["cache_control"] == {"type": "ephemeral"}
    assert json.dumps(body).count('"cache_control"') <= 4


def check_tools(tools: list[Json]) -> None:
    """Check tools by themselves: named in order, few of them strict, and these as they may be."""
    names = [one["name"] for one in tools]
    assert names == sorted(set(names))
    strict = [one["input_schema"] for one in tools if one.get("strict")]
    assert len(strict) <= 20
    optional = sum(len(set(one["properties"]) - set(one.get("required", []))) for one in strict)
    assert optional <= 24
    for schema in strict:
        assert schema["additionalProperties"] is False
        for argument in schema["properties"].values():
            assert not STRICT_REFUSES & set(argument)


def _messages(messages: list[Json]) -> None:
    roles = [one["role"] for one in messages]
    assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]
    open_uses: list[str] = []
    for one in messages:
        blocks = one["content"]
        results = [block["tool_use_id"] for block in blocks if block["type"] == "tool_result"]
        assert results == open_uses, "each call needs one result, in the next message"
        assert [block["type"] for block in blocks[: len(results)]] == ["tool_result"] * len(results)
        open_uses = [block["id"] for block in blocks if block["type"] == "tool_use"]
        assert all(block.get("text", "-") for block in blocks)
