"""Text as it arrives from Slack or a terminal, made plain; and text with its names masked."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ACCOUNT = "\ue000"
"""Stands for an account in masked text; the other marks stand for what their names say."""
DATE = "\ue001"
PERSON = "\ue002"
TIME = "\ue003"
CHANNEL = "\ue004"
MARKS = ACCOUNT + DATE + PERSON + TIME + CHANNEL

_USER = re.compile(r"<@[UWB][A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:https?://|mailto:)[^|>]*\|([^>]*)>")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^>]*)>")
_QUOTES = str.maketrans(dict(zip("\u2019\u2018\u201c\u201d\u2013\u2014", "''\"\"--", strict=True)))
_UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff{MARKS}]")


def clean(text: str) -> str:
    """Return `text` without mentions of people, invisible characters and Slack's escapes."""
    text = _USER.sub(" ", text)
    text = _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _UNSEEN.sub(" ", html.unescape(text)).translate(_QUOTES)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def plain(word: str) -> str:
    """Return a word in lower case without accents and apostrophes, for comparing."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("'", ""))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words(text: str) -> frozenset[str]:
    """Return a closed set of words, written as one text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and the mark that stands for it."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Masked:
    """Text in which some stretches are one mark each; `hidden` holds these stretches in order."""

    text: str
    hidden: tuple[str, ...] = ()

    def mask(self, spans: Iterable[Span]) -> "Masked":
        """Return the text with these stretches masked as well; overlapping ones are left out."""
        pieces: list[str] = []
        hidden: list[str] = []
        end = 0
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start >= end:
                hidden += [*self._marks(end, span.start), self.original(span.start, span.end)]
                pieces += [self.text[end : span.start], span.mark]
                end = span.end
        rest = self._marks(end, len(self.text))
        return Masked("".join([*pieces, self.text[end:]]), (*hidden, *rest))

    def original(self, start: int, end: int) -> str:
        """Return what the person wrote between two places of the masked text."""
        before = sum(letter in MARKS for letter in self.text[:start])
        hidden = iter(self.hidden[before:])
        return "".join(
            next(hidden, letter) if letter in MARKS else letter for letter in self.text[start:end]
        )

    def _marks(self, start: int, end: int) -> list[str]:
        return [
            self.original(place, place + 1)
            for place in range(start, end)
            if self.text[place] in MARKS
        ]
