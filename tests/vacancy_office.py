"""A handful of invented vacancies and persons for tests of the vacancy half; no register, no files."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from matcher.participant import Profile
from matcher.places import Places
from matcher.pool.people import People
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_encode import encode_vacancies
from matcher.read.profile import read_profile
from matcher.vacancy import Employer, Vacancy

TODAY = dt.date(2025, 9, 20)
HOME = (49.9, 10.9)
KM_PER_DEGREE = 111.195
PLACES = Places.from_rows([("10000", "Heimstadt", *HOME)])

CODES = {
    "lagerhelfer": "51311",
    "fachkraft - lagerlogistik": "51312",
    "gabelstaplerfahrer": "52531",
    "verkäufer": "62102",
    "reinigung": "54101",
    "pflegefachkraft": "81302",
    "altenpflegehelfer": "82101",
    "berufskraftfahrer": "52122",
    "elektroniker": "26302",
    "bürokauf": "71402",
    "koch": "29302",
    "bäcker": "29222",
    "erzieher": "83113",
    "kinderpfleger": "83112",
    "produktionshelfer": "25101",
    "ingenieur": "26304",
}
"""What the stand-in for the occupation matcher knows: a word of the text and its code."""


@dataclass(frozen=True)
class Candidate:
    """One reading."""

    code: str
    confidence: float


@dataclass(frozen=True)
class Match:
    """One answer."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Model:
    """Codes the stand-in can answer with."""

    codes: tuple[str, ...] = tuple(sorted(set(CODES.values())))


@dataclass(frozen=True)
class Coder:
    """A stand-in for the occupation matcher: the first known word decides."""

    model: Model = field(default_factory=Model)

    def match(self, texts: Sequence[str], top: int = 5) -> list[Match]:
        """Read texts by their first known word."""
        return [self._match(text) for text in texts]

    def _match(self, text: str) -> Match:
        found = [code for word, code in CODES.items() if word in text.lower()]
        return Match((Candidate(found[0], 0.9),) if found else ())


def vacancy(title: str, label: str | None = None, km: float = 3.0, **facts: Any) -> Vacancy:
    """An invented vacancy `km` straight kilometres north of home."""
    known: dict[str, Any] = {
        "id": f"v-{title}-{km}",
        "title": title,
        "occupation_label": label or title,
        "lat": HOME[0] + km / KM_PER_DEGREE,
        "lon": HOME[1],
        "published_on": dt.date(2025, 9, 10),
    }
    return Vacancy(**(known | facts))


def pool(*vacancies: Vacancy, employers: Sequence[Employer] = ()) -> VacancyPool:
    """Encode vacancies."""
    return encode_vacancies(vacancies, Coder(), TODAY, PLACES, {employer.id: employer for employer in employers})


def profile(**facts: Any) -> Profile:
    """A person in the exchange format; what is not given is unknown."""
    return read_profile({"profile_id": "p1", "as_of": TODAY.isoformat()} | facts, today=TODAY)


def people(*profiles: Profile) -> People:
    """Encode persons; home is the only known place."""
    return encode_people(profiles, PLACES, Coder(), TODAY)


KNOWN: dict[str, Any] = {
    "postal_code": "10000",
    "transport_mode": "car",
    "max_commute_minutes": 30,
    "german_level": "native",
    "driving_licences": ["B"],
    "certificates": [],
    "functional_limits": [],
    "desired_hours_min": 35,
    "desired_hours_max": 40,
    "available_window": {"from": "06:00", "until": "18:00", "days": "mon-fri"},
    "children_ages": [],
    "target_occupations": ["Lagerhelfer"],
    "vocational_qualification": "none",
    "experience": [{"title": "Lagerhelfer", "years": 2, "last_year": 2024}],
    "unemployment_months": 5,
    "work_permit": "unrestricted",
}
"""Somebody of whom everything is known that vacancies ask for."""


def known(**facts: Any) -> Profile:
    """Somebody well known, with some facts of their own."""
    return profile(**(KNOWN | facts))
