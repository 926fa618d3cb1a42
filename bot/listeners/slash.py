"""The slash command with a question after it: what no other listener took of it."""

from slack_bolt.async_app import AsyncApp

from bot.listeners.question import COMMAND
from bot.listeners.questions import commanded


def register(app: AsyncApp) -> None:
    """Listen to the command, behind those that open a form by a word of their own.

    Bolt gives it to the first that fits: this file's name stands after theirs.
    """
    app.command(COMMAND)(commanded)
