"""What speaks for each code, one row of numbers per kind of evidence: float32 [kinds, codes]."""

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.model import Distribution, OccupationModel

KINDS = (
    "cosine", "cosine_beyond", "votes", "exact", "synonym", "prior", "prior_contained", "subword",
    "subword_group", "frequency",
)
"""Names of the rows, in order; weights per kind stand in `catalog/occupation_blend.toml`."""

SHARPNESS = 12.0
"""Exponent scale of votes: documents within about 0.1 of the best cosine count."""


def evidence(model: OccupationModel, words: str, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Evidence rows of one folded text, given its cosine with every document."""
    best = np.maximum.reduceat(cosines, model.first)
    rows = np.zeros((len(KINDS), len(model.codes)), np.float32)
    top = float(best.max())
    rows[0] = best
    rows[1] = np.maximum(best - 0.6, 0.0)
    votes = np.add.reduceat(np.exp(SHARPNESS * (cosines - top)), model.first)
    rows[2] = np.log(votes / votes.sum() + 1e-4)
    for document in model.exact.get(words, ()):
        rows[3, np.searchsorted(model.first, document, side="right") - 1] = 1.0
    _put(rows[4], model.synonyms, words)
    _put(rows[5], model.prior, words)
    if not rows[5].any():
        _contained(rows[6], model.prior, words)
    if model.subword is not None:
        rows[7] = np.maximum(model.subword.log_probabilities(words), -12.0)
    rows[9] = model.frequency
    return rows


def _put(row: NDArray[np.float32], table: Distribution, words: str) -> None:
    for column, share in table.get(words, ()):
        row[column] = share


def _contained(row: NDArray[np.float32], table: Distribution, words: str) -> None:
    """Shares of the longest known phrases inside the text."""
    parts = words.split()
    for length in range(len(parts) - 1, 0, -1):
        hits = [table[key] for at in range(len(parts) - length + 1)
                if (key := " ".join(parts[at : at + length])) in table]
        if hits:
            for hit in hits:
                for column, share in hit:
                    row[column] += share / len(hits)
            return


def best_documents(cosines: NDArray[np.float32], model: OccupationModel, columns: NDArray[np.int64]) -> list[int]:
    """Per code column the document with the highest cosine (the first of equals)."""
    ends = np.append(model.first, len(model.documents))
    return [int(model.first[c] + np.argmax(cosines[model.first[c] : ends[c + 1]])) for c in columns]
