"""Words on a card: customer text made harmless and cut to size, numbers and days as people say."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime

from core.recommendations import Score

_EDGE_MARKS = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_AT_AN_EDGE = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_ENTITY_CUT_IN_TWO = re.compile(r"&[a-z]{0,3}$")
_QUOTE = re.compile(r"^(\s*)&gt;", re.MULTILINE)
_SHORTCODE = re.compile(r":(?=([\w+'-]*[a-z][\w+'-]*|100|1234):)", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}


def mrkdwn(text: str, most: int = 3000) -> str:
    """Return text that Slack shows literally: no mention, link or formatting comes out of it.

    Slack has no escape for its formatting marks, so those at a word's edge, where alone they
    act, are replaced by signs that look the same. So are the colon that begins an emoji's name and
    the sign that makes a line a quotation, which acts though it is escaped.
    """
    escaped = _SHORTCODE.sub("\u2236", _QUOTE.sub("\\1\u203a", escape(text)))
    return clip(_AT_AN_EDGE.sub(lambda mark: _EDGE_MARKS[mark[0]], escaped), most)


def escape(text: str) -> str:
    """Return plain text for a message's `text`, where only `& < >` have a meaning."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def visible(text: str) -> str:
    """Return text without signs that nobody sees but that turn, hide or split what stands there.

    Joiners stay, as scripts and emoji need them.
    """
    return _UNSEEN.sub("", text)


def clip(text: str, most: int) -> str:
    """Cut text to `most` characters, the last one then being an ellipsis."""
    if len(text) <= most:
        return text
    return _ENTITY_CUT_IN_TWO.sub("", text[: most - 1]).rstrip() + "…"


def number(value: float) -> str:
    """Write a number with one decimal, and none when it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def priority(score: Score) -> float:
    """Return the priority as shown: rounded to a tenth, halves up."""
    return math.floor(score.priority * 10 + 0.5 + 1e-9) / 10


def points(score: Score) -> tuple[float, ...]:
    """Return the parts' points in tenths that add up to the shown priority exactly.

    Each is rounded down, and the tenths left over go to the largest remainders.
    """
    exact = [part.points * 10 for part in score.parts]
    tenths = [math.floor(value + 1e-9) for value in exact]
    left = round(priority(score) * 10) - sum(tenths)
    order = sorted(range(len(exact)), key=lambda i: tenths[i] - exact[i])
    for i in order[:left]:
        tenths[i] += 1
    return tuple(value / 10 for value in tenths)


def level(value: float) -> str:
    """Return a part of the score, 0-100, in a word."""
    return "high" if value >= 75 else "medium" if value >= 50 else "low"


def money(amount: float, currency: str) -> str:
    """Write an amount short: $120K, €1.2M, CHF 900."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    for size, letter in ((1_000_000, "M"), (1_000, "K")):
        if abs(amount) >= size:
            return f"{symbol}{number(amount / size)}{letter}"
    return f"{symbol}{number(amount)}"


def day(on: date, today: date) -> str:
    """Write a day as seen from today: today, tomorrow, Fri 27 Nov, Mon 4 Jan 2027."""
    if on == today:
        return "today"
    if (on - today).days == 1:
        return "tomorrow"
    year = "" if on.year == today.year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"


def plain_day(on: date) -> str:
    """Write a day with its year, whatever today is: 30 Sep 2026."""
    return f"{on.day} {on:%b} {on.year}"


def due(on: date, today: date) -> str:
    """Write when something is due, or since when it is overdue."""
    return f"overdue since {day(on, today)}" if on < today else f"due {day(on, today)}"


def moment(at: datetime) -> str:
    """Write a moment so that Slack shows it in each reader's own time zone."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{plain_moment(at)}>"


def plain_moment(at: datetime) -> str:
    """Write a moment for where nobody's time zone is known."""
    return f"{at.day} {at:%b at %H:%M %Z}"


def bullets(lines: Sequence[str], most: int) -> str:
    """Write harmless lines as a list within `most` characters, saying how many were left out."""
    shown: list[str] = []
    room = most - 20
    for line in lines:
        bullet = f"• {mrkdwn(line, min(600, most // 2))}"
        if len(bullet) + 1 > room:
            break
        shown.append(bullet)
        room -= len(bullet) + 1
    left = len(lines) - len(shown)
    return "\n".join([*shown, f"… and {left} more"] if left else shown)
