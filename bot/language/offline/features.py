"""A worded text as numbers: its words, its pairs of words and its runs of letters.

They are hashed into a fixed number of places, so that no vocabulary has to be kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_WORD_PLACES = 2**14
_LETTER_PLACES = 2**15
PLACES = _WORD_PLACES + _LETTER_PLACES
_SHORTEST, _LONGEST = 2, 5
_START, _END = "^", "$"
Numbers = NDArray[np.float32]


def blocks(text: str) -> tuple[dict[int, float], dict[int, float]]:
    """Return the places of words and of letters, each with how strongly it occurs in `text`."""
    words = text.split()
    pairs = (f"{one} {other}" for one, other in pairwise([_START, *words, _END]))
    return (
        _strengths(crc32(term.encode()) % _WORD_PLACES for term in chain(words, pairs)),
        _strengths(crc32(run.encode()) % _LETTER_PLACES + _WORD_PLACES for run in _runs(words)),
    )


def weighed(
    parts: Sequence[Mapping[int, float]], rarity: Numbers
) -> tuple[NDArray[np.intp], Numbers]:
    """Return places and their weights: rare ones weigh more, each block has length one."""
    places: list[NDArray[np.intp]] = []
    weights: list[Numbers] = []
    for part in parts:
        at = np.fromiter(part.keys(), dtype=np.intp, count=len(part))
        strong = np.fromiter(part.values(), dtype=np.float32, count=len(part)) * rarity[at]
        places.append(at)
        weights.append(strong / max(float(np.linalg.norm(strong)), 1e-9))
    return np.concatenate(places), np.concatenate(weights)


def _strengths(places: Iterator[int]) -> dict[int, float]:
    found: dict[int, int] = {}
    for place in places:
        found[place] = found.get(place, 0) + 1
    return {place: 1 + log(count) for place, count in found.items()}


def _runs(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            if len(padded) <= size:
                yield padded
                break
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))
