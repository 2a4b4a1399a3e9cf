"""TF-IDF over character n-grams as an inverted index in numpy: cosine of a text with every title of a register."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.ngrams import counted, ngram_keys

GRAMS = (3, 4)


@dataclass(frozen=True, slots=True)
class NgramIndex:
    """Postings by n-gram: `keys` sorted [F]; `start` [F + 1]; `doc`, `weight` [P] (cosine-normalised); `idf` [F]."""

    keys: NDArray[np.uint64]
    idf: NDArray[np.float32]
    start: NDArray[np.int64]
    doc: NDArray[np.int32]
    weight: NDArray[np.float32]
    docs: int

    def vector(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Known n-grams of a folded text and their normalised weights; unknown ones lower the norm's share."""
        _, keys = ngram_keys([text], GRAMS, ())
        keys, counts = np.unique(keys, return_counts=True)
        if not keys.size or not self.keys.size:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        place = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        known = self.keys[place] == keys
        tf = (1 + np.log(counts)).astype(np.float32)
        unseen = float(self.idf.max()) * 0.75
        weights = tf * np.where(known, self.idf[place], unseen)
        norm = float(np.sqrt((weights**2).sum()))
        return place[known].astype(np.int64), (weights[known] / norm).astype(np.float32)

    def cosines(self, text: str) -> NDArray[np.float32]:
        """Cosine of `text` with each of the `docs` titles."""
        columns, weights = self.vector(text)
        starts, sizes = self.start[columns], self.start[columns + 1] - self.start[columns]
        total = int(sizes.sum())
        if total == 0:
            return np.zeros(self.docs, np.float32)
        shift = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        at = shift + np.arange(total)
        values = self.weight[at] * np.repeat(weights, sizes)
        return np.bincount(self.doc[at], values, self.docs).astype(np.float32)


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
    order = np.lexsort((rows, columns))
    start = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
    return NgramIndex(vocabulary, idf, start, rows[order], weights[order], len(texts))
