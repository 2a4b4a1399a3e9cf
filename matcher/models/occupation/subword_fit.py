"""Fits the subword model on the user's machine: a shallow network over character n-grams, in numpy and scipy.

A text is the scaled sum of its n-grams' vectors; a code's output vector is the sum of vectors of its five,
four, three and two leading digits and of its requirement level, so that rare codes learn from their group.
Softmax loss, n-gram dropout, AdaGrad. Deterministic for a seed. Figures: `catalog/occupation_fit.toml`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import tomli
from numpy.typing import NDArray

from matcher.models.occupation.ngrams import ngram_keys
from matcher.models.occupation.subword import SubwordModel
from matcher.paths import catalog_path

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Size and course of the training; `epochs` counts passes over the weight of the rows."""

    dimensions: int
    epochs: float
    batch: int
    rate: float
    dropout: float
    seed: int


@lru_cache(maxsize=1)
def fit_settings() -> FitSettings:
    """Read `catalog/occupation_fit.toml`."""
    row = tomli.loads((catalog_path() / "occupation_fit.toml").read_text("utf-8"))["subword"]
    return FitSettings(
        int(row["dimensions"]),
        float(row["epochs"]),
        int(row["batch"]),
        float(row["rate"]),
        float(row["dropout"]),
        int(row["seed"]),
    )


class _Outputs:
    """Output vectors by level of the tree, with their AdaGrad sums."""

    def __init__(self, codes: Sequence[str], dimensions: int) -> None:
        from scipy.sparse import csr_matrix

        parts = [
            [*codes],
            [c[:4] for c in codes],
            [c[:3] for c in codes],
            [c[:2] for c in codes],
            [c[4:] for c in codes],
        ]
        self.groups = [np.unique(part, return_inverse=True)[1] for part in parts]
        sizes = [int(group.max()) + 1 for group in self.groups]
        self.vectors = [np.zeros((size, dimensions), np.float32) for size in sizes]
        self.sums = [np.full((size, 1), 1e-6, np.float32) for size in sizes]
        ones, columns = np.ones(len(codes), np.float32), np.arange(len(codes))
        self.gather = [
            csr_matrix((ones, (g, columns)), (s, len(codes))) for g, s in zip(self.groups, sizes, strict=True)
        ]

    def full(self) -> Floats:
        """Output vector of every code, [C, K]."""
        total = np.zeros((len(self.groups[0]), self.vectors[0].shape[1]), np.float32)
        for vectors, group in zip(self.vectors, self.groups, strict=True):
            total += vectors[group]
        return total

    def step(self, gradient: Floats, rate: float) -> None:
        """One AdaGrad step from the gradient of `full()`."""
        for place, gather in enumerate(self.gather):
            part = gather @ gradient
            self.sums[place] += np.square(part).mean(axis=1, keepdims=True)
            self.vectors[place] -= (rate / np.sqrt(self.sums[place])) * part


def fit_subword(
    texts: Sequence[str],
    columns: NDArray[np.int64],
    weights: NDArray[np.float64],
    codes: Sequence[str],
    settings: FitSettings,
    progress: Callable[[float], None] | None = None,
    clean: int | None = None,
) -> SubwordModel:
    """Train on folded `texts` with code `columns` and sampling `weights`; `progress` hears the share done.

    The vocabulary comes from the first `clean` texts (all by default); the rest are misspelt copies.
    """
    keys, rows = _rows(texts, len(texts) if clean is None else clean)
    rng = np.random.default_rng(settings.seed)
    embedding = (rng.standard_normal((keys.size, settings.dimensions)) * 0.05).astype(np.float32)
    sums = np.full(keys.size, 1e-6, np.float32)
    outputs = _Outputs(codes, settings.dimensions)
    bias = np.zeros(len(codes), np.float32)
    bias_sums = np.full(len(codes), 1e-6, np.float32)
    reach = np.cumsum(weights / weights.sum())
    steps = max(int(settings.epochs * weights.sum() / settings.batch), 1)
    for step in range(steps):
        rate = settings.rate * (1 - step / steps)
        picked = np.minimum(np.searchsorted(reach, rng.random(settings.batch)), len(texts) - 1)
        batch, features = _batch(rows[picked], rng, settings.dropout)
        vectors = embedding[features]
        hidden = batch @ vectors
        full = outputs.full()
        error = _softmax_error(hidden @ full.T + bias, columns[picked])
        outputs.step(error.T @ hidden, rate)
        slope = error.sum(axis=0)
        bias_sums += slope**2
        bias -= 0.1 * rate * slope / np.sqrt(bias_sums)
        gradient = batch.T @ (error @ full)
        sums[features] += np.square(gradient).mean(axis=1)
        embedding[features] = vectors - (rate / np.sqrt(sums[features]))[:, None] * gradient
        if progress is not None and step % 50 == 0:
            progress(step / steps)
    return SubwordModel(keys, embedding.astype(np.float16), np.ascontiguousarray(outputs.full().T), bias)


def _rows(texts: Sequence[str], clean: int) -> tuple[NDArray[np.uint64], Any]:
    """Vocabulary of the first `clean` texts' n-grams and the scaled count matrix [N, F] of all."""
    from scipy.sparse import csr_matrix

    rows, found = ngram_keys(texts)
    keys = np.unique(found[rows < clean])
    sizes = np.bincount(rows, minlength=len(texts))
    scale = (1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32)
    columns = np.minimum(np.searchsorted(keys, found), keys.size - 1)
    known = keys[columns] == found
    rows, columns = rows[known], columns[known]
    matrix = csr_matrix((scale[rows], (rows, columns)), (len(texts), keys.size), dtype=np.float32)
    matrix.sum_duplicates()
    return keys, matrix


def _batch(rows: Any, rng: np.random.Generator, dropout: float) -> tuple[Any, NDArray[np.int64]]:
    """The picked rows with n-grams dropped at random, over the features they use."""
    from scipy.sparse import csr_matrix

    kept = rng.random(rows.data.size) >= dropout
    values = (rows.data * kept / (1 - dropout)).astype(np.float32)
    features, columns = np.unique(rows.indices, return_inverse=True)
    return csr_matrix((values, columns, rows.indptr), (rows.shape[0], features.size)), features


def _softmax_error(logits: Floats, truth: NDArray[np.int64]) -> Floats:
    """Probabilities minus the truth: the gradient of the loss by the logits."""
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    logits[np.arange(len(truth)), truth] -= 1
    return logits
