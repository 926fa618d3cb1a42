"""An answer shown to a channel: the button that asks for it, and what the channel then sees."""

import html
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.answers import Block, Card
from bot.cards.blocks import (
    View,
    actions,
    button,
    context,
    field,
    modal,
    plain,
    section,
    takes,
)
from bot.cards.text import clip, moment, mrkdwn, plain_moment

ABOUT, PICK, SEND = "answer.share_to", "answer.share_pick", "answer.share_send"
"""The shortcut on an answer, and the two steps of its form: which channel, and who then sees it."""

TITLE = "Share Answer"

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


@dataclass(frozen=True, slots=True)
class Source:
    """An answer in somebody's direct message; `to` is the channel that was chosen, packed."""

    user: str
    channel: str
    ts: str
    thread: str = ""
    to: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """Return it as what can be stored."""
        return asdict(self)

    @property
    def packed(self) -> str:
        """Return it as a form's private metadata."""
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, metadata: str) -> "Source":
        """Return what `packed` wrote."""
        return cls(**json.loads(metadata))

    @property
    def room(self) -> Room:
        """The channel that was chosen."""
        return Room.unpacked(self.to)


def pick_view(source: Source) -> View:
    """Return the form that asks which channel is to see an answer."""
    rooms = {
        "type": "conversations_select",
        "action_id": "room",
        "placeholder": plain("Choose a channel", 150),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
        "focus_on_load": True,
    }
    hint = "I have to be a member there. Nothing is posted before you have seen who will read it."
    return modal(
        TITLE,
        [field("Share this answer in", rooms, "room", hint=hint, needed=True)],
        callback_id=PICK,
        submit="Next",
        about=source.packed,
    )


def send_view(source: Source, room: Room) -> View:
    """Return the form that names who is going to see it."""
    said = (
        f"Everybody in <#{room.id}> will see this answer as it is now, with its figures. "
        "Its buttons stay with you."
    )
    about = replace(source, to=room.packed).packed
    return modal(TITLE, [section(said, "who")], callback_id=SEND, submit="Share", about=about)


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
    return Card(shown.text, blocks) if takes(blocks) else shown


def snapshot(message: dict[str, Any], *, by: str, at: datetime) -> Card:
    """Return what a channel sees of an answer: its words and figures, nothing to press."""
    head = f"{mrkdwn(by, 100)} shared this answer. Figures as of {moment(at)}."
    foot = "Mention me to ask about your own accounts; I answer you privately."
    shown = [_still(block) for block in message["blocks"] if block["type"] in _SHOWN]
    blocks = (context(head, "shared.by"), *shown, context(foot, "shared.ask"))
    said = html.unescape(message.get("text", ""))
    return Card(f"{by} shared this answer, as of {plain_moment(at)}.\n{said}", blocks)


def is_offered(message: dict[str, Any]) -> bool:
    """Tell whether an answer has the button under it."""
    return any(str(block.get("block_id", "")).startswith(_ROW) for block in message["blocks"])


def shared_in(room: Room, link: str) -> Card:
    """Return the line that tells where an answer was shared."""
    line = section(f"Shared in <#{room.id}>: <{link}|see it there>", "share.done")
    return Card(f"I shared that answer in #{room.name}.", (line,))


def after_sharing(message: dict[str, Any], room: Room, link: str) -> Card:
    """Return the asker's message with a line in the button's place."""
    line = context(f"Shared in <#{room.id}>: <{link}|see it there>", "share.done")
    blocks = [
        line if str(block.get("block_id", "")).startswith(_ROW) else block
        for block in message["blocks"]
    ]
    return Card(html.unescape(message.get("text", "")), tuple(blocks))


def _still(block: Block) -> Block:
    """Return a block without what could be pressed in it."""
    kept = {name: value for name, value in block.items() if name != "accessory"}
    return kept | {"block_id": f"shared.{block['block_id']}"[:255]}
