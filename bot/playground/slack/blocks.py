"""Says what Slack would find wrong with blocks and views, each with its JSON pointer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from bot.playground.slack import limits
from bot.playground.slack.limits import Surface
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


def faults_of_blocks(blocks: object, surface: Surface, at: str = "/blocks") -> list[str]:
    """Return every fault of a list of blocks as Slack words it; an empty list is good."""
    most = limits.BLOCKS_PER_SURFACE[surface]
    kinds = tuple(limits.BLOCKS)
    found = list(_faults(Many(Typed(kinds), most, least=0), blocks, at))
    if not found and isinstance(blocks, list):
        found.extend(_faults_between(blocks, surface, at))
    return found


def faults_of_view(view: object) -> list[str]:
    """Return every fault of a modal or Home view, its blocks included."""
    if not isinstance(view, dict) or view.get("type") not in limits.VIEWS:
        return [_fault("unsupported type", "/view/type")]
    surface: Surface = "modal" if view["type"] == "modal" else "home"
    inside = {name: value for name, value in view.items() if name != "type"}
    found = list(_faults(limits.VIEWS[view["type"]], inside, "/view"))
    found.extend(faults_of_blocks(view.get("blocks", []), surface, "/view/blocks"))
    if surface == "modal" and not found and _has_input(view) and not view.get("submit"):
        found.append(_fault("missing required field: submit", "/view"))
    return found


def _fault(what: str, at: str) -> str:
    return f"[ERROR] {what} [json-pointer:{at}]"


def _has_input(view: Json) -> bool:
    return any(block.get("type") == "input" for block in view["blocks"])


@singledispatch
def _faults(rule: Rule, value: Any, at: str) -> Iterator[str]:
    raise NotImplementedError(type(rule))


@_faults.register
def _(_rule: Anything, _value: Any, _at: str) -> Iterator[str]:
    yield from ()


@_faults.register
def _(_rule: Flag, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield _fault("must be a boolean", at)


@_faults.register
def _(rule: Number, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, int) or not rule.least <= value <= rule.most:
        yield _fault(f"must be a number from {rule.least} to {rule.most}", at)


@_faults.register
def _(rule: Choice, value: Any, at: str) -> Iterator[str]:
    if value not in rule.values:
        yield _fault(f"must be one of {', '.join(rule.values)}", at)


@_faults.register
def _(rule: String, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield _fault("must be a string", at)
    elif len(value) < rule.least:
        yield _fault(f"must be more than {rule.least - 1} characters", at)
    elif len(value) > rule.most:
        yield _fault(f"must be less than {rule.most + 1} characters", at)


TEXT_FIELDS = {"type", "text", "emoji", "verbatim"}


@_faults.register
def _(rule: Text, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in rule.kinds:
        yield _fault(f"must be a text object of type {' or '.join(rule.kinds)}", at)
        return
    yield from (
        _fault(f"invalid additional property: {name}", at) for name in value.keys() - TEXT_FIELDS
    )
    yield from _faults(String(rule.most, rule.least), value.get("text"), f"{at}/text")


@_faults.register
def _(rule: Many, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield _fault("must be an array", at)
    elif len(value) > rule.most:
        yield _fault(f"no more than {rule.most} items allowed", at)
    elif len(value) < rule.least:
        yield _fault(f"no fewer than {rule.least} items allowed", at)
    else:
        for number, item in enumerate(value):
            yield from _faults(rule.item, item, f"{at}/{number}")


@_faults.register
def _(rule: Either, value: Any, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if value is None and not rule.types:
        return
    yield from _faults(rule.then if kind in rule.types else rule.other, value, at)


@_faults.register
def _(rule: Shape, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _fault("must be an object", at)
        return
    known = {**rule.required, **rule.optional}
    for name in rule.required.keys() - value.keys():
        yield _fault(f"missing required field: {name}", at)
    for name, inner in value.items():
        if name in known:
            yield from _faults(known[name], inner, f"{at}/{name}")
        elif not rule.open:
            yield _fault(f"invalid additional property: {name}", at)


@_faults.register
def _(rule: Typed, value: Any, at: str) -> Iterator[str]:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in rule.types:
        yield _fault(f"unsupported type: {kind}", f"{at}/type")
        return
    block = limits.BLOCKS.get(kind) if kind in limits.BLOCKS else None
    shape = _element_or_block(kind, block, at)
    ignored = {"type", "block_id"} if block else {"type"}
    yield from _faults(shape, {k: v for k, v in value.items() if k not in ignored}, at)
    if block and "block_id" in value:
        yield from _faults(String(255), value["block_id"], f"{at}/block_id")
    yield from _faults_within(kind, value, at)


def _element_or_block(kind: str, block: Shape | None, at: str) -> Shape:
    """Return the shape of `image` as an element inside `elements`, as a block elsewhere."""
    inside = kind in limits.ELEMENTS and not at.rsplit("/", 2)[-2].endswith("blocks")
    return limits.ELEMENTS[kind] if inside or block is None else block


def _faults_within(kind: str, value: Json, at: str) -> Iterator[str]:
    needed = limits.ONE_OF_THESE.get(kind, ())
    if needed and not any(value.get(name) for name in needed):
        yield _fault(f"missing required field: {' or '.join(needed)}", at)
    if kind == "image" and not (value.get("image_url") or value.get("slack_file")):
        yield _fault("missing required field: image_url", at)
    yield from _unlisted_initial(value, at)


def _unlisted_initial(value: Json, at: str) -> Iterator[str]:
    if "options" not in value and "option_groups" not in value:
        return
    options = [o["value"] for o in options_of(value)]
    chosen = [value["initial_option"]] if "initial_option" in value else []
    for option in [*chosen, *value.get("initial_options", [])]:
        if isinstance(option, dict) and option.get("value") not in options:
            yield _fault("initial option must be among the options", f"{at}/initial_option")


def options_of(element: Json) -> list[Json]:
    """Return the options of a select, radio, checkbox or overflow element, groups opened."""
    grouped = [o for group in element.get("option_groups", []) for o in group.get("options", [])]
    listed = [*element.get("options", []), *grouped]
    return [option for option in listed if isinstance(option, dict) and "value" in option]


def elements_of(block: Json) -> list[Json]:
    """Return the interactive elements and images that one block holds."""
    single = [block[name] for name in ("accessory", "element") if name in block]
    several = block.get("elements", []) if block.get("type") != "rich_text" else []
    cards = block.get("elements", []) if block.get("type") == "carousel" else []
    nested = [*block.get("child_blocks", []), *cards]
    inner = [element for child in nested for element in elements_of(child)]
    return [*single, *several, *block.get("actions", []), *inner]


def _faults_between(blocks: list[Json], surface: Surface, at: str) -> Iterator[str]:
    yield from _repeated([b.get("block_id") for b in blocks], "block_id", at)
    for number, block in enumerate(blocks):
        yield from _misplaced(block, surface, f"{at}/{number}")
        ids = [e.get("action_id") for e in elements_of(block)]
        yield from _repeated(ids, "action_id", f"{at}/{number}")
    yield from _sums(blocks, at)


def _repeated(ids: list[str | None], what: str, at: str) -> Iterator[str]:
    for value, times in Counter(i for i in ids if i).items():
        if times > 1:
            yield _fault(f"`{what}` {value} already exists", at)


def _misplaced(block: Json, surface: Surface, at: str) -> Iterator[str]:
    for thing in [block, *elements_of(block)]:
        if surface not in limits.SURFACES.get(thing["type"], limits.EVERYWHERE):
            yield _fault(f"unsupported type on this surface: {thing['type']}", f"{at}/type")


def _sums(blocks: list[Json], at: str) -> Iterator[str]:
    markdown = sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    if markdown > limits.MARKDOWN_PER_PAYLOAD:
        yield _fault(f"markdown must be less than {limits.MARKDOWN_PER_PAYLOAD + 1} characters", at)
    tables = [b for b in blocks if b["type"] == "table"]
    if len(tables) > limits.TABLES_PER_MESSAGE:
        yield _fault("only_one_table_allowed", at)
    cells = [cell for table in tables for row in table["rows"] for cell in row]
    if sum(len(str(c.get("text", ""))) for c in cells) > limits.TABLE_CELL_CHARACTERS:
        yield _fault("table cells hold too many characters", at)
    if sum(bool(e.get("focus_on_load")) for b in blocks for e in elements_of(b)) > 1:
        yield _fault("only one element may have focus_on_load", at)
