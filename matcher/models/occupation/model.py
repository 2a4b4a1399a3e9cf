"""The built model of a register: documents by code, inverted index, word pairs, synonyms, prior, subword model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation.gender import GenderWords, learn_pairs
from matcher.models.occupation.index import NgramIndex, build_index
from matcher.models.occupation.normalise import query_words, title_words
from matcher.models.occupation.register import Title
from matcher.models.occupation.spelling import Speller, build_speller
from matcher.models.occupation.subword import SubwordModel

Distribution = Mapping[str, tuple[tuple[int, float], ...]]
"""Folded phrase -> (column of the code, share) pairs."""


@dataclass(frozen=True, slots=True)
class OccupationModel:
    """Documents are sorted by code; `first[c]` is the first document of code column c.

    `codes` [C] five digits, `documents` [D] folded titles, `titles` [D] as the register writes them,
    `group_first` [G] first column of every three-digit group, `group_of` [C] its number; `frequency` [C] log share of titles and survey answers of a code.
    """

    codes: tuple[str, ...]
    first: NDArray[np.int64]
    documents: tuple[str, ...]
    titles: tuple[str, ...]
    index: NgramIndex
    gender: GenderWords
    exact: Mapping[str, tuple[int, ...]]
    joined: Mapping[str, tuple[int, ...]]
    speller: Speller
    synonyms: Distribution
    prior: Distribution
    frequency: NDArray[np.float32]
    group_first: NDArray[np.int64]
    group_of: NDArray[np.int64]
    subword: SubwordModel | None


def documents_of(titles: Sequence[Title], added: Sequence[Title], gender: GenderWords) -> list[tuple[str, str, str]]:
    """Sorted, distinct (code, folded title, title as written); an added title yields to an equal one."""
    found: dict[tuple[str, str], str] = {}
    folded = [(row, " ".join(title_words(row.male, gender))) for row in (*titles, *added)]
    own = {words for _, words in folded[: len(titles)]}
    for place, (row, words) in enumerate(folded):
        if words and (place < len(titles) or words not in own):
            known = found.get((row.code, words))
            if known is None or (len(row.neutral), row.neutral) < (len(known), known):
                found[(row.code, words)] = row.neutral
    return sorted((code, words, written) for (code, words), written in found.items())


def build_model(
    titles: Sequence[Title],
    added: Sequence[Title] = (),
    synonyms: Sequence[tuple[str, tuple[str, ...]]] = (),
    prior: Sequence[tuple[str, str, float]] = (),
) -> OccupationModel:
    """Build everything but the subword model; `added` titles join those of the register. Deterministic."""
    gender = learn_pairs((row.male, row.female) for row in (*titles, *added))
    documents = documents_of(titles, added, gender)
    codes = tuple(sorted({code for code, _, _ in documents}))
    column = {code: place for place, code in enumerate(codes)}
    owner = np.array([column[code] for code, _, _ in documents], np.int64)
    texts = [words for _, words, _ in documents]
    counts = [(" ".join(query_words(key, gender)), code, count) for key, code, count in prior]
    return OccupationModel(
        codes=codes,
        first=np.searchsorted(owner, np.arange(len(codes))),
        documents=tuple(texts),
        titles=tuple(written for _, _, written in documents),
        index=build_index(texts),
        gender=gender,
        exact=places(texts),
        joined=places([joined_form(words) for words in texts]),
        speller=build_speller(texts),
        synonyms=_synonyms(synonyms, gender, column),
        prior=_shares(counts, column),
        frequency=_frequency(owner, counts, column),
        group_first=three_digit_groups(codes)[0],
        group_of=three_digit_groups(codes)[1],
        subword=None,
    )


def places(documents: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Folded title -> its document numbers."""
    found: dict[str, list[int]] = {}
    for number, words in enumerate(documents):
        found.setdefault(words, []).append(number)
    return {words: tuple(numbers) for words, numbers in found.items()}


def joined_form(words: str) -> str:
    """A folded title without regard to the order and joining of its words."""
    return "".join(sorted(words.split()))


def three_digit_groups(codes: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First column of every group and the group of every column; `codes` are sorted."""
    _, first, group = np.unique([code[:3] for code in codes], return_index=True, return_inverse=True)
    return first.astype(np.int64), group.astype(np.int64)


def owners(model: OccupationModel) -> NDArray[np.int64]:
    """Code column of every document, int64 [D]."""
    return np.repeat(np.arange(len(model.codes)), np.diff(np.append(model.first, len(model.documents))))


def _synonyms(
    rows: Sequence[tuple[str, tuple[str, ...]]], gender: GenderWords, column: Mapping[str, int]
) -> Distribution:
    """Everyday words; the first of several codes weighs most (1, 1/2, 1/3 ..., normalised)."""
    found: dict[str, tuple[tuple[int, float], ...]] = {}
    for text, codes in rows:
        known = [column[code] for code in codes if code in column]
        words = " ".join(query_words(text, gender))
        if known and words:
            total = sum(1 / (rank + 1) for rank in range(len(known)))
            found.setdefault(words, tuple((c, 1 / (rank + 1) / total) for rank, c in enumerate(known)))
    return found


def _shares(prior: Sequence[tuple[str, str, float]], column: Mapping[str, int]) -> Distribution:
    counts: dict[str, dict[int, float]] = {}
    for key, code, count in prior:
        if code in column and key:
            row = counts.setdefault(key, {})
            row[column[code]] = row.get(column[code], 0.0) + count
    shares: dict[str, tuple[tuple[int, float], ...]] = {}
    for key, row in counts.items():
        total = sum(row.values())
        shares[key] = tuple((c, n / total) for c, n in sorted(row.items()))
    return shares


def _frequency(
    owners: NDArray[np.int64], prior: Sequence[tuple[str, str, float]], column: Mapping[str, int]
) -> NDArray[np.float32]:
    counts = np.bincount(owners, minlength=len(column)).astype(np.float64)
    counts /= max(counts.sum(), 1.0)
    if prior:
        answers = np.zeros(len(column))
        for _, code, count in prior:
            if code in column:
                answers[column[code]] += np.log1p(count)
        counts = 0.5 * counts + 0.5 * answers / max(answers.sum(), 1.0)
    return np.log(counts + 1e-5).astype(np.float32)
