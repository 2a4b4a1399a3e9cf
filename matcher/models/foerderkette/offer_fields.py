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
    if matcher is None or not rows:
        return tuple(fields)
    for row, match in zip(rows, matcher.match([offers[row].title for row in rows], top=2), strict=True):
        sure = [one.code for one in match.candidates if one.confidence >= LEAST_CONFIDENCE]
        fields[row] = frozenset(name for code in sure for name in berufsfelder_of(code))
    return tuple(fields)


def unfitting(fields: Sequence[frozenset[str]], wished: frozenset[str] | None) -> frozenset[int]:
    """Rows of offers that lead to another field than the wished ones."""
    if not wished:
        return frozenset()
    return frozenset(row for row, names in enumerate(fields) if names and not names & wished)
