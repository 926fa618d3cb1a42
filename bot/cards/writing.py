"""How a CSM writes: the form with their examples, and what was measured from them."""

from collections.abc import Sequence

from bot.answers import Card
from bot.cards.blocks import (
    Element,
    View,
    actions,
    button,
    context,
    field,
    modal,
    plain,
    section,
)
from bot.cards.text import clip, mrkdwn
from core.tone import Tone

TITLE = "My Writing"
SAVED = (
    "Your examples are kept. Open a draft again to see it in your words. "
    "I never send anything; that stays with you."
)
SAVED_OVER_DRAFT = (
    "Your examples are kept. The draft below is in your words: close this to read it. "
    "I never send anything; that stays with you."
)
GONE = "No examples are kept any more; drafts are worded as they come."
_HOW = (
    "Paste messages of yours that you like. E-mail drafts then take over how you greet and close, "
    "names, contractions, emoji and the length of your sentences. Only your own drafts use them."
)
SAYING = "use this as an example of how I write: …"
"""The sentence that keeps an example."""

_MOST_SHOWN = 3_000


def open_writing() -> Element:
    """Return the button that opens the form."""
    return button("My Writing", "writing.open", "writing")


def writing_card(samples: Sequence[str], tone: Tone | None, *, most: int, gone: str = "") -> Card:
    """Return what is kept of somebody's writing, what was read from it, and how to change it.

    `gone` is the example that had to make room.
    """
    if tone is None:
        said = [f"No example of how you write is kept yet. {_HOW}", f"Or write “{SAYING}”."]
    else:
        said = [
            f"I keep {len(samples)} of {most} examples of how you write.",
            f"What I see: {clip(tone.told, 900)}.",
            f"I keep five, so your oldest went: “{_begins(gone)}”." if gone else "",
            "Your next e-mail drafts take it over. To remove an example, press My Writing and "
            "empty its field.",
        ]
    text = "\n".join(one for one in said if one)
    return Card(
        text, (section(mrkdwn(text), "writing.kept"), actions([open_writing()], "writing.do"))
    )


def _begins(text: str) -> str:
    return clip(" ".join(text.split()), 80)


def writing_view(samples: Sequence[str], tone: Tone | None, *, most: int, about: str = "") -> View:
    """Return the form with somebody's examples, and one more field while there is room.

    `about` is the draft that it was opened over, as the form must remember it.
    """
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
    return modal(TITLE, blocks, callback_id="writing.save", submit="Save", about=about)


def _input(place: int, text: str) -> Element:
    made = {
        "type": "plain_text_input",
        "action_id": f"sample_{place}",
        "multiline": True,
        "max_length": _MOST_SHOWN,
        "placeholder": plain("Hi Sarah, thanks for the chat today…", 150),
    }
    return made | ({"initial_value": text[:_MOST_SHOWN]} if text else {})
