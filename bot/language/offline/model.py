"""What was learnt from the phrases: weights that tell how well a text fits each label.

A linear support vector machine, one label against the rest, over hashed words and letters. The
weights come as `weights.npz`, made by `python -m bot.language.offline.learn` in half a minute: to
read them takes hundredths of a second and neither scikit-learn nor a network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.offline.features import Numbers, blocks, weighed

FILE = "weights.npz"


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in small whole numbers with a scale per label, and how sure a margin makes.

    `words` are the words of the phrases with how often each is used; `fingerprint` tells which
    phrases it was learnt from.
    """

    labels: tuple[str, ...]
    rarity: Numbers
    weights: NDArray[np.int8]
    scales: Numbers
    biases: Numbers
    sharpness: float
    words: Mapping[str, int]
    fingerprint: str

    def scores(self, text: str) -> dict[str, float]:
        """Return how well a worded text fits each label; the exponentials compare as chances."""
        places, weights = weighed(blocks(text), self.rarity)
        sums = weights @ self.weights[places].astype(np.float32)
        margins = (sums * self.scales + self.biases) * self.sharpness
        return dict(zip(self.labels, margins.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write it, compressed."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            rarity=self.rarity.astype(np.float16),
            weights=self.weights,
            scales=self.scales,
            biases=self.biases,
            sharpness=np.array(self.sharpness),
            words=np.array(list(self.words)),
            counts=np.array(list(self.words.values()), dtype=np.int32),
            fingerprint=np.array(self.fingerprint),
        )


def load() -> Model:
    """Return the model that comes with Steward."""
    with as_file(files("bot.language.offline") / FILE) as path, np.load(path) as kept:
        counts = zip(kept["words"].tolist(), kept["counts"].tolist(), strict=True)
        return Model(
            labels=tuple(kept["labels"].tolist()),
            rarity=kept["rarity"].astype(np.float32),
            weights=kept["weights"],
            scales=kept["scales"],
            biases=kept["biases"],
            sharpness=float(kept["sharpness"]),
            words=dict(counts),
            fingerprint=str(kept["fingerprint"]),
        )
