"""Which unknown facts the shown vacancies depend on: rules they leave open, and features they leave without a fit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from matcher.facts import PersonFacts
from matcher.features.vacancies import VACANCY_FEATURES
from matcher.labels import EXCHANGE_NAMES
from matcher.models.score import Weight
from matcher.results import Suggestion

READS = {feature.id: feature.fields for feature in VACANCY_FEATURES}


def unknown_fields(shown: Sequence[Suggestion], weights: Mapping[str, Weight], facts: PersonFacts) -> list[str]:
    """Names of facts to ask for, those that most shown vacancies depend on first, then by weight, ties by name."""
    count: Counter[str] = Counter()
    heaviest: dict[str, float] = {}
    for one in shown:
        found: dict[str, float] = {}
        for field, weight in _unknown(one, weights, facts):
            found[field] = max(weight, found.get(field, 0.0))
        count.update(found.keys())
        heaviest |= {field: max(weight, heaviest.get(field, 0.0)) for field, weight in found.items()}
    return sorted(count, key=lambda field: (-count[field], -heaviest[field], field))


def _unknown(one: Suggestion, weights: Mapping[str, Weight], facts: PersonFacts) -> Iterator[tuple[str, float]]:
    for verdict in one.verdicts:
        yield from ((field, 0.0) for field in verdict.to_ask)
    for feature in one.score.unknown():
        yield from ((field, weights[feature].weight) for field in READS[feature] if is_open(facts, field))


def is_open(facts: PersonFacts, field: str) -> bool:
    """Is the fact unknown, or known in part only (a child whose care nobody has asked about)?"""
    name = EXCHANGE_NAMES.get(field, field)
    value = facts(name)
    if name == "children" and value:
        return any(child.contract is None for child in value)
    return value is None
