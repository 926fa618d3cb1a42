"""The words in daily use: what is among them is read as a name only when something marks it."""

import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from bot.language.offline.phrasebook import NONE, phrases
from bot.language.text import plain
from bot.tools.catalogue import tools

_OFTEN = 5
"""Phrases that must use a word before it is one in daily use: once may be a slip or a name."""


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Return the commonest words of English."""
    words = (files("bot.language") / "ordinary.txt").read_text(encoding="utf-8").split()
    return frozenset(plain(word) for word in words)


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Return the common words and all words that the tools' examples and the phrases use."""
    examples = (example for tool in tools() for example in tool.examples)
    used = Counter(word for phrase in phrases() for word in set(_words(phrase.text)))
    often = (word for word, count in used.items() if count >= _OFTEN)
    return common().union(often, *map(_words, examples))


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Return the ordinary words and every word of the phrases for the tools."""
    said = (_words(phrase.text) for phrase in phrases() if phrase.label != NONE)
    return ordinary().union(*said)


def _words(text: str) -> list[str]:
    kept = re.sub(r"\{\w+\}(?:'s)?", " ", text)
    return [plain(word) for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", kept)]
