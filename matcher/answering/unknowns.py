"""Which unknown facts the shown vacancies depend on: rules they leave open, and features they leave without a fit."""

from collections.abc import Iterator, Sequence

import numpy as np

from matcher.answering.vacancies import VacancyRanking
from matcher.classes import Index
from matcher.eligibility.open_fields import open_fields
from matcher.facts import PersonFacts
from matcher.labels import EXCHANGE_NAMES


def unknown_fields(ranking: VacancyRanking, facts: PersonFacts, top: int | None) -> list[str]:
    """Names of facts to ask for, those that most shown vacancies depend on first, then by weight, ties by name."""
    rows = np.array(ranking.rows if top is None else ranking.rows[:top], dtype=np.intp)
    found: dict[str, tuple[int, float]] = {}
    for fields, count, weight in (*_open_rules(ranking, rows), *_unknown_fits(ranking, rows, facts)):
        for field in fields:
            most, heaviest = found.get(field, (0, 0.0))
            found[field] = max(most, count), max(heaviest, weight)
    return sorted(found, key=lambda field: (-found[field][0], -found[field][1], field))


def is_open(facts: PersonFacts, field: str) -> bool:
    """Is the fact unknown, or known in part only (a child whose care nobody has asked about)?"""
    name = EXCHANGE_NAMES.get(field, field)
    value = facts(name)
    if name == "children" and value:
        return any(child.contract is None for child in value)
    return value is None


def _open_rules(ranking: VacancyRanking, rows: Index) -> Iterator[tuple[Sequence[str], int, float]]:
    checked = ranking.vacancies.checked
    asked = [rule for rules in checked.open_rules(ranking.b, rows) for rule in rules]
    for number in sorted(set(asked)):
        fields = open_fields(checked.people, ranking.b, checked.rules[number].fields)
        yield fields, asked.count(number), 0.0


def _unknown_fits(
    ranking: VacancyRanking, rows: Index, facts: PersonFacts
) -> Iterator[tuple[Sequence[str], int, float]]:
    scored = ranking.vacancies.scored
    for feature, fits, of_row in zip(scored.features, scored.fits, scored.of_row, strict=True):
        shown = fits[ranking.b].take(rows if of_row is None else of_row.take(rows))
        if count := int(np.isnan(shown).sum()):
            fields = [field for field in feature.fields if is_open(facts, field)]
            yield fields, count, scored.weights.by_feature[feature.id].weight
