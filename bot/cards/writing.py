"""How a CSM writes: the form with their examples, and what was measured from them."""

from collections.abc import Sequence

from bot.cards.blocks import Element, View, button, context, field, modal, plain, section
from bot.cards.text import clip, mrkdwn
from core.tone import Tone

TITLE = "My Writing"
SAVED = (
    "Your examples are kept. Open a draft again to see it in your words. "
    "I never send anything; that stays with you."
)
GONE = "No examples are kept any more; drafts are worded as they come."
_HOW = (
    "Paste messages of yours that you like. E-mail drafts then take over how you greet and close, "
    "names, contractions, emoji and the length of your sentences. Only your own drafts use them."
)
_MOST_SHOWN = 3_000


def open_writing() -> Element:
    """Return the button that opens the form."""
    return button("My Writing", "writing.open", "writing")


def writing_view(samples: Sequence[str], tone: Tone | None, *, most: int) -> View:
    """Return the form with somebody's examples, and one more field while there is room."""
    shown = [*samples, ""][:most]
    blocks = [section(_HOW, "writing.how")]
    if tone is not None:
        blocks.append(context(f"*What I see:* {mrkdwn(clip(tone.told, 900))}.", "writing.tone"))
    blocks += [
        field(
            f"Example {place}",
            _input(place, text),
            f"sample_{place}",
            hint="Empty it to remove the example." if text else "",
            needed=False,
        )
        for place, text in enumerate(shown, 1)
    ]
    return modal(TITLE, blocks, callback_id="writing.save", submit="Save")


def _input(place: int, text: str) -> Element:
    made = {
        "type": "plain_text_input",
        "action_id": f"sample_{place}",
        "multiline": True,
        "max_length": _MOST_SHOWN,
        "placeholder": plain("Hi Sarah, thanks for the chat today…", 150),
    }
    return made | ({"initial_value": text[:_MOST_SHOWN]} if text else {})
