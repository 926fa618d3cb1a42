"""A plain sentence as a message or as a modal."""

from bot.answers import Card
from bot.cards.blocks import MOST_TEXT, View, marked, modal, section
from bot.cards.text import clip, mrkdwn

LOADING = "One moment… If this stays as it is, close it and press the button again."


def note(text: str) -> Card:
    """Return a message of one paragraph in which nothing is formatted."""
    return Card(clip(text, MOST_TEXT), (section(mrkdwn(text), "note"),))


def pointer(link: str) -> Card:
    """Return the line that tells a channel's asker where the answer is."""
    said = "I answered you in {}, where only you can see it."
    marked_link = said.format(f"<{link}|our direct message>")
    return Card(said.format("our direct message"), (section(marked_link, "pointer"),))


def note_view(title: str, text: str) -> View:
    """Return a modal that says one thing and can only be closed."""
    return modal(title, [section(mrkdwn(text), "note")], close="Close")


def loading_view(title: str) -> View:
    """Return what a modal shows until its content is there."""
    block = {"type": "section", "block_id": "loading", "text": marked(LOADING)}
    return modal(title, [block], close="Close")
