"""Names with typos: the account whose name is the fewest slips of the finger away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.name_index import GENERIC, LEGAL, Index, Token, best, key_of
from storage.accounts import Named

_LONGEST = 3
_SHORTEST = 5
"""Letters that a name must have: four-letter words are one slip from too many others."""


@dataclass(frozen=True, slots=True)
class Typo:
    """Words that are nearly a name; `sure` when they are far from every other account's."""

    window: Sequence[Token]
    accounts: tuple[Named, ...]
    sure: bool
    distance: int


class Typos:
    """Finds nearly right names among the keys of an index."""

    def __init__(self, index: Index, ordinary: frozenset[str]) -> None:
        """Take the names to find, and the words that are no typos of anything."""
        self._index = index
        self._keys = list(index)
        self._ordinary = ordinary

    def find(self, tokens: Sequence[Token]) -> Typo | None:
        """Return the stretch with the fewest slips, the longer one of two; None if none is near."""
        found = [typo for window in self._windows(tokens) if (typo := self._nearest(window))]
        return min(found, key=lambda typo: (typo.distance, -len(typo.window)), default=None)

    def _nearest(self, window: Sequence[Token]) -> Typo | None:
        key = key_of(window)
        most = _tolerance(key)
        close = process.extract(
            key, self._keys, scorer=OSA.distance, score_cutoff=most + 1, limit=None
        )
        least = min((int(distance) for _, distance, _ in close), default=most + 1)
        if least > most:
            return None
        accounts = self._behind(name for name, distance, _ in close if distance == least)
        rivals = self._behind(name for name, distance, _ in close if distance <= least + 1)
        sure = len(rivals) == 1 and len(key) >= 6 + 4 * (least - 1)
        return Typo(window, accounts, sure, least)

    def _behind(self, keys: Iterable[str]) -> tuple[Named, ...]:
        accounts = [account for key in keys for account in best(self._index[key])]
        return tuple(dict.fromkeys(accounts))

    def _windows(self, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
        for place in range(len(tokens)):
            for size in range(1, min(_LONGEST, len(tokens) - place) + 1):
                window = tokens[place : place + size]
                if self._may_be_mistyped(window) and len(key_of(window)) >= _SHORTEST:
                    yield window

    def _may_be_mistyped(self, window: Sequence[Token]) -> bool:
        odd = [token.plain not in self._ordinary for token in window]
        if len(window) == 1:
            return odd[0]
        starts = odd[0] or len(window[0].text) >= _SHORTEST
        ends = odd[-1] or window[-1].plain in GENERIC or window[-1].plain in LEGAL
        return starts and any(odd) and (ends or len(window[-1].text) >= _SHORTEST)


def _tolerance(key: str) -> int:
    """Return how many slips a name of that length may have."""
    return 1 if len(key) < 8 else 2 if len(key) < 14 else 3
