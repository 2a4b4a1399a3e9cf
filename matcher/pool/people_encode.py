"""Encode persons as columns; one person is a block of one, and a block gives what its persons give alone."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from matcher.participant import Participant, Profile, Protected
from matcher.places import Places
from matcher.pool.people import People, PersonColumns, ProtectedColumns
from matcher.pool.people_occupations import encode_occupations
from matcher.pool.people_times import availability, care_windows
from matcher.pool.people_wishes import leads, regulated_rights, wish_masks
from matcher.pool.travel import load_travel
from matcher.pool.vacancy_encode import OccupationCoder
from matcher.pool.vacancy_text import trigrams
from matcher.requirements import DEMANDS, LICENCES, certificate_mask, included_licences, mask
from matcher.vocabulary import GERMAN_LEVELS, SCHOOL_ORDER, VOCATIONAL_ORDER, TransportMode

MODES: tuple[str, ...] = get_args(TransportMode)
WORK_PERMITS = {"none": 0, "approval_needed": 1, "unrestricted": 2}


def encode_people(profiles: Sequence[Profile], places: Places, matcher: OccupationCoder, today: dt.date) -> People:
    """Return the columns of these persons in the given order; `today` dates running experience."""
    people = [profile.participant for profile in profiles]
    columns: dict[str, Any] = {"ids": np.array([one.id for one in people], dtype=np.str_)}
    columns |= encode_occupations(people, matcher)
    columns |= _places(people, places)
    columns |= _facts(people, today)
    columns |= _rights(people)
    columns |= _times(profiles)
    columns |= _wishes(people)
    return People(PersonColumns(**columns), _protected([profile.protected for profile in profiles]))


def _flags(values: Sequence[int | bool | None]) -> NDArray[np.int8]:
    return np.array([-1 if value is None else int(value) for value in values], dtype=np.int8)


def _numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _date(value: dt.date | None) -> np.datetime64:
    return np.datetime64("NaT", "D") if value is None else np.datetime64(value, "D")


def _dates(values: Sequence[dt.date | None]) -> NDArray[np.datetime64]:
    return np.array([_date(value) for value in values], dtype="datetime64[D]")


def travel_mode(one: Participant) -> str | None:
    """Return how somebody travels: as stated, else a car of one's own with a licence, else public transport."""
    if one.transport_mode is not None:
        return one.transport_mode
    may_drive = one.driving_licence or (
        one.driving_licences is not None and "B" in included_licences(one.driving_licences)
    )
    if one.own_car and may_drive:
        return "car"
    return "public_transport" if one.own_car is False and one.public_transport_ok is not False else None


def _places(people: Sequence[Participant], places: Places) -> dict[str, Any]:
    points = [places.find(one.postal_code, one.place) for one in people]
    modes = [travel_mode(one) for one in people]
    travel = load_travel()
    speeds = [travel.modes[mode] if mode else None for mode in modes]
    return {
        "lat": _numbers([point[0] if point else None for point in points]),
        "lon": _numbers([point[1] if point else None for point in points]),
        "mode": _flags([MODES.index(mode) if mode else None for mode in modes]),
        "km_per_hour": _numbers([speed.km_per_hour if speed else None for speed in speeds]),
        "extra_minutes": _numbers([speed.extra_minutes if speed else None for speed in speeds]),
        "max_commute_minutes": _numbers([one.max_commute_minutes for one in people]),
        "own_car": _flags([one.own_car for one in people]),
    }


def _facts(people: Sequence[Participant], today: dt.date) -> dict[str, Any]:
    ever = [bool(one.experience) if one.experience is not None else one.ever_worked for one in people]
    student = [
        None if one.employment_status is None else one.employment_status in ("school", "training") for one in people
    ]
    unemployed = [one.unemployment_months is not None for one in people]
    return {
        "as_of": np.array([today] * len(people), dtype="datetime64[D]"),
        "school": _flags([SCHOOL_ORDER.get(one.school_leaving_level or "") for one in people]),
        "qualification": _flags([VOCATIONAL_ORDER.get(one.vocational_qualification or "") for one in people]),
        "language": _flags([GERMAN_LEVELS.index(one.german_level) if one.german_level else None for one in people]),
        "has_experience": _flags(ever),
        "leadership": _flags([leads(one) for one in people]),
        "student": _flags(
            [False if known is None and idle else known for known, idle in zip(student, unemployed, strict=True)]
        ),
        "hours_min": _numbers([_least_hours(one) for one in people]),
        "hours_max": _numbers([_most_hours(one) for one in people]),
        "no_proposals_until": _dates([one.no_proposals_until for one in people]),
    }


def _least_hours(one: Participant) -> float | None:
    return one.desired_hours_min if one.desired_hours_min is not None else one.desired_hours_max


def _most_hours(one: Participant) -> float | None:
    if one.desired_hours_max is not None:
        return one.desired_hours_max
    return one.weekly_hours_possible if one.weekly_hours_possible is not None else one.desired_hours_min


def _rights(people: Sequence[Participant]) -> dict[str, Any]:
    licences = [one.driving_licences for one in people]
    plain_b = [("B",) if one.driving_licences is None and one.driving_licence else () for one in people]
    certificates = [one.certificates for one in people]
    rights = [regulated_rights(one) for one in people]
    return {
        "licences": np.array(
            [
                mask(included_licences(extra if held is None else held), LICENCES)
                for held, extra in zip(licences, plain_b, strict=True)
            ],
            dtype=np.uint64,
        ),
        "licences_known": np.array(
            [held is not None or one.driving_licence is False for held, one in zip(licences, people, strict=True)],
            dtype=np.bool_,
        ),
        "certificates": np.array([certificate_mask(held or ()) for held in certificates], dtype=np.uint64),
        "certificates_known": np.array([held is not None for held in certificates], dtype=np.bool_),
        "regulated": np.array([right for right, _ in rights], dtype=np.uint64),
        "regulated_known": np.array([known for _, known in rights], dtype=np.bool_),
    }


def _times(profiles: Sequence[Profile]) -> dict[str, Any]:
    free = [availability(profile.participant) for profile in profiles]
    care = [care_windows(profile.household) for profile in profiles]
    return {
        "free_from": np.array([start for start, _ in free], dtype=np.int16).reshape(len(free), 7),
        "free_until": np.array([end for _, end in free], dtype=np.int16).reshape(len(free), 7),
        "needs_care": _flags([one.needed for one in care]),
        "care_from": np.array([one.start for one in care], dtype=np.int16).reshape(len(care), 7),
        "care_until": np.array([one.end for one in care], dtype=np.int16).reshape(len(care), 7),
        "care_fixed": _flags([one.fixed for one in care]),
    }


def _wishes(people: Sequence[Participant]) -> dict[str, Any]:
    found = [wish_masks(one) for one in people]
    return {
        "prefer": np.array([one.prefer for one in found], dtype=np.uint64),
        "avoid": np.array([one.avoid for one in found], dtype=np.uint64),
        "avoid_times": np.array([one.avoid_times for one in found], dtype=np.uint8),
        "wishes_known": np.array([bool(one.prefer or one.avoid or one.avoid_times) for one in found], dtype=np.bool_),
        "grams": tuple(
            tuple(np.array(trigrams(text), dtype=np.int32) for text in one.target_occupations or ()) for one in people
        ),
    }


def _permit(one: Protected) -> int | None:
    """Stated, else a question where the residence status or a limited permit makes it one (§ 4a AufenthG)."""
    if one.work_permit is not None:
        return WORK_PERMITS[one.work_permit]
    limited = one.work_permit_until is not None and one.residence_status not in ("german_citizen", "eu_citizen")
    return 1 if limited or one.residence_status in ("third_country", "asylum_seeker", "tolerated") else None


def _protected(facts: Sequence[Protected]) -> ProtectedColumns:
    return ProtectedColumns(
        np.array([mask(one.functional_limits or (), DEMANDS) for one in facts], dtype=np.uint64),
        np.array([one.functional_limits is not None for one in facts], dtype=np.bool_),
        _numbers([one.max_hours_per_week for one in facts]),
        _flags([_permit(one) for one in facts]),
        _dates([one.work_permit_until for one in facts]),
    )
