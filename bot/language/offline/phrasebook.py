"""What people say for each tool: the phrases that the offline language learns from.

One file per label in `phrases/`, a phrase a line, with holes such as `{account}` for what varies.
A paragraph is one hand: phrases that one person wrote. `none` is what is not Steward's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from bot.language.offline.masking import mask_days
from bot.language.text import ACCOUNT, CHANNEL, DATE, PERSON, TIME, Masked

NONE = "none"
"""The label of what no tool answers."""

_HOLES = {
    "{account}": ACCOUNT,
    "{date}": DATE,
    "{person}": PERSON,
    "{time}": TIME,
    "{channel}": CHANNEL,
}
_REASONS = (
    "already done", "not relevant for them", "the data is wrong", "not now", "they are too small",
    "we did that last week", "no longer needed", "the champion left the company",
)  # fmt: skip
_OUTCOMES = (
    "they will renew", "call went well", "booked the QBR", "no answer", "Sarah is back",
    "they need more time", "meeting set", "she agreed to a training", "they are unhappy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to ask for a tool; `hand` tells whose words they are, 1 being the first's."""

    label: str
    text: str
    hand: int

    def masked(self, place: int) -> str:
        """Return the phrase as a reading would mask it; `place` varies what fills its holes."""
        return masked(self.text, place)


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases, label by label, in the order of the files."""
    return tuple(_read())


def masked(text: str, place: int = 0) -> str:
    """Return a text with holes as a reading would mask it."""
    for hole, mark in _HOLES.items():
        text = text.replace(hole, mark)
    text = text.replace("{reason}", _turn(_REASONS, place))
    return mask_days(Masked(text.replace("{outcome}", _turn(_OUTCOMES, place)))).text


def fingerprint() -> str:
    """Return what changes whenever a phrase does."""
    lines = (f"{phrase.label}\t{phrase.hand}\t{phrase.text}" for phrase in phrases())
    return sha256("\n".join(lines).encode()).hexdigest()


def _read() -> Iterator[Phrase]:
    folder = files("bot.language.offline") / "phrases"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        hands = file.read_text(encoding="utf-8").strip().split("\n\n")
        for number, hand in enumerate(hands, 1):
            for line in hand.splitlines():
                yield Phrase(file.name.removesuffix(".txt"), line, number)


def _turn(choices: Sequence[str], place: int) -> str:
    return choices[place % len(choices)]
