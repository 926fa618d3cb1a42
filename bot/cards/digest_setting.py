"""How a digest is set, as an answer: a sentence, with the form behind a button."""

from bot.answers import Card
from bot.cards.blocks import MOST_TEXT, button, section
from bot.cards.text import bullets, clip, mrkdwn


def setting_card(says: str, *, about: str) -> Card:
    """Return the sentence; `about` is the button's: "digest" for one's own, else an id."""
    form = button("Change Digest", "digest.edit", about, about="this digest")
    shown = section(mrkdwn(says), "digest.setting") | {"accessory": form}
    return Card(clip(says, MOST_TEXT), (shown,))


def log_card(log: list[str]) -> Card:
    """Return what became of the last digests."""
    title = "What became of the last digests"
    if not log:
        says = "No digest has come yet. Say “digest on” to start it, or ask “digest log” later."
        return Card(says, (section(says, "digest.log"),))
    lines = bullets(log, 2_800)
    text = clip("\n".join([title, *log]), MOST_TEXT)
    return Card(text, (section(f"*{title}*\n{lines}", "digest.log"),))
