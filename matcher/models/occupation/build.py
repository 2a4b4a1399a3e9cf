"""Builds the whole model of a set of sources: index and word lists at once, the subword model by training."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matcher.models.occupation.model import OccupationModel, build_model, owners
from matcher.models.occupation.sources import Sources, answer_weight, source_weights
from matcher.models.occupation.subword_fit import FitSettings, fit_settings, fit_subword


def build_trained(
    sources: Sources, progress: Callable[[float], None] | None = None, settings: FitSettings | None = None
) -> OccupationModel:
    """Model with subword part; deterministic for equal sources and settings."""
    model = build_untrained(sources)
    texts = list(model.documents)
    columns = list(owners(model).tolist())
    weights = [source_weights()["register"]] * len(texts)
    for words, shares in model.synonyms.items():
        for column, share in shares:
            texts.append(words)
            columns.append(column)
            weights.append(source_weights()["synonym"] * share)
    totals = _totals(sources)
    for words, shares in model.prior.items():
        for column, share in shares:
            texts.append(words)
            columns.append(column)
            weights.append(answer_weight(totals, share))
    subword = fit_subword(
        texts, np.array(columns, np.int64), np.array(weights), model.codes, settings or fit_settings(), progress
    )
    return replace(model, subword=subword)


def build_untrained(sources: Sources) -> OccupationModel:
    """Model without subword part: what the bundled register starts with."""
    return build_model(sources.base.titles, sources.added, sources.synonyms, sources.prior)


def _totals(sources: Sources) -> float:
    return 20.0 if sources.prior else 0.0
