"""Encode vacancies as columns: requirements, occupations, texts; once per pool, reused by every question."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation import nearness_matrix
from matcher.places import Places
from matcher.pool.coordinates import Spot, coordinates
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_text import index
from matcher.requirements import TIMES, Requirements, derive
from matcher.vacancy import Employer, Vacancy
from matcher.vocabulary import SCHOOL_ORDER

TITLE_READINGS = 2
"""How many readings of a title are kept beside the occupation label."""
LEAST_CONFIDENCE = 0.05
TITLE_SHARE = 0.6
"""How much a surely read title counts against the occupation label."""
NO_DATE = np.datetime64("NaT", "D")
GERMANY = frozenset({"deutschland", "germany", "de", "d"})
"""Names of the country whose postal codes the list of places holds; no name means the same."""


class Candidate(Protocol):
    """One reading of a title: KldB code and confidence."""

    @property
    def code(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class Match(Protocol):
    """The occupation matcher's answer for one text."""

    @property
    def candidates(self) -> Sequence[Candidate]: ...


class Register(Protocol):
    """The codes a matcher can answer with."""

    @property
    def codes(self) -> Sequence[str]: ...


class OccupationCoder(Protocol):
    """What encoding needs of the occupation matcher."""

    @property
    def model(self) -> Register: ...

    def match(self, texts: Sequence[str], top: int = 5) -> Sequence[Match]: ...


def encode_vacancies(
    vacancies: Sequence[Vacancy],
    matcher: OccupationCoder,
    today: dt.date,
    places: Places,
    employers: Mapping[str, Employer] | None = None,
) -> VacancyPool:
    """Return the pool of these vacancies in ascending id order; the order of the input changes nothing.

    `places` tells where vacancies without coordinates lie. `employers` (by id) brings pauses and reply counts.
    A repeated id keeps the last vacancy given.
    """
    rows = [vacancy for _, vacancy in sorted({vacancy.id: vacancy for vacancy in vacancies}.items())]
    codes, code_of, code_weight = _occupations(rows, matcher)
    found = [
        derive(vacancy, codes[code_of[row, 0]] if code_of[row, 0] >= 0 else None) for row, vacancy in enumerate(rows)
    ]
    staff = employers or {}
    columns: dict[str, Any] = {"codes": _texts(codes), "code_of": code_of, "code_weight": code_weight}
    columns |= _nearness(sorted({*matcher.model.codes, *codes}), codes)
    columns |= _reported(rows, [staff.get(vacancy.employer_id or "") for vacancy in rows])
    columns["lat"], columns["lon"] = coordinates([_spot(row) for row in rows], places)
    columns |= _required(found)
    columns |= _evidence(found)
    columns["open_until"] = _dates(
        [
            min(filter(None, (vacancy.open_until, need.ends_on)), default=None)
            for vacancy, need in zip(rows, found, strict=True)
        ]
    )
    words = [f"{vacancy.title} {vacancy.occupation_label or ''}" for vacancy in rows]
    columns |= dict(
        zip(("posting_start", "posting_row", "posting_weight", "trigram_weight"), index(words), strict=True)
    )
    return VacancyPool(today=np.array([today], dtype="datetime64[D]"), **columns)


def _texts(values: Sequence[str | None]) -> NDArray[np.str_]:
    return np.array([value or "" for value in values], dtype=np.str_) if values else np.array([], dtype="U1")


def _flags(values: Sequence[int | bool | None]) -> NDArray[np.int8]:
    return np.array([-1 if value is None else int(value) for value in values], dtype=np.int8)


def _numbers(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _dates(values: Sequence[dt.date | None]) -> NDArray[np.datetime64]:
    return np.array(
        [NO_DATE if value is None else np.datetime64(value, "D") for value in values], dtype="datetime64[D]"
    )


def _masks(values: Sequence[int]) -> NDArray[np.uint64]:
    return np.array(values, dtype=np.uint64)


def _spot(row: Vacancy) -> Spot:
    """What is known of where a vacancy lies; a foreign postal code or place is none of the list of places."""
    here = row.country is None or row.country.strip().casefold() in GERMANY
    return row.lat, row.lon, row.postal_code if here else None, row.place if here else None


def _reported(rows: Sequence[Vacancy], employers: Sequence[Employer | None]) -> dict[str, Any]:
    """Columns taken over as reported."""
    sent = [employer.proposals_sent if employer else None for employer in employers]
    replies = [employer.replies if employer else None for employer in employers]
    return {
        "ids": _texts([row.id for row in rows]),
        "titles": _texts([row.title for row in rows]),
        "labels": _texts([row.occupation_label for row in rows]),
        "employers": _texts([row.employer_name for row in rows]),
        "employer_ids": _texts([row.employer_id for row in rows]),
        "places": _texts([row.place for row in rows]),
        "urls": _texts([row.url for row in rows]),
        "published_on": _dates([row.published_on for row in rows]),
        "starts_on": _dates([row.starts_on for row in rows]),
        "paused_until": _dates([employer.paused_until if employer else None for employer in employers]),
        "reply_rate": _numbers(
            [reply / total if total and reply is not None else None for reply, total in zip(replies, sent, strict=True)]
        ),
        "replies_n": np.array([total or 0 for total in sent], dtype=np.int32),
        "wage_eur_per_hour": _numbers([row.wage_eur_per_hour for row in rows]),
        "school": _flags([SCHOOL_ORDER.get(row.school_leaving_level or "") for row in rows]),
    }


def _required(found: Sequence[Requirements]) -> dict[str, Any]:
    """Columns of what is asked for, stated or derived."""
    columns: dict[str, Any] = {
        name: _flags([need.flags.get(name) for need in found])
        for name in (
            "full_time",
            "part_time",
            "minijob",
            "shift_work",
            "night_work",
            "weekend_work",
            "permanent",
            "temp_agency",
            "home_office",
            "career_changers",
        )
    }
    for name in ("level", "kind", "language"):
        columns[name] = _flags([getattr(need, name) for need in found])
    for name in (
        "stated",
        "derived",
        "licences",
        "licences_likely",
        "certificates",
        "certificates_likely",
        "demands",
        "demands_possible",
        "regulated",
    ):
        columns[name] = _masks([getattr(need, name) for need in found])
    for name in ("hours_min", "hours_max", "part_time_chance", "minijob_chance", "entry", "entry_academic"):
        columns[name] = _numbers([getattr(need, name) for need in found])
    for name in ("from_minutes", "until_minutes"):
        columns[name] = np.array([getattr(need, name) for need in found], dtype=np.int16)
    columns["days"] = np.array([need.days for need in found], dtype=np.uint8)
    columns["time_chance"] = np.array([need.chances for need in found], dtype=np.float64).reshape(
        len(found), len(TIMES)
    )
    columns["time_stated"] = np.array([need.time_stated for need in found], dtype=np.uint8)
    columns["language_stated"] = np.array([need.language_stated for need in found], dtype=np.bool_)
    return columns


def _evidence(found: Sequence[Requirements]) -> dict[str, Any]:
    sizes = np.array([len(need.evidence) for need in found], dtype=np.int64)
    entries = [entry for need in found for entry in need.evidence]
    names, name_of = np.unique(_texts([entry.name for entry in entries]), return_inverse=True)
    sources, source_of = np.unique(_texts([entry.source for entry in entries]), return_inverse=True)
    return {
        "names": names,
        "sources": sources,
        "evidence_start": np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        "evidence_name": name_of.astype(np.int16),
        "evidence_words": _texts([entry.words[:60] for entry in entries]),
        "evidence_stated": np.array([entry.stated for entry in entries], dtype=np.bool_),
        "evidence_source": source_of.astype(np.int16),
    }


def _nearness(have: list[str], codes: list[str]) -> dict[str, Any]:
    """Nearness of every code a person can have to the pool's, with and without requirement levels."""
    near = np.nan_to_num(nearness_matrix(have, codes))
    groups = sorted({code[:4] for code in have})
    of_group = np.searchsorted(groups, [code[:4] for code in have])
    field = np.zeros((len(groups), len(codes)))
    for level in "1234":
        one = nearness_matrix([f"{group}{level}" for group in groups], codes)
        field = np.maximum(field, np.nan_to_num(one))
    return {"near_codes": _texts(have), "near": near, "near_field": field[of_group]}


def _unique_matches(texts: Sequence[str], matcher: OccupationCoder, top: int) -> Callable[[str], Match | None]:
    distinct = sorted({text for text in texts if text})
    known = dict(zip(distinct, matcher.match(distinct, top=top), strict=True)) if distinct else {}
    return known.get


def _occupations(
    rows: Sequence[Vacancy], matcher: OccupationCoder
) -> tuple[list[str], NDArray[np.int32], NDArray[np.float64]]:
    """Return the distinct codes, and per vacancy: label (or reported code) first, then readings of the title."""
    of_label = _unique_matches([row.occupation_label or "" for row in rows], matcher, 1)
    of_title = _unique_matches([row.title for row in rows], matcher, TITLE_READINGS)
    picked: list[list[tuple[str, float]]] = []
    for row in rows:
        label = of_label(row.occupation_label or "")
        first = (row.occupation_code, 1.0) if row.occupation_code else None
        if first is None and label is not None and label.candidates:
            first = (label.candidates[0].code, label.candidates[0].confidence)
        title = of_title(row.title)
        readings = [(one.code, one.confidence) for one in title.candidates[:TITLE_READINGS]] if title else []
        picked.append([first or ("", 0.0), *readings])
    codes = sorted({code for row in picked for code, _ in row if code})
    position = {code: number for number, code in enumerate(codes)}
    code_of = np.full((len(rows), 1 + TITLE_READINGS), -1, dtype=np.int32)
    weight = np.zeros((len(rows), 1 + TITLE_READINGS))
    for number, row_codes in enumerate(picked):
        for column, (code, confidence) in enumerate(row_codes):
            if code and confidence >= LEAST_CONFIDENCE:
                code_of[number, column] = position[code]
                weight[number, column] = confidence
    return codes, code_of, _shares(weight)


def _shares(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn confidences into shares that sum to 1: the title counts more the surer its reading is."""
    title = weight[:, 1:]
    sure = title.max(axis=1, initial=0.0)
    share = np.where(weight[:, 0] > 0, np.clip(TITLE_SHARE * sure, 0.0, TITLE_SHARE), 1.0)
    total = np.maximum(title.sum(axis=1), 1e-9)
    shares = np.empty_like(weight)
    shares[:, 0] = np.where(weight[:, 0] > 0, 1.0 - share, 0.0)
    shares[:, 1:] = title / total[:, None] * share[:, None]
    return shares
