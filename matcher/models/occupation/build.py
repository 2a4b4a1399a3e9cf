"""Builds the whole model of a set of sources: index and word lists at once, the subword model by training."""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matcher.models.occupation.model import Distribution, OccupationModel, build_model, owners
from matcher.models.occupation.noise import misspelt
from matcher.models.occupation.normalise import query_words
from matcher.models.occupation.sources import Sources, source_weights
from matcher.models.occupation.subword_fit import FitSettings, fit_settings, fit_subword


@dataclass(slots=True)
class _Examples:
    """Training texts with the column of their code and their sampling weight."""

    texts: list[str] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, text: str, column: int, weight: float) -> None:
        self.texts.append(text)
        self.columns.append(column)
        self.weights.append(weight)

    def add_shares(self, table: Distribution, weight: Mapping[str, float]) -> None:
        for words, shares in table.items():
            for column, share in shares:
                self.add(words, column, weight[words] * share)


def build_trained(
    sources: Sources, progress: Callable[[float], None] | None = None, settings: FitSettings | None = None
) -> OccupationModel:
    """Model with subword part; deterministic for equal sources and settings."""
    settings = settings or fit_settings()
    model = build_untrained(sources)
    weights = source_weights()
    examples = _Examples()
    for words, column in zip(model.documents, owners(model).tolist(), strict=True):
        examples.add(words, column, weights["register"])
    examples.add_shares(model.synonyms, dict.fromkeys(model.synonyms, weights["synonym"]))
    counts = Counter[str]()
    for key, _, count in sources.prior:
        counts[" ".join(query_words(key, model.gender))] += count  # type: ignore[assignment]
    examples.add_shares(model.prior, {key: weights["prior"] * math.log1p(counts[key]) for key in model.prior})
    clean = len(examples.texts)
    copies = misspelt(model.documents, settings.seed)
    for words, column in zip(copies, owners(model).tolist(), strict=True):
        examples.add(words, column, weights["misspelt"])
    subword = fit_subword(
        examples.texts,
        np.array(examples.columns, np.int64),
        np.array(examples.weights),
        model.codes,
        settings,
        progress,
        clean,
    )
    return replace(model, subword=subword)


def build_untrained(sources: Sources) -> OccupationModel:
    """Model without subword part: what the bundled register starts with."""
    return build_model(sources.base.titles, sources.added, sources.synonyms, sources.prior)
