"""Text on its way to Claude: what Slack wrote becomes plain, what customers wrote harmless."""

import html
import re
import unicodedata

MOST_OF_CUSTOMER_TEXT = 500
"""Characters of one passage of a customer's; what matters in it is on the card anyway."""

QUOTATION = re.compile(r"“([^”\n]*)(?:”|$)", re.MULTILINE)
"""What somebody wrote, in a text of Steward's; one that was cut ends with its line."""

_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_LABELLED = re.compile(r"<(?:https?://|mailto:|tel:)[^|>]*\|([^>]*)>")
_BARE = re.compile(r"<((?:https?://|mailto:|tel:)[^>]*)>")
_LINES = re.compile(r"[ \t\u00a0]*\n\s*")


def plain(text: str) -> str:
    """Return a message's text as a person sees it: no escapes, no links, no invisible signs."""
    text = _DATE.sub(r"\1", text)
    text = _BARE.sub(r"\1", _LABELLED.sub(r"\1", text))
    return _LINES.sub("\n", visible(html.unescape(text))).strip()


def harmless(text: str) -> str:
    """Return a customer's words in one line, without invisible signs, cut to size."""
    line = " ".join(visible(html.unescape(text)).split())
    if len(line) <= MOST_OF_CUSTOMER_TEXT:
        return line
    return line[: MOST_OF_CUSTOMER_TEXT - 1].rstrip() + "…"


def visible(text: str) -> str:
    """Return text without control characters and those that hide, join or turn others around."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        letter if letter in "\n\t" or not _hidden(letter) else _instead(letter) for letter in text
    )


def _hidden(letter: str) -> bool:
    """Tell whether nothing is seen of a letter: Cc, Cf (bidi, zero width, tags), Co, Cs, Zl, Zp."""
    category = unicodedata.category(letter)
    return category[0] == "C" or category in {"Zl", "Zp"} or letter in _FILLERS or _varies(letter)


_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters by name that are blank."""


def _varies(letter: str) -> bool:
    """Tell whether a letter only selects a variant of the one before; such can carry messages."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _instead(letter: str) -> str:
    return " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else ""
