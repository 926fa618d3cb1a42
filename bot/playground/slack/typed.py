"""Turns what a person types into Slack's message text and rich text."""

from __future__ import annotations

import re

from bot.playground.slack.wire import Json

PIECE = re.compile(
    r"(?P<user><@[A-Z0-9]+>)|(?P<channel><#[A-Z0-9]+>)|(?P<url>https?://[^\s<>|]+)"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)


def message_text(typed: str) -> str:
    """Return the text as Slack sends it: `&<>` escaped, links and addresses in brackets."""
    return "".join(_text_of(kind, value) for kind, value in _pieces(typed))


def rich_text(typed: str, block_id: str) -> Json:
    """Return the rich text block that Slack adds to what a person typed."""
    parts = [_part(kind, value) for kind, value in _pieces(typed)]
    section = {"type": "rich_text_section", "elements": parts}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _pieces(typed: str) -> list[tuple[str, str]]:
    found, end = [], 0
    for match in PIECE.finditer(typed):
        if match.start() > end:
            found.append(("text", typed[end : match.start()]))
        found.append((str(match.lastgroup), match.group()))
        end = match.end()
    if end < len(typed):
        found.append(("text", typed[end:]))
    return found


def _text_of(kind: str, value: str) -> str:
    if kind in ("user", "channel"):
        return value
    safe = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"url": f"<{safe}>", "mail": f"<mailto:{safe}|{safe}>"}.get(kind, safe)


def _part(kind: str, value: str) -> Json:
    if kind == "user":
        return {"type": "user", "user_id": value[2:-1]}
    if kind == "channel":
        return {"type": "channel", "channel_id": value[2:-1]}
    if kind == "url":
        return {"type": "link", "url": value}
    if kind == "mail":
        return {"type": "link", "url": f"mailto:{value}", "text": value}
    return {"type": "text", "text": value}
