"""The words in daily use: what is among them is read as a name only when something marks it."""

from functools import lru_cache
from importlib.resources import files

from bot.language.text import plain
from bot.tools.catalogue import tools


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Return the common words and all words that the tools' examples use."""
    common = (files("bot.language") / "ordinary.txt").read_text(encoding="utf-8").split()
    examples = " ".join(example for tool in tools() for example in tool.examples)
    words = [word.strip("?!.,:;\"'()-") for word in examples.split() if "{" not in word]
    return frozenset(plain(word) for word in [*common, *words])
