"""Finds what a block holds: its interactive elements, and an element's options."""

from __future__ import annotations

from bot.playground.slack.refusals import NotOnScreen
from bot.playground.slack.wire import Json


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


def feedback_pressed(element: Json, value: object) -> Json:
    """Return text and value of one of two feedback buttons, as a click on it reports them."""
    for button in (element["positive_button"], element["negative_button"]):
        if button["value"] == value:
            return {"text": button["text"], "value": button["value"]}
    raise NotOnScreen(f"no feedback button has the value {value!r}")
