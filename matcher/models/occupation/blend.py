"""Evidence -> calibrated confidence per code: a conditional logit with few weights (`catalog/occupation_blend.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.evidence import KINDS
from matcher.paths import catalog_path


@dataclass(frozen=True, slots=True)
class Blend:
    """Weights by kind of evidence; below `sure_from` the answer is marked unsure."""

    weights: NDArray[np.float64]
    sure_from: float

    def confidence(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Calibrated probability of each code, float64 [C]."""
        logits = self.weights @ rows
        logits -= logits.max()
        values = np.exp(logits)
        return np.asarray(values / values.sum())


@lru_cache(maxsize=8)
def load_blend(kind: str) -> Blend:
    """Weights of `catalog/occupation_blend.toml`: `bundled`, `register` or `register_prior`."""
    row = tomllib.loads((catalog_path() / "occupation_blend.toml").read_text("utf-8"))[kind]
    weights = np.array([float(row["weights"].get(name, 0.0)) for name in KINDS])
    return Blend(weights, float(row["sure_from"]))
