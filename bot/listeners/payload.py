"""What a listener needs of a payload that Slack sent: who, where, and on what."""

import hashlib
import html
import re
from dataclasses import dataclass
from typing import Any

from bot.cards.forms import Origin

Body = dict[str, Any]

_VERSION = re.compile(r"\.v(\d+)(?:\.|$)")
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_NAMED_LINK = re.compile(r"<(?!#)[^>|]+\|([^>]+)>")
_BARE_LINK = re.compile(r"<(?!#)(?:mailto:)?([^>|]+)>")


@dataclass(frozen=True, slots=True)
class Click:
    """One press of a button: by whom, on which recommendation, as which version it was shown.

    `selection` is what of the portfolio the Home tab showed then, packed.
    """

    user: str
    recommendation: str
    version: int
    key: str
    trigger: str
    channel: str = ""
    ts: str = ""
    thread: str | None = None
    selection: str = ""

    @classmethod
    def of(cls, body: Body) -> "Click":
        """Read a block_actions payload; a menu's value is `verb:id`, a button's the id alone."""
        action, place, view = body["actions"][0], body["container"], body.get("view") or {}
        chosen = action.get("selected_option", {}).get("value", "").partition(":")[2]
        version = _VERSION.search(action["block_id"])
        return cls(
            user=body["user"]["id"],
            recommendation=chosen or action.get("value", ""),
            version=int(version[1]) if version else 0,
            key="click:" + hashlib.sha256(body["trigger_id"].encode()).hexdigest()[:40],
            trigger=body["trigger_id"],
            channel=place.get("channel_id", ""),
            ts=place.get("message_ts", ""),
            thread=body.get("message", {}).get("thread_ts"),
            selection=view.get("private_metadata", "") if view.get("type") == "home" else "",
        )

    @classmethod
    def submitted(cls, body: Body) -> "Click":
        """Read a view_submission payload of a form that was opened for a recommendation."""
        view = body["view"]
        origin = Origin.unpacked(view["private_metadata"])
        return cls(
            user=body["user"]["id"],
            recommendation=origin.recommendation,
            version=origin.version,
            key=f"form:{view['id']}",
            trigger=body.get("trigger_id", ""),
            channel=origin.channel,
            ts=origin.ts,
            selection=origin.selection,
        )

    @property
    def origin(self) -> Origin:
        """What a form opened by this click must remember."""
        return Origin(self.recommendation, self.version, self.channel, self.ts, self.selection)


def words(text: str) -> str:
    """Return a message as the person typed it, on one line; channels stay links."""
    return " ".join(lines(text).split())


def lines(text: str) -> str:
    """Return a message as the person typed it, without mentions; channels stay links."""
    text = _MENTION.sub(" ", text)
    text = html.unescape(_BARE_LINK.sub(r"\1", _NAMED_LINK.sub(r"\1", text)))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def ticked(view: Body, block: str, action: str) -> tuple[str, ...]:
    """Return the values of the boxes that are ticked in a form's field."""
    state = view["state"]["values"].get(block, {}).get(action) or {}
    return tuple(option["value"] for option in state.get("selected_options") or ())


def entered(view: Body, block: str, action: str) -> str:
    """Return what stands in a form's field: a text, a day, a time or an option's value."""
    state = view["state"]["values"].get(block, {}).get(action) or {}
    option = state.get("selected_option") or {}
    value = (
        option.get("value")
        or state.get("selected_date")
        or state.get("selected_time")
        or state.get("selected_conversation")
        or state.get("value")
    )
    return str(value or "").strip()
