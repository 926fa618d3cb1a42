"""Whether a signed body can be read: Bolt answers what it cannot read with a traceback."""

import json
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, Field, TypeAdapter
from slack_bolt.request.async_request import AsyncBoltRequest

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
"""Events come as JSON; clicks, forms and commands as a form."""

DEEPEST = 100
"""How deep lists and objects may lie in each other; Slack's own stay below twenty."""

_NAMES = ("type", "command", "ssl_check")
"""One of these says what kind of request a body is."""

_TROUBLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)
"""What Bolt meets in a body that is not shaped as Slack's are."""


class _Named(BaseModel):
    id: str


class _Pressed(BaseModel):
    action_id: str
    block_id: str


class _Title(BaseModel):
    text: str


class _Block(BaseModel):
    type: str
    block_id: str


class _View(_Named):
    type: str
    callback_id: str
    private_metadata: str
    title: _Title
    blocks: list[_Block]


class _Click(BaseModel):
    type: Literal["block_actions"]
    user: _Named
    actions: Annotated[list[_Pressed], Field(min_length=1)]
    container: dict[str, Any]
    trigger_id: str
    view: dict[str, Any] | None = None
    message: dict[str, Any] | None = None


class _Form(BaseModel):
    type: Literal["view_submission"]
    user: _Named
    view: _View


class _Shortcut(BaseModel):
    type: Literal["message_action"]
    user: _Named
    callback_id: str
    trigger_id: str


class _Command(BaseModel):
    command: str
    user_id: str
    channel_id: str
    team_id: str
    api_app_id: str
    trigger_id: str


class _Event(BaseModel):
    type: Literal["event_callback"]
    event_id: str
    event: dict[str, Any]


_SHAPES: dict[str, TypeAdapter[Any]] = {
    "block_actions": TypeAdapter(_Click),
    "view_submission": TypeAdapter(_Form),
    "message_action": TypeAdapter(_Shortcut),
    "event_callback": TypeAdapter(_Event),
    "command": TypeAdapter(_Command),
}
"""What every request of a kind has, and whoever answers it relies on, its errors included."""


class Illegible(Exception):
    """A body that is no request of Slack's; `status` is the answer."""

    def __init__(self, says: str, status: int = 400) -> None:
        """Take the line to answer with and the HTTP status."""
        super().__init__(says)
        self.says = says
        self.status = status


def read(body: str, content_type: str) -> dict[str, Any]:
    """Return what a body says, read as Bolt will read it; raises Illegible when it cannot."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (JSON, FORM):
        raise Illegible("Only JSON and forms are read here.", 415)
    if (kind == JSON) != body.startswith("{"):
        raise Illegible("The body is not what its content type says.")
    found = _parsed(body, kind)
    try:
        # What Bolt takes out of a body before anything else; parsing it again would take as long.
        AsyncBoltRequest(body=found, mode="socket_mode")
        _check_shape(found)
    except _TROUBLE as error:
        raise Illegible("The body is not shaped as Slack's are.") from error
    return found


def _check_shape(found: dict[str, Any]) -> None:
    if not any(isinstance(found.get(name), str) for name in _NAMES):
        raise Illegible("The body does not say what kind of request it is.")
    kind = "command" if "command" in found else str(found.get("type"))
    if (shape := _SHAPES.get(kind)) is not None:
        shape.validate_python(found)


def _parsed(body: str, kind: str) -> dict[str, Any]:
    """Return what Bolt makes of a body: its JSON, its payload's, or the form's fields."""
    text = body
    if kind == FORM:
        form = dict(parse_qsl(body, keep_blank_values=True))
        if "payload" not in form:
            return form
        text = form["payload"]
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (RecursionError, ValueError) as error:
        raise Illegible("The body is no JSON.") from error
    if not isinstance(found, dict):
        raise Illegible("The body is no object.")
    if _is_deep(found):
        raise Illegible("The body is nested too deep.")
    return found


def _is_deep(found: object) -> bool:
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(one: object) -> list[object]:
    if isinstance(one, dict):
        return [value for value in one.values() if isinstance(value, dict | list)]
    if isinstance(one, list):
        return [value for value in one if isinstance(value, dict | list)]
    return []


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")
