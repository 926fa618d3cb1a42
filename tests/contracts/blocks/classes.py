"""slackblocks' classes: a payload is built from them, and what they refuse is a violation.

Only what Steward uses is mapped; anything else is itself a violation, so that a new kind of block
cannot slip through unchecked.
"""

import inspect
from collections.abc import Sequence
from typing import Any

import slackblocks as sb
from slackblocks._surfaces import validate_surface_blocks
from slackblocks.errors import InvalidUsageError

from tests.contracts.blocks.payload import Finding, Json, Payload

BLOCKS: dict[str, Any] = {
    "actions": sb.ActionsBlock,
    "context": sb.ContextBlock,
    "context_actions": sb.ContextActionsBlock,
    "divider": sb.DividerBlock,
    "header": sb.HeaderBlock,
    "input": sb.InputBlock,
    "section": sb.SectionBlock,
    "table": sb.TableBlock,
}
ELEMENTS: dict[str, Any] = {
    "button": sb.Button,
    "checkboxes": sb.CheckboxGroup,
    "conversations_select": sb.ConversationSelectMenu,
    "datepicker": sb.DatePicker,
    "feedback_buttons": sb.FeedbackButtons,
    "overflow": sb.OverflowMenu,
    "plain_text_input": sb.PlainTextInput,
    "radio_buttons": sb.RadioButtonGroup,
    "raw_text": sb.RawText,
    "static_select": sb.StaticSelectMenu,
    "timepicker": sb.TimePicker,
}
VIEWS: dict[str, Any] = {"modal": sb.ModalView, "home": sb.HomeTabView}
PARTS: dict[str, Any] = {
    "column_settings": sb.ColumnSettings,
    "confirm": sb.ConfirmationDialogue,
    "filter": sb.ConversationFilter,
    "initial_option": sb.Option,
    "initial_options": sb.Option,
    "negative_button": sb.FeedbackButton,
    "options": sb.Option,
    "positive_button": sb.FeedbackButton,
}
"""Objects that have no type of their own, by the key they stand at."""


class Refused(Exception):
    """slackblocks, or this mapping, does not take a part; `pointer` says which."""

    def __init__(self, pointer: str, says: str) -> None:
        super().__init__(says)
        self.pointer = pointer


class _Plain:
    """What slackblocks' check of surfaces asks of a block: that it renders to JSON."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw

    def _resolve(self) -> Json:
        return self.raw


def check(payloads: Sequence[Payload]) -> list[Finding]:
    """Return what slackblocks says against each payload, the first violation of each."""
    found = []
    for payload in payloads:
        try:
            _check(payload)
        except Refused as refused:
            found.append(Finding(payload.name, refused.pointer, str(refused)))
    return found


def _check(payload: Payload) -> None:
    raws: list[Json] = payload.json.get("blocks") or []
    built = [_build(BLOCKS, raw, f"/blocks/{n}") for n, raw in enumerate(raws)]
    for number, raw in enumerate(raws):
        _call(f"/blocks/{number}", validate_surface_blocks, [_Plain(raw)], payload.kind)
    if payload.kind == "message":
        _call("/blocks", sb.Message, channel="C0", text="x", blocks=built)
        return
    rest = {key: one for key, one in payload.json.items() if key not in ("type", "blocks")}
    whole = {key: _convert(key, one, f"/{key}") for key, one in rest.items()}
    _call("", VIEWS[payload.kind], blocks=built, **whole)


def _build(kinds: dict[str, Any], raw: Json, pointer: str) -> Any:
    made = kinds.get(raw.get("type", ""))
    if made is None:
        raise Refused(pointer, f"{raw.get('type')!r} is not mapped to a class of slackblocks")
    return _made(made, {key: one for key, one in raw.items() if key != "type"}, pointer)


def _made(kind: Any, raw: Json, pointer: str) -> Any:
    taken = inspect.signature(kind.__init__).parameters
    if unknown := raw.keys() - taken.keys() - {"block_id", "expand"}:
        raise Refused(pointer, f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    given = {
        key: _convert(key, one, f"{pointer}/{key}") for key, one in raw.items() if key in taken
    }
    return _call(pointer, kind, **given)


def _convert(key: str, value: Any, pointer: str) -> Any:
    if isinstance(value, list):
        return [_convert(key, one, f"{pointer}/{n}") for n, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if value.get("type") in ("plain_text", "mrkdwn"):
        return _text(value, pointer)
    if key in PARTS:
        return _made(PARTS[key], value, pointer)
    return _build(ELEMENTS, value, pointer)


def _text(value: Json, pointer: str) -> Any:
    rest = {name: bool(value.get(name)) for name in ("emoji", "verbatim")}
    return _call(pointer, sb.Text, value.get("text"), type_=sb.TextType(value["type"]), **rest)


def _call(pointer: str, make: Any, *args: Any, **kwargs: Any) -> Any:
    try:
        return make(*args, **kwargs)
    except (InvalidUsageError, TypeError, ValueError, AttributeError) as error:
        raise Refused(pointer, f"{getattr(make, '__name__', make)}: {error}"[:300]) from error
