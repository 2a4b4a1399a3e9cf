"""TF-IDF over character n-grams as an inverted index in numpy: cosine of a text with every title of a register."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.ngrams import counted, ngram_keys

GRAMS = (3, 4)
SMALLEST_KEY, LARGEST_KEY = np.uint64(1 << 16), np.uint64(1 << 32)
"""Keys of three and four bytes lie between these."""
COMMON_SHARE, COMMON_LEAST = 0.05, 1000
"""N-grams in more than this share of the titles (and in more than this many) tell little and cost most: left out."""
UNKNOWN_SHARE = 0.75
"""Weight of an n-gram no title has, as a share of the largest weight."""


@dataclass(frozen=True, slots=True)
class NgramIndex:
    """Postings by n-gram: `keys` sorted [F]; `start` [F + 1]; `doc`, `weight` [P] (cosine-normalised); `idf` [F]."""

    keys: NDArray[np.uint64]
    idf: NDArray[np.float32]
    start: NDArray[np.int64]
    doc: NDArray[np.int32]
    weight: NDArray[np.float32]
    docs: int

    def vector(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Known n-grams of a folded text and their normalised weights; unknown ones count in the norm."""
        keys, counts = np.unique(keys[(keys >= SMALLEST_KEY) & (keys < LARGEST_KEY)], return_counts=True)
        if not keys.size or not self.keys.size:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        place = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        known = self.keys[place] == keys
        weights = (1 + np.log(counts)) * np.where(known, self.idf[place], self.idf.max() * UNKNOWN_SHARE)
        norm = float(np.sqrt((weights**2).sum()))
        return place[known].astype(np.int64), (weights[known] / norm).astype(np.float32)

    def cosines(self, keys: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Cosine of a text with each of the `docs` titles; `keys` are all its n-grams (`text_keys`)."""
        columns, weights = self.vector(keys)
        if not columns.size:
            return np.zeros(self.docs, np.float32)
        spans = list(zip(self.start[columns].tolist(), self.start[columns + 1].tolist(), strict=True))
        documents = np.concatenate([self.doc[begin:end] for begin, end in spans])
        values = np.concatenate(
            [self.weight[begin:end] * weight for (begin, end), weight in zip(spans, weights, strict=True)]
        )
        return np.bincount(documents, values, self.docs).astype(np.float32)


def build_index(texts: Sequence[str]) -> NgramIndex:
    """Index folded texts; the order of `texts` numbers the documents."""
    rows, keys = ngram_keys(texts, GRAMS, ())
    vocabulary, columns = np.unique(keys, return_inverse=True)
    rows, columns, counts = counted(rows, columns.astype(np.int64), vocabulary.size)
    frequency = np.bincount(columns, minlength=vocabulary.size)
    idf = (1 + np.log((1 + len(texts)) / (1 + frequency))).astype(np.float32)
    weights = (1 + np.log(counts)) * idf[columns]
    norms = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, len(texts)))
    weights = (weights / np.maximum(norms[rows], 1e-9)).astype(np.float32)
    common = frequency > max(COMMON_SHARE * len(texts), COMMON_LEAST)
    kept = ~common[columns]
    rows, columns, weights = rows[kept], columns[kept], weights[kept]
    order = np.lexsort((rows, columns))
    start = np.concatenate([[0], np.cumsum(np.where(common, 0, frequency))]).astype(np.int64)
    return NgramIndex(vocabulary, idf, start, rows[order], weights[order], len(texts))
