"""Which Berufsfelder an offer of training leads to, from its title; unknown where the title names no occupation.

So that a chain leads to work that fits the wish: an offer of another field is left aside for a person whose wished
fields are known. Nothing known excludes nothing.
"""

from collections.abc import Sequence

from matcher.models.foerderkette.actions import Action
from matcher.models.occupation import OccupationMatcher, berufsfelder_of
from matcher.programme import Offer

TEACHING = frozenset({"qualification", "short_course", "training"})
LEAST_CONFIDENCE = 0.6
"""Below this a title counts as naming no occupation (project assumption, 2026-11-20)."""


def offer_fields(
    offers: Sequence[Offer], actions: Sequence[Action], matcher: OccupationMatcher | None
) -> tuple[frozenset[str], ...]:
    """Berufsfelder of every offer, empty where none is known; only training has any."""
    teaching = {action.id for action in actions if action.kind in TEACHING}
    rows = [row for row, offer in enumerate(offers) if offer.programme_id in teaching]
    fields = [frozenset[str]()] * len(offers)
    for row, names in zip(rows, fields_of([offers[row].title for row in rows], matcher), strict=True):
        fields[row] = names
    return tuple(fields)


def fields_of(titles: Sequence[str], matcher: OccupationMatcher | None) -> list[frozenset[str]]:
    """Berufsfelder of what titles surely name, empty where they name nothing."""
    if matcher is None or not titles:
        return [frozenset()] * len(titles)
    sure = [
        [one.code for one in match.candidates if one.confidence >= LEAST_CONFIDENCE]
        for match in matcher.match(list(titles), top=2)
    ]
    return [frozenset(name for code in codes for name in berufsfelder_of(code)) for codes in sure]


def unfitting(fields: Sequence[frozenset[str]], wished: frozenset[str] | None) -> frozenset[int]:
    """Rows of offers that lead to another field than the wished ones."""
    if not wished:
        return frozenset()
    return frozenset(row for row, names in enumerate(fields) if names and not names & wished)
