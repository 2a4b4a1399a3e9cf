"""What speaks for each code, one row of numbers per kind of evidence: float32 [kinds, codes]."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from matcher.models.occupation.model import Distribution, OccupationModel, joined_form

KINDS = (
    "cosine",
    "cosine_high",
    "cosine_winner",
    "letters",
    "exact",
    "exact_near",
    "synonym",
    "synonym_contained",
    "prior",
    "prior_contained",
    "subword",
    "subword_group",
    "frequency",
)
"""Names of the rows, in order; weights per kind stand in `catalog/occupation_blend.toml`."""
ROW = {name: place for place, name in enumerate(KINDS)}

HIGH_COSINE = 0.75
WINNER_FROM = 0.55
COMPARED = 12
"""Codes whose best title is compared letter by letter."""
ALIKE = 0.7
LEAST_LOG = -12.0


def evidence(
    model: OccupationModel, words: str, keys: NDArray[np.uint64], cosines: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Evidence rows of one folded text, given its n-grams and its cosine with every document."""
    rows = np.zeros((len(KINDS), len(model.codes)), np.float32)
    best = np.maximum.reduceat(cosines, model.first)
    top = float(best.max())
    rows[ROW["cosine"]] = best
    rows[ROW["cosine_high"]] = np.maximum(best - HIGH_COSINE, 0.0)
    rows[ROW["cosine_winner"]] = (best - top) * max(top - WINNER_FROM, 0.0)
    _letters(rows[ROW["letters"]], model, words, cosines, best)
    _exact(rows[ROW["exact"]], rows[ROW["exact_near"]], model, words)
    _looked_up(rows[ROW["synonym"]], rows[ROW["synonym_contained"]], model.synonyms, words)
    _looked_up(rows[ROW["prior"]], rows[ROW["prior_contained"]], model.prior, words)
    if model.subword is not None:
        logs = model.subword.log_probabilities(keys)
        groups = np.add.reduceat(np.exp(logs), model.group_first)
        rows[ROW["subword"]] = np.maximum(logs, LEAST_LOG)
        rows[ROW["subword_group"]] = np.log(groups + 1e-5)[model.group_of]
    rows[ROW["frequency"]] = model.frequency
    return rows


def _exact(exact: NDArray[np.float32], near: NDArray[np.float32], model: OccupationModel, words: str) -> None:
    """Titles equal to the text; else equal but for spelling or for order and joining of the words."""
    documents = model.exact.get(words, ())
    row = exact
    if not documents:
        row = near
        corrected = " ".join(model.speller.corrected(words.split()))
        documents = model.joined.get(joined_form(words), ()) or model.joined.get(joined_form(corrected), ())
    for document in documents:
        row[np.searchsorted(model.first, document, side="right") - 1] = 1.0


def _letters(
    row: NDArray[np.float32],
    model: OccupationModel,
    words: str,
    cosines: NDArray[np.float32],
    best: NDArray[np.float32],
) -> None:
    """Share of equal letters in order, blanks ignored: finds misspellings and split or joined words."""
    count = min(COMPARED, best.size)
    columns = np.argpartition(best, best.size - count)[best.size - count :].astype(np.int64)
    query = words.replace(" ", "")
    for column, document in zip(columns, best_documents(cosines, model, columns), strict=True):
        alike = Indel.normalized_similarity(query, model.documents[document].replace(" ", ""))
        row[column] = max(alike - ALIKE, 0.0)


def _looked_up(whole: NDArray[np.float32], contained: NDArray[np.float32], table: Distribution, words: str) -> None:
    """Shares of the phrase, or else of the longest known phrases inside it."""
    if words in table:
        for column, share in table[words]:
            whole[column] = share
        return
    parts = words.split()
    for length in range(min(len(parts) - 1, 6), 0, -1):
        hits = [
            table[key] for at in range(len(parts) - length + 1) if (key := " ".join(parts[at : at + length])) in table
        ]
        for hit in hits:
            for column, share in hit:
                contained[column] += share / len(hits)
        if hits:
            return


def best_documents(cosines: NDArray[np.float32], model: OccupationModel, columns: NDArray[np.int64]) -> list[int]:
    """Per code column the document with the highest cosine (the first of equals)."""
    starts, last = model.first, len(model.first) - 1
    found = []
    for column in columns.tolist():
        begin = int(starts[column])
        end = int(starts[column + 1]) if column < last else cosines.size
        found.append(begin + int(cosines[begin:end].argmax()))
    return found
