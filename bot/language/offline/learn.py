"""`python -m bot.language.offline.learn`: learn from the phrases, and say how well it went.

What it prints is how well phrases of one hand are understood by what the other hands taught.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships none

from bot.language.offline.features import PLACES, Numbers, blocks, weighed
from bot.language.offline.model import FILE, Model
from bot.language.offline.phrasebook import NONE, Phrase, fingerprint, phrases
from bot.language.offline.wording import Speller, wording
from bot.language.text import ACCOUNT
from bot.language.vocabulary import common
from bot.tools.catalogue import is_known, tool

_SOFTNESS = 0.6
"""How freely weights may grow: .15 told phrases of other hands apart less well, and so did 1."""


def learn(lessons: Sequence[Phrase], *, sharpness: float = 1.0) -> Model:
    """Return what these phrases teach; `sharpness` turns margins into chances."""
    texts = [wording(phrase.masked(place)) for place, phrase in enumerate(lessons)]
    words = Counter(word for text in texts for word in text.split())
    speller = Speller(words, common())
    parts = [blocks(speller.mend(text)) for text in texts]
    rarity = _rarity(parts)
    machine = LinearSVC(C=_SOFTNESS, class_weight="balanced", random_state=0)
    with threadpool_limits(1):
        machine.fit(_rows(parts, rarity), [phrase.label for phrase in lessons])
    scales = np.abs(machine.coef_).max(axis=1) / 127
    return Model(
        labels=tuple(machine.classes_.tolist()),
        rarity=rarity,
        weights=np.round(machine.coef_ / scales[:, None]).astype(np.int8).T.copy(),
        scales=scales.astype(np.float32),
        biases=machine.intercept_.astype(np.float32),
        sharpness=sharpness,
        words=dict(sorted(words.items())),
        fingerprint=fingerprint(),
    )


def examined(lessons: Sequence[Phrase]) -> Iterator[tuple[Phrase, dict[str, float]]]:
    """Return each phrase with its scores by what all other hands taught."""
    for hand in sorted({phrase.hand for phrase in lessons}):
        model = learn([phrase for phrase in lessons if phrase.hand != hand])
        speller = Speller(model.words, common())
        for place, phrase in enumerate(lessons):
            if phrase.hand == hand:
                text = phrase.masked(place)
                yield phrase, possible(model.scores(speller.mend(wording(text))), text)


def possible(scores: dict[str, float], text: str) -> dict[str, float]:
    """Return the scores of what a masked text can mean: one that names an account is about it."""
    if ACCOUNT not in text:
        return scores
    return {label: score for label, score in scores.items() if _takes_account(label)}


def _takes_account(label: str) -> bool:
    return label == NONE or not is_known(label) or "account" in tool(label).model_fields


def _rarity(parts: Sequence[tuple[dict[int, float], ...]]) -> Numbers:
    seen = Counter(place for blocks in parts for block in blocks for place in block)
    counts = np.zeros(PLACES)
    counts[list(seen)] = list(seen.values())
    rare: Numbers = (np.log((1 + len(parts)) / (1 + counts)) + 1).astype(np.float32)
    return rare


def _rows(parts: Sequence[tuple[dict[int, float], ...]], rarity: Numbers) -> Any:
    places, weights = zip(*(weighed(blocks, rarity) for blocks in parts), strict=True)
    ends = np.cumsum([0, *(len(row) for row in places)])
    return csr_matrix(
        (np.concatenate(weights), np.concatenate(places), ends), shape=(len(parts), PLACES)
    )


def _sharpness(results: Sequence[tuple[Phrase, dict[str, float]]]) -> float:
    """Return the factor on margins that makes them honest as chances."""

    def surprise(factor: float) -> float:
        total = 0.0
        for phrase, scores in results:
            labels = list(scores)
            if phrase.label in scores:
                chances = log_softmax(np.array(list(scores.values())) * factor)
                total -= chances[labels.index(phrase.label)]
        return total

    return float(minimize_scalar(surprise, bounds=(1, 20), method="bounded").x)


def _report(results: Sequence[tuple[Phrase, dict[str, float]]]) -> str:
    lines = []
    for hand in (*sorted({phrase.hand for phrase, _ in results}), None):
        ranks = [
            sorted(scores, key=lambda label: -scores[label]).index(phrase.label)
            if phrase.label in scores
            else len(scores)
            for phrase, scores in results
            if hand in (None, phrase.hand)
        ]
        first, four = (sum(rank < most for rank in ranks) / len(ranks) for most in (1, 4))
        who = f"hand {hand}" if hand else "all"
        lines.append(f"{who}: {len(ranks)} phrases, {first:.1%} first, {four:.1%} in first four")
    return "\n".join(lines)


def main() -> None:
    """Learn, write the weights and print how well phrases are told apart."""
    lessons = phrases()
    results = list(examined(lessons))
    model = learn(lessons, sharpness=_sharpness(results))
    model.save(Path(str(files("bot.language.offline") / FILE)))
    Console().print(f"{_report(results)}\nsharpness {model.sharpness:.2f}")


if __name__ == "__main__":
    main()
