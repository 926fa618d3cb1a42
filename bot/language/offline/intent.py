"""Which tool a text asks for: TF-IDF over words and letters, and logistic regression.

It learns from the tools' examples, in about a fifth of a second, when the first question comes or
`warm` is called. Names and days are marks in what it learns from and in what it is asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from bot.language.offline.outside import LATER, OUTSIDE
from bot.language.offline.reading import mask_days
from bot.language.text import ACCOUNT, CHANNEL, DATE, PERSON, TIME, Masked, plain, words
from bot.tools.catalogue import tools

NONE = "none"
"""The label of what no tool answers."""

_MARKS = {
    ACCOUNT: " acctx ",
    DATE: " datex ",
    PERSON: " personx ",
    TIME: " timex ",
    CHANNEL: " chanx ",
}
_FILLED = {
    "{account}": ACCOUNT,
    "{date}": DATE,
    "{person}": PERSON,
    "{time}": TIME,
    "{channel}": CHANNEL,
}
_POLITE = words("? please pls plz kindly hi hey ok okay thanks thx steward")
_REASONS = (
    "already done", "not relevant for them", "the data is wrong", "not now", "they are too small",
    "we did that last week", "no longer needed", "the champion left the company",
)  # fmt: skip
_OUTCOMES = (
    "they will renew", "call went well", "booked the QBR", "no answer", "Sarah is back",
    "they need more time", "meeting set", "she agreed to a training", "they are unhappy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with its probability."""

    label: str
    probability: float


class Intent:
    """Ranks the tools for a masked text."""

    def __init__(self) -> None:
        """Learn nothing yet."""
        self._lock = Lock()

    def warm(self) -> None:
        """Import what is needed and learn, unless that has happened."""
        with self._lock:
            _ = self._model

    @property
    def is_warm(self) -> bool:
        """Tell whether it has learnt already."""
        return "_model" in self.__dict__

    def exactly(self, text: str) -> str | None:
        """Return the label of an example that is this very text, None when there is none."""
        return self._known.get(_bare(_normal(text)))

    def rank(self, text: str, allowed: frozenset[str]) -> tuple[Guess, ...]:
        """Return the allowed labels, most probable first; their probabilities add up to 1."""
        vectors, classifier = self._model
        probabilities = classifier.predict_proba(vectors.transform([_normal(text)]))[0]
        found = {
            str(label): float(probability)
            for label, probability in zip(classifier.classes_, probabilities, strict=True)
            if label in allowed
        }
        total = sum(found.values())
        guesses = (Guess(label, value / total) for label, value in found.items())
        return tuple(sorted(guesses, key=lambda guess: -guess.probability))

    @cached_property
    def _known(self) -> dict[str, str]:
        return {_bare(text): label for text, label in _examples()}

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        # Imported here: it takes a second, and neither commands nor known phrases need it.
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_union
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships none

        texts, labels = zip(*_examples(), strict=True)
        vectors = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[^\s]+"),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        )
        classifier = LogisticRegression(C=20, tol=1e-3, max_iter=300, class_weight="balanced")
        with threadpool_limits(1):  # several threads wait for each other on so little: 3 s, not .1
            classifier.fit(vectors.fit_transform(texts), labels)
        return vectors, classifier


def _examples() -> Iterator[tuple[str, str]]:
    for tool in tools():
        for place, example in enumerate(tool.examples):
            yield _example(example, place), tool.name
    for texts in (LATER, OUTSIDE):
        for place, example in enumerate(texts):
            yield _example(example, place), NONE


def _example(example: str, place: int) -> str:
    for hole, mark in _FILLED.items():
        example = example.replace(hole, mark)
    example = example.replace("{reason}", _turn(_REASONS, place))
    return _normal(mask_days(Masked(example.replace("{outcome}", _turn(_OUTCOMES, place)))).text)


def _turn(choices: Sequence[str], place: int) -> str:
    return choices[place % len(choices)]


def _bare(text: str) -> str:
    """Return the words that tell two examples apart: no question mark, no politeness."""
    kept = [word for word in text.split() if word not in _POLITE]
    return " ".join(kept) or text


def _normal(text: str) -> str:
    """Return a masked text as words: marks spelt out, punctuation apart, question marks kept."""
    for mark, word in _MARKS.items():
        text = text.replace(mark, word)
    return " ".join(plain(word) for word in re.findall(r"[\w']+|\?", text.lower()))
