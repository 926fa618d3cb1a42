"""Whether a text that a model wrote was helpful: two buttons under it, and a form for why not."""

import json

from bot.answers import Block
from bot.cards.blocks import Element, View, field, modal, option, plain

ACTION = "prose.feedback"
FORM = "prose.feedback"

WRONG: dict[str, str] = {
    "fact": "A fact or number is wrong",
    "account": "It is about something else",
    "unclear": "It is unclear or too long",
    "tone": "The tone does not fit",
    "other": "Something else",
}
"""What may be wrong with a text, by the value that is stored."""


def feedback(key: str) -> Block:
    """Return the buttons for a text; `key` is what the answer is known by, never its words.

    Only under what a model wrote: what the engine says is judged by its outcome.
    """
    element = {
        "type": "feedback_buttons",
        "action_id": ACTION,
        "positive_button": _button("Helpful", f"yes:{key}", "This text was helpful"),
        "negative_button": _button("Not Helpful", f"no:{key}", "This text was not helpful"),
    }
    return {"type": "context_actions", "block_id": "prose.feedback", "elements": [element]}


def why_not_view(key: str) -> View:
    """Return the form that asks what was wrong; what was pressed counts even if it is closed."""
    reasons = {
        "type": "radio_buttons",
        "action_id": "reason",
        "options": [option(label, value) for value, label in WRONG.items()],
        "focus_on_load": True,
    }
    typed = {
        "type": "plain_text_input",
        "action_id": "note",
        "multiline": True,
        "max_length": 500,
    }
    return modal(
        "What was wrong?",
        [
            field("What was wrong?", reasons, "reason", needed=True),
            field("Anything to add?", typed, "note", hint="Your admin can read it.", needed=False),
        ],
        callback_id=FORM,
        submit="Send Feedback",
        about=json.dumps({"key": key}),
    )


def _button(text: str, value: str, label: str) -> Element:
    return {"text": plain(text, 75), "value": value, "accessibility_label": label}
