"""From texts to occupations: the public matcher over one active register."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.blend import Blend
from matcher.models.occupation.evidence import ROW, best_documents, evidence
from matcher.models.occupation.model import OccupationModel
from matcher.models.occupation.ngrams import text_keys
from matcher.models.occupation.normalise import query_words
from matcher.models.occupation.values import OccupationCandidate, OccupationMatch, RegisterInfo

CHUNK = 256
"""Texts whose n-grams are found together."""


@dataclass(frozen=True, slots=True)
class OccupationMatcher:
    """Codes free text after KldB 2010. Bulk is the normal case; equal texts are coded once."""

    model: OccupationModel
    blend: Blend
    register: RegisterInfo

    def match(self, texts: Sequence[str], top: int = 5) -> list[OccupationMatch]:
        """One answer per text, in order; up to `top` candidates, best first.

        Texts without a word that could name an occupation get no candidates and `unsure`.
        """
        distinct = list(dict.fromkeys(texts))
        known: dict[str, OccupationMatch] = {}
        for start in range(0, len(distinct), CHUNK):
            known.update(self._chunk(distinct[start : start + CHUNK], top))
        return [known[text] for text in texts]

    def _chunk(self, texts: list[str], top: int) -> dict[str, OccupationMatch]:
        words = [" ".join(query_words(text, self.model.gender)) for text in texts]
        keys = text_keys(words)
        return {t: self._match(t, w, k, top) for t, w, k in zip(texts, words, keys, strict=True)}

    def _match(self, text: str, words: str, keys: NDArray[np.uint64], top: int) -> OccupationMatch:
        if not words or not self.model.codes:
            return self._no_idea(text)
        cosines = self.model.index.cosines(keys)
        rows = evidence(self.model, words, keys, cosines)
        if not _tells(rows, self.model):
            return self._no_idea(text)
        confidence = self.blend.confidence(rows)
        order = _largest(confidence, top)
        documents = best_documents(cosines, self.model, order)
        candidates = tuple(
            OccupationCandidate(self.model.codes[c], self.model.titles[d], round(float(confidence[c]), 4))
            for c, d in zip(order, documents, strict=True)
        )
        unsure = candidates[0].confidence < self.blend.sure_from
        return OccupationMatch(text, candidates, candidates[0].level, self.register.fassung, unsure)

    def _no_idea(self, text: str) -> OccupationMatch:
        return OccupationMatch(text, (), None, self.register.fassung, True)


def _tells(rows: NDArray[np.float32], model: OccupationModel) -> bool:
    """Whether anything in the text was recognised."""
    told = ("cosine", "synonym", "synonym_contained", "prior", "prior_contained")
    return any(bool(rows[ROW[kind]].any()) for kind in told) and bool(model.codes)


def _largest(values: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Columns of the largest values, largest first, ties by column."""
    count = min(count, values.size)
    if count <= 0:
        return np.empty(0, np.int64)
    limit = np.partition(values, values.size - count)[values.size - count]
    columns = np.flatnonzero(values >= limit)
    return columns[np.lexsort((columns, -values[columns]))][:count]
