"""What a person enters in an input, as Slack reports it, and what Slack's own form objects to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground.slack.elements import elements_of, options_of
from bot.playground.slack.refusals import NotOnScreen
from bot.playground.slack.typed import rich_text
from bot.playground.slack.wire import Json

Entered = Mapping[str, Mapping[str, Any]]
"""Plain values by block id and action id: text, an option's value, a date, a list of values."""

WRITTEN = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
CHOSEN: Mapping[str, tuple[str, str]] = {
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
LISTED: Mapping[str, tuple[str, str]] = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
ONE_OPTION = ("static_select", "external_select", "radio_buttons")
OPTIONS = ("multi_static_select", "checkboxes")
STATEFUL = (*WRITTEN, *CHOSEN, *LISTED, *ONE_OPTION, *OPTIONS, "rich_text_input")

REQUIRED = "Please complete this required field."


def entries(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every block and element in which a person can enter something."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in STATEFUL:
                yield block, element


def by_block(blocks: list[Json], values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return plain values by block and action, given by either; raise NotOnScreen for others."""
    sorted_values: dict[str, dict[str, Any]] = {}
    named = set()
    for block, element in entries(blocks):
        for name in {block["block_id"], element["action_id"]} & values.keys():
            sorted_values.setdefault(block["block_id"], {})[element["action_id"]] = values[name]
            named.add(name)
    if unknown := values.keys() - named:
        raise NotOnScreen(f"the modal has no input {', '.join(sorted(unknown))}")
    return sorted_values


def state_values(blocks: list[Json], entered: Entered) -> Json:
    """Return Slack's `state.values` for these blocks, untouched inputs at their initial value."""
    values: Json = {}
    for block, element in entries(blocks):
        typed = entered.get(block["block_id"], {})
        here = values.setdefault(block["block_id"], {})
        action = element["action_id"]
        chosen = entered_value(element, typed[action]) if action in typed else initial(element)
        here[action] = {"type": element["type"], **chosen}
    return values


def initial(element: Json) -> Json:
    """Return what an untouched input holds."""
    kind = element["type"]
    if kind in WRITTEN:
        return {"value": element.get("initial_value")}
    if kind in ONE_OPTION:
        return {"selected_option": element.get("initial_option")}
    if kind in OPTIONS:
        return {"selected_options": element.get("initial_options", [])}
    if kind == "rich_text_input":
        return {"rich_text_value": element.get("initial_value")}
    field, start = CHOSEN.get(kind) or LISTED[kind]
    return {field: element.get(start, [] if kind in LISTED else None)}


def entered_value(element: Json, value: Any) -> Json:
    """Return what an input holds after a person entered a plain value; None empties it."""
    kind = element["type"]
    if kind in WRITTEN:
        return {"value": value or None}
    if kind in ONE_OPTION or kind == "overflow":
        return {"selected_option": None if value is None else _option(element, value)}
    if kind in OPTIONS:
        return {"selected_options": [_option(element, v) for v in value or []]}
    if kind == "rich_text_input":
        return {"rich_text_value": rich_text(value, "typed") if value else None}
    field, _ = CHOSEN.get(kind) or LISTED[kind]
    return {field: value}


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """Return what Slack's own form says before it sends anything, by block id."""
    found = {}
    for block, element in entries(blocks):
        if block["type"] != "input":
            continue
        state = values[block["block_id"]][element["action_id"]]
        held = next((v for name, v in state.items() if name != "type"), None)
        complaint = _complaint(element, held, optional=bool(block.get("optional")))
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _complaint(element: Json, held: Any, *, optional: bool) -> str:
    if not held:
        return "" if optional else REQUIRED
    if element["type"] not in WRITTEN:
        return ""
    if len(held) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(held) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return _bad_format(element, held)


def _bad_format(element: Json, held: str) -> str:
    if element["type"] == "email_text_input" and "@" not in held:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in held:
        return "Please enter a valid URL."
    return _bad_number(element, held) if element["type"] == "number_input" else ""


def _bad_number(element: Json, held: str) -> str:
    try:
        value = float(held)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not value.is_integer():
        return "Please enter a whole number."
    if value < float(element.get("min_value", "-inf")):
        return f"Please enter {element['min_value']} or more."
    if value > float(element.get("max_value", "inf")):
        return f"Please enter {element['max_value']} or less."
    return ""


def _option(element: Json, value: Any) -> Json:
    for option in options_of(element):
        if option["value"] == value:
            return option
    raise NotOnScreen(f"{element['type']} has no option {value!r}")
