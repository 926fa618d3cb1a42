"""What Claude's sentences may rest on, and what in them rests on nothing."""

import re
from collections.abc import Sequence
from datetime import date

from bot.language.claude.grounding.days import Calendar, without_days
from bot.language.claude.grounding.figures import Figure, counted, figures
from bot.language.claude.grounding.names import Names

_ITEM = re.compile(r"^\s*(?:[•*-]|\d+[.)])\s", re.MULTILINE)
_CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
"""Names of tools and of what a program stores, which are no words of a colleague."""
_ONLY_IF_TOLD = re.compile(
    r"\b(?:half|halved|halves|double[sd]?|doubling|triple[sd]?|tripling|twice|thrice|tenfold"
    r"|done|accepted|dismissed|snoozed|deferred|postponed|completed|undone|sent|e-?mailed|mailed"
    r"|booked|scheduled|saved|stored|deleted|removed|updated|assigned|created|cancell?ed|approved"
    r"|subscribed|unsubscribed|notified|informed|contacted)\b",
    re.IGNORECASE,
)
"""Ratios are figures in words. And what was done is on a card, or Claude only says so."""


class Grounds:
    """The question and the cards of one question, which alone may be repeated."""

    def __init__(self, texts: Sequence[str], portfolio: Sequence[str], today: date) -> None:
        """Take the cards' texts and the question, all accounts known to Claude, and the day."""
        together = "\n".join(texts)
        self._portfolio = [name for name in portfolio if name in together]
        self._names = Names(together, portfolio)
        self._calendar = Calendar(together, today)
        self._codes = set(_CODE.findall(together))
        self._figures = (*self._read(together), *_counts(texts))
        self._told = {found[0].lower() for found in _ONLY_IF_TOLD.finditer(together)}

    def missing(self, prose: str) -> tuple[str, ...]:
        """Return what `prose` says that is nowhere: figures, days, deeds, names, as written."""
        found = [
            *(one.said for one in self._read(prose) if not self._bears(one)),
            *self._calendar.missing(prose),
            *(one[0] for one in _ONLY_IF_TOLD.finditer(prose) if one[0].lower() not in self._told),
            *(code for code in _CODE.findall(prose) if code not in self._codes),
            *self._names.missing(prose),
        ]
        return tuple(dict.fromkeys(found))

    def _bears(self, figure: Figure) -> bool:
        return any(figure.rests_on(source) for source in self._figures)

    def _read(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of a text; those of list marks and of accounts' names are none."""
        text = _ITEM.sub("", text)
        for name in self._portfolio:
            text = text.replace(name, " ")
        return figures(without_days(text))


def _counts(texts: Sequence[str]) -> list[Figure]:
    """Return how many items the lists have, which may be said though it stands nowhere."""
    return [counted(count) for text in texts if (count := len(_ITEM.findall(text))) > 1]
