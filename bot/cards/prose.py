"""A model's sentences above a card, with the buttons to say what they were worth."""

from bot.answers import Card
from bot.cards.blocks import context, section, takes
from bot.cards.feedback import feedback
from bot.cards.text import mrkdwn


def with_prose(card: Card, prose: str, key: str) -> Card:
    """Return the card below a model's sentences; `key` is what the answer is known by.

    In a full message first the buttons under the sentences give way, then the sentences do: they
    stay in the text alone, and the card is shown whole.
    """
    text = f"{prose}\n\n{card.text}" if card.text else prose
    above = (section(mrkdwn(prose), "prose"), feedback(key))
    tries = (above, above[:1], ())
    spoken = next(one for one in tries if takes((*one, *card.blocks)) or not one)
    return Card(text, (*spoken, *card.blocks))


def only_prose(prose: str, key: str) -> Card:
    """Return a card of nothing but a model's sentences."""
    return with_prose(Card("", ()), prose, key)


def with_word(card: Card, says: str) -> Card:
    """Return the card with a word on why a model did not help, which a full one has in its text."""
    blocks = (*card.blocks, context(mrkdwn(says), "prose.missing"))
    return Card(f"{card.text}\n{says}", blocks if takes(blocks) else card.blocks)
