"""Which tool a text asks for, by what was learnt from the phrases of many hands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import exp
from threading import Lock

from bot.language.offline import model
from bot.language.offline.model import Model
from bot.language.offline.phrasebook import NONE, masked
from bot.language.offline.wording import Speller, wording
from bot.language.text import words
from bot.language.vocabulary import common
from bot.tools.catalogue import tools

__all__ = ["NONE", "Guess", "Intent"]

_POLITE = words("? please kindly hi hey ok okay thanks thx steward")

_DOUBTED = 0.1
_OPEN = 2.0
"""How much likelier `none` is than the phrases say: what is not ours is endless, they are not."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with its probability."""

    label: str
    probability: float


class Intent:
    """Ranks the tools for a masked text."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._lock = Lock()

    def warm(self) -> None:
        """Read what was learnt, unless that has happened."""
        with self._lock:
            _ = self._learnt

    @property
    def is_warm(self) -> bool:
        """Tell whether what was learnt is there already."""
        return "_learnt" in self.__dict__

    def exactly(self, text: str) -> str | None:
        """Return the tool of which this very text is an example, None when there is none."""
        return self._examples.get(_bare(wording(text)))

    def rank(
        self, text: str, allowed: frozenset[str], unlikely: frozenset[str] = frozenset()
    ) -> tuple[Guess, ...]:
        """Return the allowed labels, most probable first; their probabilities add up to 1.

        Those that are `unlikely` for a reason beyond the words count a tenth.
        """
        learnt, speller = self._learnt
        scores = learnt.scores(speller.mend(wording(text)))
        best = max(score for label, score in scores.items() if label in allowed)
        found = {
            label: exp(score - best) * _factor(label, unlikely)
            for label, score in scores.items()
            if label in allowed
        }
        total = sum(found.values())
        guesses = (Guess(label, value / total) for label, value in found.items())
        return tuple(sorted(guesses, key=lambda guess: -guess.probability))

    @cached_property
    def _examples(self) -> dict[str, str]:
        return {_bare(text): label for text, label in _examples()}

    @cached_property
    def _learnt(self) -> tuple[Model, Speller]:
        learnt = model.load()
        return learnt, Speller(learnt.words, common())


def _factor(label: str, unlikely: frozenset[str]) -> float:
    if label == NONE:
        return _OPEN
    return _DOUBTED if label in unlikely else 1.0


def _examples() -> Iterator[tuple[str, str]]:
    for tool in tools():
        for example in tool.examples:
            yield wording(masked(example)), tool.name


def _bare(text: str) -> str:
    """Return the words that tell two examples apart: no question mark, no politeness."""
    kept = [word for word in text.split() if word not in _POLITE]
    return " ".join(kept) or text
