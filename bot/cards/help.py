"""What Steward can do, in the words that a person can say."""

from bot.answers import Card
from bot.cards.blocks import actions, context, header, section
from bot.cards.writing import open_writing

_LINES = (
    ("What next", "What should I do next for Beta Inc?"),
    ("My list", "Show me my top actions this week"),
    ("Why", "Why do you recommend that for Beta Inc?"),
    ("What to write", "Draft an email to Beta Inc"),
    ("Put off", "Snooze Alpha Corp until Friday"),
    ("Every morning", "Send me my digest at 8"),
)


def help_card() -> Card:
    """Return examples of what to ask, and how the buttons work."""
    examples = "\n".join(f"*{name}:* “{words}”" for name, words in _LINES)
    small = (
        "On a card: Accept Action when you will do it, Defer until a day, Dismiss with a reason, "
        "Complete with what came of it. Undo works for ten minutes. In a channel, mention me; "
        "I answer you privately."
    )
    text = "You can ask me:\n" + "\n".join(f"{name}: “{words}”" for name, words in _LINES)
    blocks = (
        header("What you can ask me", "help.heading"),
        section(examples, "help.examples"),
        context(small, "help.buttons"),
        actions([open_writing()], "help.do"),
    )
    return Card(f"{text}\n{small}", blocks)
