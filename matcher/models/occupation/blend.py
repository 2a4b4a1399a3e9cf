"""Evidence -> calibrated confidence per code: a conditional logit per regime (`catalog/occupation_blend.toml`).

Three regimes, because the same similarity means different things: a title equal to one of the register, one
nearly equal (spelling, joined or swapped words), and any other. Learned by `benchmarks/occupation_blend.py`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import tomli
from numpy.typing import NDArray

from matcher.models.occupation.evidence import KINDS, ROW
from matcher.paths import catalog_path

REGIMES = ("equal", "near", "other")
NEAR_LETTERS = 0.25
"""From this value of the evidence `letters` a title counts as nearly equal to one of the register."""


def regime_of(rows: NDArray[np.float32]) -> int:
    """Which regime the evidence of a text falls under: place in REGIMES."""
    if rows[ROW["exact"]].any():
        return 0
    return 1 if rows[ROW["exact_near"]].any() or rows[ROW["letters"]].max() >= NEAR_LETTERS else 2


@dataclass(frozen=True, slots=True)
class Blend:
    """Weights [regimes, kinds of evidence]; below `sure_from` the answer is marked unsure.

    `said` is how far a curated everyday word is trusted where no title equals the text: its codes get this share
    of the confidence, so that "FISI" or "Trucker" mean what the list says whatever else is spelt alike.
    """

    weights: NDArray[np.float32]
    sure_from: float
    said: float

    def confidence(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Calibrated probability of each code, float64 [C]."""
        regime, said = regime_of(rows), rows[ROW["synonym"]]
        logits = self.weights[regime] @ rows
        values = np.exp(logits - logits.max())
        values /= values.sum()
        if regime and said.any():
            values = self.said * said + (1.0 - self.said) * values
        return np.asarray(values, dtype=np.float64)


@lru_cache(maxsize=8)
def load_blend(kind: str) -> Blend:
    """Weights of `catalog/occupation_blend.toml`: `bundled`, `register` or `register_prior`."""
    data = tomli.loads((catalog_path() / "occupation_blend.toml").read_text("utf-8"))
    weights = np.array([[float(data[kind][regime].get(name, 0.0)) for name in KINDS] for regime in REGIMES], np.float32)
    return Blend(weights, float(data["sure_from"]), float(data["said"]))
