"""Names in text: whoever and whatever is written with a capital has to be known from the cards."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from bot.language.text import plain, words

_WORD = re.compile(r"(?<!\w)[^\W\d_](?:[\w&]|['\u2019.-](?=\w))*")
_WORD_OR_NUMBER = re.compile(r"[\w&](?:[\w&]|['\u2019.-](?=\w))*")
_ENDS = re.compile(r"[.!?:;…“”\"()\[\]\n\u2013\u2014]|\s-\s")
_POSSESSIVE = re.compile(r"['\u2019]s$|['\u2019]$")
_NO_NAMES = words(
    "i i'm i'd i'll i've ok tl;dr english slack steward claude"
    " january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday"
    " saturday sunday mon tue wed thu fri sat sun"
    " acv ai api arr cfo ceo cio coo cs csm cta cto cro crm ebr eod eoq faq fy hr it kpi mrr nps"
    " nrr poc qbr roi saas sla smb sso usd eur gbp us uk eu vp q1 q2 q3 q4"
)
"""What is written with a capital and names nobody."""


class Names:
    """The names that may be said: those of the text, and none of the portfolio's others."""

    def __init__(self, text: str, portfolio: Iterable[str]) -> None:
        """Take the text that names may come from, and all accounts that Claude was told of."""
        self._text = _spaced(text)
        self._others = [
            (name, _spaced(name)) for name in portfolio if _spaced(name) not in self._text
        ]

    def missing(self, prose: str) -> list[str]:
        """Return the names in `prose` that are not in the text."""
        said = _spaced(prose)
        others = [name for name, spaced in self._others if spaced in said]
        runs = [run for run in _runs(prose) if _spaced(run) not in self._text]
        return others + [run for run in runs if not any(run in name for name in others)]


def _runs(prose: str) -> Iterable[str]:
    """Give each stretch of words with capitals; an ordinary first word of a sentence is none."""
    run: list[str] = []
    end = 0
    for found in _WORD.finditer(prose):
        between, word = prose[end : found.start()], found[0]
        starts = not prose[:end].strip() or bool(_ENDS.search(between))
        if between.strip(" ") or starts:
            yield from _joined(run)
            run = []
        end = found.end()
        if not _is_name(word, starts):
            yield from _joined(run)
            run = []
            continue
        run.append(_POSSESSIVE.sub("", word))
        if _POSSESSIVE.search(word):
            yield from _joined(run)
            run = []
    yield from _joined(run)


def _joined(run: list[str]) -> Iterable[str]:
    if run:
        yield " ".join(run)


def _is_name(word: str, starts: bool) -> bool:
    bare = plain(_POSSESSIVE.sub("", word))
    if not word[0].isupper() or bare in _NO_NAMES:
        return False
    parts = re.split(r"[-']", bare)
    return not (starts and all(_openers() & _forms(part) for part in parts))


def _forms(word: str) -> set[str]:
    """Return a word and what it may be a form of: sending, send; using, use; updates, update."""
    stems = {word.removesuffix(ending) for ending in ("ing", "ed", "d", "es", "s")}
    return stems | {f"{stem}e" for stem in stems} | {stem[:-1] for stem in stems if _twice(stem)}


def _twice(stem: str) -> bool:
    return len(stem) > 3 and stem[-1] == stem[-2]


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return the words that sentences begin with and that name nobody."""
    ours = (files(__package__) / "openers.txt").read_text("utf-8")
    common = (files("bot.language") / "ordinary.txt").read_text("utf-8")
    return words(ours) | words(common)


def _spaced(text: str) -> str:
    """Return the text's words in lower case without accents, each between spaces."""
    found = (_POSSESSIVE.sub("", one[0]) for one in _WORD_OR_NUMBER.finditer(text))
    return f" {' '.join(plain(word) for word in found)} "
