"""Reads the arguments of a Web API call, whichever of Slack's three ways they came."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.slack.refusals import SlackRefusal
from bot.playground.slack.wire import Json

STRUCTURED = ("blocks", "view", "metadata", "prompts", "loading_messages", "attachments", "users")


async def arguments(request: Request) -> Json:
    """Return query, form and JSON arguments as one object, structured values decoded."""
    given: Json = dict(request.query_params)
    body = (await request.body()).decode()
    if request.headers.get("content-type", "").startswith("application/json"):
        given.update(_object(body or "{}"))
    else:
        given.update(parse_qsl(body, keep_blank_values=True))
    return {name: _decoded(name, value) for name, value in given.items()}


def bearer(request: Request, given: Json) -> str:
    """Return the token of the header or of the form; empty when there is none."""
    header = request.headers.get("authorization", "")
    return header.removeprefix("Bearer ").strip() or str(given.pop("token", ""))


def words(given: Json, name: str) -> str:
    """Return an argument as text; empty when it is absent."""
    value = given.get(name)
    return "" if value is None else str(value)


def flag(given: Json, name: str) -> bool:
    """Return a yes-or-no argument; form posts spell it 1 or true."""
    return str(given.get(name, "")).lower() in {"1", "true"}


def number(given: Json, name: str, default: int) -> int:
    """Return a whole-number argument or its default."""
    value = words(given, name)
    return int(value) if value.isdigit() else default


def page(items: list[Json], given: Json, default: int = 100) -> tuple[list[Json], Json]:
    """Return one page of a list and the `response_metadata` that leads to the next."""
    start = number(given, "cursor", 0)
    end = start + number(given, "limit", default)
    following = str(end) if end < len(items) else ""
    return items[start:end], {"next_cursor": following}


def _object(body: str) -> Json:
    try:
        decoded = json.loads(body)
    except json.JSONDecodeError as error:
        raise SlackRefusal("invalid_json") from error
    if not isinstance(decoded, dict):
        raise SlackRefusal("json_not_object")
    return decoded


def _decoded(name: str, value: object) -> object:
    if name not in STRUCTURED or not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise SlackRefusal(code) from error
