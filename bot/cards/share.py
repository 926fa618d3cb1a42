"""An answer shown to a channel: the button that asks for it, and what the channel then sees."""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.answers import Block, Card
from bot.cards.blocks import MOST_CHARACTERS, actions, button, context, plain
from bot.cards.text import clip, moment, mrkdwn, plain_moment

MOST_SHARED = MOST_CHARACTERS
"""All blocks of an answer that can be shared, its button included."""

_ROW = "share."
_SHOWN = ("section", "header", "context", "divider", "table", "rich_text", "image", "markdown")
"""The blocks of a snapshot; everything that can be pressed stays with the asker."""


@dataclass(frozen=True, slots=True)
class Room:
    """A channel, by id and name, and the thread in it that was asked from."""

    id: str
    name: str = ""
    thread: str = ""

    @property
    def value(self) -> str:
        """Return it as a button's value, its name left out."""
        return f"{self.id}:{self.thread}"

    @property
    def packed(self) -> str:
        """Return all of it as one short text."""
        return f"{self.value}:{self.name}"

    @classmethod
    def unpacked(cls, text: str) -> "Room":
        """Return what `packed` wrote, or without a name what stands in a button."""
        id, thread, name = [*text.split(":", 2), ""][:3]
        return cls(id, name, thread)


def share_row(room: Room) -> Block:
    """Return the button under an answer, with the question who is going to see it."""
    confirm = {
        "title": plain(f"Share in #{room.name}?", 100),
        "text": plain(
            f"Everybody in #{clip(room.name, 80)} will see this answer as it is now, with its "
            "figures. Its buttons stay with you.",
            300,
        ),
        "confirm": plain("Share", 30),
        "deny": plain("Keep Private", 30),
    }
    about = f"everybody in #{room.name}"
    made = button("Share in Channel", "answer.share", room.value, about=about)
    return actions([made | {"confirm": confirm}], f"{_ROW}{room.id}")


def shareable(shown: Card, share: str) -> Card:
    """Return a card with the button under it; one that fills its message stays as it is."""
    if not share:
        return shown
    blocks = (*shown.blocks, share_row(Room.unpacked(share)))
    return shown if size(blocks) > MOST_SHARED else Card(shown.text, blocks)


def snapshot(message: dict[str, Any], *, by: str, at: datetime) -> Card:
    """Return what a channel sees of an answer: its words and figures, nothing to press."""
    head = f"{mrkdwn(by, 100)} shared this answer. Figures as of {moment(at)}."
    foot = "Mention me to ask about your own accounts; I answer you privately."
    shown = [_still(block) for block in message["blocks"] if block["type"] in _SHOWN]
    blocks = (context(head, "shared.by"), *shown, context(foot, "shared.ask"))
    said = html.unescape(message.get("text", ""))
    return Card(f"{by} shared this answer, as of {plain_moment(at)}.\n{said}", blocks)


def after_sharing(message: dict[str, Any], room: Room, link: str) -> Card:
    """Return the asker's message with a line in the button's place."""
    line = context(f"Shared in <#{room.id}>: <{link}|see it there>", "share.done")
    blocks = [
        line if str(block.get("block_id", "")).startswith(_ROW) else block
        for block in message["blocks"]
    ]
    return Card(html.unescape(message.get("text", "")), tuple(blocks))


def size(blocks: Sequence[Block]) -> int:
    """Return how many characters blocks take in a message."""
    return len(json.dumps(list(blocks), ensure_ascii=False))


def _still(block: Block) -> Block:
    """Return a block without what could be pressed in it."""
    kept = {name: value for name, value in block.items() if name != "accessory"}
    return kept | {"block_id": f"shared.{block['block_id']}"[:255]}
