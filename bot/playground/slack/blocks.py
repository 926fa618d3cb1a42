"""Says what Slack would find wrong with blocks and views, each with its JSON pointer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.playground.slack import limits
from bot.playground.slack.elements import elements_of
from bot.playground.slack.faults import fault, faults
from bot.playground.slack.limits import Surface
from bot.playground.slack.rules import Many, Typed
from bot.playground.slack.wire import Json


def faults_of_blocks(blocks: object, surface: Surface, at: str = "/blocks") -> list[str]:
    """Return every fault of a list of blocks as Slack words it; an empty list is good."""
    most = limits.BLOCKS_PER_SURFACE[surface]
    kinds = tuple(limits.BLOCKS)
    found = list(faults(Many(Typed(kinds), most, least=0), blocks, at))
    if not found and isinstance(blocks, list):
        found.extend(_faults_between(blocks, surface, at))
    return found


def faults_of_view(view: object) -> list[str]:
    """Return every fault of a modal or Home view, its blocks included."""
    if not isinstance(view, dict) or view.get("type") not in limits.VIEWS:
        return [fault("unsupported type", "/view/type")]
    surface: Surface = "modal" if view["type"] == "modal" else "home"
    inside = {name: value for name, value in view.items() if name != "type"}
    found = list(faults(limits.VIEWS[view["type"]], inside, "/view"))
    found.extend(faults_of_blocks(view.get("blocks", []), surface, "/view/blocks"))
    if surface == "modal" and not found and _has_input(view) and not view.get("submit"):
        found.append(fault("missing required field: submit", "/view"))
    return found


def _has_input(view: Json) -> bool:
    return any(block.get("type") == "input" for block in view["blocks"])


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
            yield fault(f"`{what}` {value} already exists", at)


def _misplaced(block: Json, surface: Surface, at: str) -> Iterator[str]:
    for thing in [block, *elements_of(block)]:
        if surface not in limits.SURFACES.get(thing["type"], limits.EVERYWHERE):
            yield fault(f"unsupported type on this surface: {thing['type']}", f"{at}/type")


def _sums(blocks: list[Json], at: str) -> Iterator[str]:
    markdown = sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    if markdown > limits.MARKDOWN_PER_PAYLOAD:
        yield fault(f"markdown must be less than {limits.MARKDOWN_PER_PAYLOAD + 1} characters", at)
    tables = [b for b in blocks if b["type"] == "table"]
    if len(tables) > limits.TABLES_PER_MESSAGE:
        yield fault("only_one_table_allowed", at)
    cells = [cell for table in tables for row in table["rows"] for cell in row]
    if sum(len(str(c.get("text", ""))) for c in cells) > limits.TABLE_CELL_CHARACTERS:
        yield fault("table cells hold too many characters", at)
    if sum(bool(e.get("focus_on_load")) for b in blocks for e in elements_of(b)) > 1:
        yield fault("only one element may have focus_on_load", at)
