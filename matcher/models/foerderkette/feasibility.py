"""Which offers a person cannot take up: way, hours, fixed childcare; the rules of `matcher.eligibility.offer`.

Occupations play no part in it, so they are left out of the encoding. Language is asked in every state by the search.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.eligibility.offer import OFFER_RULES
from matcher.needs import Needs, NeedTable
from matcher.participant import Profile
from matcher.places import Places
from matcher.pool.offers import MeasurePool
from matcher.pool.people_encode import encode_people
from matcher.pool.seekers import MeasurePeople, Seekers
from matcher.pool.vacancy_encode import Match
from matcher.results import NOT_MET

SKIPPED = "offer.language"


class _NoTitles:
    """An occupation matcher that is never asked anything."""

    def match(self, texts: Sequence[str], top: int = 5) -> Sequence[Match]:
        """No texts, no matches."""
        return []


def blocked_offers(profile: Profile, places: Places, pool: MeasurePool, today: dt.date) -> frozenset[int]:
    """Rows of offers that a hard rule takes out for this person today."""
    people = _encode(profile, places, today)
    blocked = np.zeros(len(pool), dtype=np.bool_)
    for rule in OFFER_RULES:
        if rule.id != SKIPPED:
            blocked |= rule.check(people, pool)[0] == NOT_MET
    return frozenset(int(row) for row in np.flatnonzero(blocked) if pool.offer[row] >= 0)


def with_childcare(profile: Profile) -> Profile:
    """The profile once childcare is arranged: no contract limits the day any more."""
    return replace(profile, household=replace(profile.household, children=None, childcare_status="secured"))


def _encode(profile: Profile, places: Places, today: dt.date) -> MeasurePeople:
    bare = replace(
        profile.participant,
        target_occupations=(),
        target_occupation=None,
        experience=(),
        last_occupation=None,
        vocational_qualification_title=None,
        unfinished_training=None,
    )
    people = encode_people([replace(profile, participant=bare)], places, _NoTitles(), today)  # type: ignore[arg-type]
    one = np.zeros(1, dtype=np.int8)
    nothing = Needs(NeedTable((), (), ()), np.empty((1, 0)), ((),))
    seekers = Seekers(people.open, nothing, (None,), one - 1, (None,), (None,), one, one, one, one)
    return MeasurePeople(seekers, people.protected)
