"""A model's sentences above a card, with the buttons to say what they were worth."""

from bot.answers import Card
from bot.cards.blocks import context, section
from bot.cards.feedback import feedback
from bot.cards.text import mrkdwn

MOST_BLOCKS = 50
"""Slack's limit for a message; the buttons under the sentences are the first to give way."""


def with_prose(card: Card, prose: str, key: str) -> Card:
    """Return the card below a model's sentences; `key` is what the answer is known by."""
    spoken = [section(mrkdwn(prose), "prose")]
    if len(card.blocks) + 2 <= MOST_BLOCKS:
        spoken.append(feedback(key))
    return Card(f"{prose}\n\n{card.text}" if card.text else prose, (*spoken, *card.blocks))


def only_prose(prose: str, key: str) -> Card:
    """Return a card of nothing but a model's sentences."""
    return with_prose(Card("", ()), prose, key)


def with_word(card: Card, says: str) -> Card:
    """Return the card with a word on why a model did not help."""
    if len(card.blocks) >= MOST_BLOCKS:
        return Card(f"{card.text}\n{says}", card.blocks)
    return Card(f"{card.text}\n{says}", (*card.blocks, context(mrkdwn(says), "prose.missing")))
