"""Block Kit as small functions, each within Slack's limits; customer text goes through `mrkdwn`."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal

from bot.answers import Block, Card
from bot.cards.text import clip, visible

Element = dict[str, Any]
View = dict[str, Any]

MOST_CHARACTERS = 12_900
"""All blocks of a message as JSON; Slack refuses more than about 13,200."""

MOST_BLOCKS = 50
"""All blocks of a message; Slack refuses more."""

MOST_TEXT = 3_500
"""A message's text; chat.update refuses more than 4,000."""


def plain(text: str, most: int = 3000) -> Element:
    """Return a plain_text object, which needs no escaping."""
    return {"type": "plain_text", "text": clip(_line(text), most), "emoji": False}


def marked(text: str, most: int = 3000) -> Element:
    """Return a mrkdwn object in which Slack turns no bare address into a link."""
    return {"type": "mrkdwn", "text": clip(text, most) or "-", "verbatim": True}


def header(text: str, block_id: str) -> Block:
    """Return a heading."""
    return {"type": "header", "block_id": block_id, "text": plain(text, 150)}


def section(text: str, block_id: str) -> Block:
    """Return a paragraph of mrkdwn."""
    return {"type": "section", "block_id": block_id, "text": marked(text)}


def fields(texts: Sequence[str], block_id: str) -> Block:
    """Return up to ten texts in two columns."""
    shown = [marked(text, 2000) for text in texts[:10]]
    return {"type": "section", "block_id": block_id, "fields": shown}


def context(text: str, block_id: str) -> Block:
    """Return small print."""
    return {"type": "context", "block_id": block_id, "elements": [marked(text, 2000)]}


def divider(block_id: str) -> Block:
    """Return a line."""
    return {"type": "divider", "block_id": block_id}


def actions(elements: Sequence[Element], block_id: str) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    text: str,
    action_id: str,
    value: str,
    *,
    about: str = "",
    style: Literal["primary", "danger"] | None = None,
) -> Element:
    """Return a button; `about` tells a screen reader what its text alone does not."""
    label = f"{text} for {about}" if about else text
    made = {
        "type": "button",
        "action_id": action_id,
        "text": plain(text, 75),
        "value": value,
        "accessibility_label": clip(_line(label), 75),
    }
    return made | ({"style": style} if style else {})


def option(text: str, value: str, description: str = "") -> Element:
    """Return one choice of a menu or of radio buttons."""
    made = {"text": plain(text, 75), "value": value}
    return made | ({"description": plain(description, 75)} if description else {})


def brief_option(text: str, value: str) -> Element:
    """Return one choice in as few characters as it takes, for where a message holds many."""
    return {"text": {"type": "plain_text", "text": plain(text, 75)["text"]}, "value": value}


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """Return the menu behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def select(
    action_id: str, options: Sequence[Element], *, placeholder: str, chosen: str | None = None
) -> Element:
    """Return a menu of at most 100 choices; `chosen` is the value of the one it begins with."""
    made = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, 150),
        "options": list(options[:100]),
    }
    start = next((one for one in options if one["value"] == chosen), None)
    return made | ({"initial_option": start} if start else {})


def table(
    rows: Sequence[Sequence[str]],
    block_id: str,
    *,
    right: tuple[int, ...],
    wrapped: tuple[int, ...],
) -> Block:
    """Return a table whose first row is its head.

    Columns in `right` are aligned to the right, those in `wrapped` may take several lines. A
    message takes one table, a modal none.
    """
    return {
        "type": "table",
        "block_id": block_id,
        "rows": [[_cell(text) for text in row] for row in rows[:100]],
        "column_settings": [
            {"align": "right" if column in right else "left"}
            | ({"is_wrapped": True} if column in wrapped else {})
            for column in range(max(right + wrapped) + 1)
        ],
    }


def field(label: str, element: Element, block_id: str, *, hint: str = "", needed: bool) -> Block:
    """Return one entry of a form."""
    made = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": not needed,
    }
    return made | ({"hint": plain(hint, 2000)} if hint else {})


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str = "",
    about: str = "",
    close: str = "Cancel",
) -> View:
    """Return a modal; `about` holds ids only. Without `submit` it is for reading."""
    view = {
        "type": "modal",
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": about,
    }
    named = {"callback_id": callback_id} if callback_id else {}
    return view | named | ({"submit": plain(submit, 24)} if submit else {})


def fitting(build: Callable[[float], Card]) -> Card:
    """Return the fullest card that Slack takes; `build` gets the share of its room to use."""
    for share in (1.0, 0.6, 0.35, 0.2, 0.1):
        card = build(share)
        if takes(card.blocks):
            break
    return Card(clip(card.text, MOST_TEXT), card.blocks)


def takes(blocks: Sequence[Block]) -> bool:
    """Tell whether Slack takes these blocks as one message."""
    size = len(json.dumps(list(blocks), ensure_ascii=False))
    return len(blocks) <= MOST_BLOCKS and size <= MOST_CHARACTERS


def _cell(text: str) -> Element:
    return {"type": "raw_text", "text": clip(_line(text), 200)}


def _line(text: str) -> str:
    return " ".join(visible(text).split()) or "-"
