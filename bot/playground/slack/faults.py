"""Says where a value breaks a rule, in Slack's words and with the JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from bot.playground.slack import limits
from bot.playground.slack.elements import options_of
from bot.playground.slack.rules import (
    Anything,
    Choice,
    Either,
    Flag,
    Many,
    Number,
    Rule,
    Shape,
    String,
    Text,
    Typed,
)
from bot.playground.slack.wire import Json


def fault(what: str, at: str) -> str:
    """Return one fault as Slack words it."""
    return f"[ERROR] {what} [json-pointer:{at}]"


@singledispatch
def faults(rule: Rule, value: Any, at: str) -> Iterator[str]:
    """Yield what is wrong with a value under a rule."""
    raise TypeError(f"no rule says what {value!r} at {at} should be: {type(rule).__name__}")


@faults.register
def _(_rule: Anything, _value: Any, _at: str) -> Iterator[str]:
    yield from ()


@faults.register
def _(_rule: Flag, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", at)


@faults.register
def _(rule: Number, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, int) or not rule.least <= value <= rule.most:
        yield fault(f"must be a number from {rule.least} to {rule.most}", at)


@faults.register
def _(rule: Choice, value: Any, at: str) -> Iterator[str]:
    if value not in rule.values:
        yield fault(f"must be one of {', '.join(rule.values)}", at)


@faults.register
def _(rule: String, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield fault("must be a string", at)
    elif len(value) < rule.least:
        yield fault(f"must be more than {rule.least - 1} characters", at)
    elif len(value) > rule.most:
        yield fault(f"must be less than {rule.most + 1} characters", at)


TEXT_FIELDS = {"type", "text", "emoji", "verbatim"}


@faults.register
def _(rule: Text, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in rule.kinds:
        yield fault(f"must be a text object of type {' or '.join(rule.kinds)}", at)
        return
    yield from (
        fault(f"invalid additional property: {name}", at) for name in value.keys() - TEXT_FIELDS
    )
    yield from faults(String(rule.most, rule.least), value.get("text"), f"{at}/text")


@faults.register
def _(rule: Many, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield fault("must be an array", at)
    elif len(value) > rule.most:
        yield fault(f"no more than {rule.most} items allowed", at)
    elif len(value) < rule.least:
        yield fault(f"no fewer than {rule.least} items allowed", at)
    else:
        for number, item in enumerate(value):
            yield from faults(rule.item, item, f"{at}/{number}")


@faults.register
def _(rule: Either, value: Any, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if value is None and not rule.types:
        return
    yield from faults(rule.then if kind in rule.types else rule.other, value, at)


@faults.register
def _(rule: Shape, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield fault("must be an object", at)
        return
    known = {**rule.required, **rule.optional}
    for name in rule.required.keys() - value.keys():
        yield fault(f"missing required field: {name}", at)
    for name, inner in value.items():
        if name in known:
            yield from faults(known[name], inner, f"{at}/{name}")
        elif not rule.open:
            yield fault(f"invalid additional property: {name}", at)


@faults.register
def _(rule: Typed, value: Any, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in rule.types:
        yield fault(f"unsupported type: {kind}", f"{at}/type")
        return
    block = limits.BLOCKS.get(kind) if kind in limits.BLOCKS else None
    shape = _element_or_block(kind, block, at)
    ignored = {"type", "block_id"} if block else {"type"}
    yield from faults(shape, {k: v for k, v in value.items() if k not in ignored}, at)
    if block and "block_id" in value:
        yield from faults(String(255), value["block_id"], f"{at}/block_id")
    yield from _faults_within(kind, value, at)


def _element_or_block(kind: str, block: Shape | None, at: str) -> Shape:
    """Return the shape of `image` as an element inside `elements`, as a block elsewhere."""
    inside = kind in limits.ELEMENTS and not at.rsplit("/", 2)[-2].endswith("blocks")
    return limits.ELEMENTS[kind] if inside or block is None else block


def _faults_within(kind: str, value: Json, at: str) -> Iterator[str]:
    needed = limits.ONE_OF_THESE.get(kind, ())
    if needed and not any(value.get(name) for name in needed):
        yield fault(f"missing required field: {' or '.join(needed)}", at)
    if kind == "image" and not (value.get("image_url") or value.get("slack_file")):
        yield fault("missing required field: image_url", at)
    yield from _unlisted_initial(value, at)


def _unlisted_initial(value: Json, at: str) -> Iterator[str]:
    if "options" not in value and "option_groups" not in value:
        return
    options = [o["value"] for o in options_of(value)]
    chosen = [value["initial_option"]] if "initial_option" in value else []
    for option in [*chosen, *value.get("initial_options", [])]:
        if isinstance(option, dict) and option.get("value") not in options:
            yield fault("initial option must be among the options", f"{at}/initial_option")
