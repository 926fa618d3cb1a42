"""Steward's tools as the model is shown them: name, when to use it, and its arguments."""

import inspect
from collections.abc import Iterable
from functools import lru_cache

from bot.language.claude.reply import Json
from bot.tools.tool import Tool

MOST_STRICT = 20
"""So many tools at most may be strict in one request."""

_NOISE = frozenset({"title", "default", "minLength", "maxLength"})
"""What only costs tokens: an argument that is not required is left out, an empty one refused."""

PREPARES = (
    "This only prepares the change: the user sees a card and decides with its buttons. "
    "Use it only when the user's own message asks for the change."
)


def definitions(tools: Iterable[type[Tool]]) -> list[Json]:
    """Return the definitions in the order of their names, so that they are the same every time.

    Tools whose arguments are all required are strict: the model then cannot get them wrong. Others
    are not, as the API bounds the optional arguments of all strict tools together.
    """
    made = [_definition(one) for one in sorted(tools, key=lambda one: one.name)]
    strict = [one["name"] for one in made if _needs_all(one)][:MOST_STRICT]
    return [_strict(one) if one["name"] in strict else one for one in made]


def _needs_all(definition: Json) -> bool:
    schema = definition["input_schema"]
    return set(schema["properties"]) == set(schema.get("required", []))


def _strict(definition: Json) -> Json:
    """Return the definition with its limits as part of the descriptions, as strict ones need it."""
    from anthropic import transform_schema

    schema = transform_schema(definition["input_schema"])
    return {**definition, "input_schema": schema, "strict": True}


@lru_cache(maxsize=128)
def _definition(tool: type[Tool]) -> Json:
    says = inspect.cleandoc(tool.__doc__ or "")
    schema: Json = {key: _plain(value) for key, value in tool.model_json_schema().items()}
    kept = {key: schema[key] for key in schema if key not in {"title", "description"}}
    return {
        "name": tool.name,
        "description": f"{says}\n\n{PREPARES}" if tool.changes else says,
        "input_schema": {"properties": {}, **kept},
    }


def _plain(node: object) -> object:
    """Return a part of a schema without noise, “this or nothing” being written as “this”."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = _plain_fields(node)
    options = [one for one in node.get("anyOf", []) if one != {"type": "null"}]
    if len(options) != 1:
        return kept
    del kept["anyOf"]
    return {**_plain_fields(options[0]), **kept}


def _plain_fields(node: Json) -> Json:
    # A noisy word with a dictionary as its value is an argument that happens to be called so.
    return {
        key: _plain(value)
        for key, value in node.items()
        if key not in _NOISE or isinstance(value, dict)
    }
