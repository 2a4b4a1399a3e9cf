"""Facts of a block of persons as columns, computed once each and only when a rule asks for them.

Encodings (DESIGN section 6): yes/no int8 with -1 unknown; numbers float64 with NaN; choices int16 with -1;
dates datetime64[D] with NaT; lists as tuples, None unknown. Fields named in a conflict count as unknown.
Fixed readings: `catalog/README.md`, derived facts; `age` counts completed years, so that "bis 30" includes 30.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.fields import FIELDS, FieldSpec
from matcher.participant import Profile
from matcher.participant_time import months_between
from matcher.vocabulary import LONG_TERM_UNEMPLOYED_MONTHS

LONG_TERM_BENEFIT_MONTHS = 21
"""21 of the last 24 months: document 001, form 26."""


class Facts:
    """Columns of facts over a block of profiles on one day; `today` is the day of the question."""

    def __init__(self, profiles: Sequence[Profile], today: dt.date) -> None:
        self.profiles = tuple(profiles)
        self.today = today
        self._columns: dict[str, Any] = {}
        self._raws: dict[str, list[Any]] = {}
        self._conflicts = [frozenset(f for c in p.conflicts for f in c.fields) for p in self.profiles]

    def __len__(self) -> int:
        return len(self.profiles)

    def column(self, name: str) -> Any:
        """The column of one fact, encoded by its kind; a list of tuples for list facts."""
        if name not in self._columns:
            spec = FIELDS[name]
            self._columns[name] = DERIVED[name](self) if spec.owner == "derived" else self._encode(spec)
        return self._columns[name]

    def value(self, name: str, b: int) -> Any:
        """The plain value of one fact of one person, None when unknown."""
        spec = FIELDS[name]
        if spec.owner != "derived" and name not in ENTAILED:
            return self._raw(spec)[b]
        found = self.column(name)[b]
        if spec.kind == "yes_no":
            return None if found < 0 else bool(found)
        return None if np.isnan(found) else float(found)

    def _raw(self, spec: FieldSpec) -> list[Any]:
        if spec.name not in self._raws:
            self._raws[spec.name] = self._read(spec)
        return self._raws[spec.name]

    def _read(self, spec: FieldSpec) -> list[Any]:
        values = []
        for profile, hidden in zip(self.profiles, self._conflicts, strict=True):
            holder: Any = getattr(profile, spec.owner)
            value = None if spec.name in hidden else getattr(holder, spec.name)
            values.append(math.floor(value) if spec.name == "age" and value is not None else value)
        return values

    def _encode(self, spec: FieldSpec) -> Any:
        raw = self._raw(spec)
        if spec.kind == "yes_no":
            column = np.array([-1 if v is None else int(v) for v in raw], dtype=np.int8)
            return _first_known(column, ENTAILED[spec.name](self)) if spec.name in ENTAILED else column
        if spec.kind == "number":
            return np.array([np.nan if v is None else float(v) for v in raw], dtype=np.float64)
        if spec.kind == "choice":
            code = {value: index for index, value in enumerate(spec.values)}
            return np.array([-1 if v is None else code[v] for v in raw], dtype=np.int16)
        if spec.kind == "date":
            return np.array(
                [np.datetime64("NaT") if v is None else np.datetime64(v) for v in raw], dtype="datetime64[D]"
            )
        return raw

    def choice_in(self, name: str, values: Sequence[str]) -> NDArray[np.int8]:
        """Yes/no column: is the choice one of `values`?"""
        codes = self.column(name)
        wanted = [FIELDS[name].values.index(value) for value in values]
        return np.where(codes < 0, -1, np.isin(codes, wanted)).astype(np.int8)

    def months_since(self, name: str) -> NDArray[np.float64]:
        """Calendar months from a date fact to today (negative before it), NaN where the date is unknown."""
        raw = self._raw(FIELDS[name])
        return np.array([np.nan if day is None else _months(day, self.today) for day in raw], dtype=np.float64)


def _months(day: dt.date, today: dt.date) -> float:
    return months_between(day, today) if day <= today else -months_between(today, day)


YesNo = NDArray[np.int8]

CORE: tuple[str, ...] = (
    "age",
    "german_level",
    "vocational_qualification",
    "employment_status",
    "unemployment_months",
    "target_occupations",
    "experience",
    "is_parent",
    "postal_code",
    "desired_hours_max",
    "health_limitation",
    "school_leaving_level",
)
"""Facts without which advice would be guesswork; how many are enough stands in `catalog/outcomes.toml`."""


def any_of(*columns: YesNo) -> YesNo:
    """Yes when one is yes, no when all are no, else unknown."""
    block = np.stack(columns)
    return np.where((block == 1).any(0), 1, np.where((block == 0).all(0), 0, -1)).astype(np.int8)


def _first_known(first: YesNo, second: YesNo) -> YesNo:
    return np.where(first >= 0, first, second).astype(np.int8)


def _at_least(column: NDArray[np.float64], limit: float) -> YesNo:
    return np.where(np.isnan(column), -1, column >= limit).astype(np.int8)


def _ages(facts: Facts) -> list[list[float] | None]:
    found: list[list[float] | None] = []
    for children, has in zip(facts.column("children"), facts.column("has_children"), strict=True):
        if children is None:
            found.append([] if has == 0 else None)
        else:
            found.append(None if any(child.age is None for child in children) else [child.age for child in children])
    return found


def _age_stat(stat: Callable[[list[float]], float]) -> Callable[[Facts], NDArray[np.float64]]:
    def column(facts: Facts) -> NDArray[np.float64]:
        return np.array([stat(a) if a else np.nan for a in _ages(facts)], dtype=np.float64)

    return column


def _children_count(facts: Facts) -> NDArray[np.float64]:
    raw = zip(facts.column("children"), facts.column("has_children"), strict=True)
    return np.array([float(len(c)) if c is not None else (0.0 if has == 0 else np.nan) for c, has in raw])


def _is_parent(facts: Facts) -> YesNo:
    count = _children_count(facts)
    return _first_known(np.where(np.isnan(count), -1, count > 0).astype(np.int8), facts.column("has_children"))


def _is_single_parent(facts: Facts) -> YesNo:
    parent, single = _is_parent(facts), facts.column("single_parent")
    return np.where(single >= 0, single, np.where(parent == 0, 0, -1)).astype(np.int8)


def _status(*values: str) -> Callable[[Facts], YesNo]:
    return lambda facts: facts.choice_in("employment_status", values)


def _minijob(facts: Facts) -> YesNo:
    """The flag and the status say the same; a Minijob beside another status is possible, so a yes wins."""
    status, flag = _status("minijob")(facts), facts.column("minijob")
    return np.where((status == 1) | (flag == 1), 1, _first_known(flag, status)).astype(np.int8)


def _self_employed(facts: Facts) -> YesNo:
    status, flag = _status("self_employed")(facts), facts.column("self_employed")
    return np.where((status == 1) | (flag == 1), 1, _first_known(flag, status)).astype(np.int8)


def _years_since_practice(facts: Facts) -> NDArray[np.float64]:
    months = facts.column("months_since_last_job")
    years = []
    for experience, since in zip(facts.column("experience"), months, strict=True):
        last = [item.last_year for item in experience or () if item.last_year is not None]
        years.append(float(max(0, facts.today.year - max(last))) if last else since / 12)
    return np.array(years, dtype=np.float64)


def _has_target(facts: Facts) -> YesNo:
    named = zip(
        *(facts.column(n) for n in ("target_occupations", "target_occupation", "occupational_field")), strict=True
    )
    answers = [1 if any(names) else (0 if names[0] is not None else -1) for names in named]
    return np.array(answers, dtype=np.int8)


def _known(facts: Facts, name: str, b: int) -> bool:
    return facts.value(name, b) is not None


def _topup_recent(facts: Facts) -> YesNo:
    months = facts.column("months_since_last_topup_job")
    return np.where(np.isnan(months), -1, months <= TOPUP_MONTHS).astype(np.int8)


def _has_car_licence(facts: Facts) -> YesNo:
    licences = facts.column("driving_licences")
    return np.array([-1 if held is None else int(bool(set(held) & CAR_LICENCES)) for held in licences], dtype=np.int8)


def _has_worked(facts: Facts) -> YesNo:
    return np.array([1 if practised else -1 for practised in facts.column("experience")], dtype=np.int8)


def _has_children(facts: Facts) -> YesNo:
    return np.array([-1 if known is None else int(bool(known)) for known in facts.column("children")], dtype=np.int8)


TOPUP_MONTHS = 60
CAR_LICENCES = frozenset({"B", "BE", "C1", "C", "CE", "D", "DE"})

ENTAILED: dict[str, Callable[[Facts], YesNo]] = {
    "topup_job_last_60_months": _topup_recent,
    "driving_licence": _has_car_licence,
    "ever_worked": _has_worked,
    "has_children": _has_children,
}
"""Yes/no facts that another fact answers where they themselves are not recorded."""


DERIVED: dict[str, Callable[[Facts], Any]] = {
    "long_term_unemployed": lambda f: _at_least(f.column("unemployment_months"), LONG_TERM_UNEMPLOYED_MONTHS),
    "long_term_benefit": lambda f: _at_least(f.column("benefit_months_last_24"), LONG_TERM_BENEFIT_MONTHS),
    "in_minijob": _minijob,
    "is_self_employed": _self_employed,
    "is_employed": lambda f: any_of(
        _status("sv_part_time", "sv_full_time")(f), f.column("in_minijob"), f.column("is_self_employed")
    ),
    "is_parent": _is_parent,
    "is_single_parent": _is_single_parent,
    "children_count": _children_count,
    "youngest_child_age": _age_stat(min),
    "oldest_child_age": _age_stat(max),
    "health_limitation": lambda f: any_of(f.column("health_limitation_physical"), f.column("psychological_limitation")),
    "psychological_limitation": lambda f: f.choice_in("health_limitation_psychological", ("suspected", "diagnosed")),
    "addiction_problem": lambda f: f.choice_in("addiction", ("suspected", "yes")),
    "has_migration_background": lambda f: any_of(f.column("migration_background"), f.column("refugee")),
    "no_usable_qualification": lambda f: f.choice_in("vocational_qualification", ("none", "not_usable")),
    "in_rehab": lambda f: f.choice_in("rehab_status", ("running", "pension_applied")),
    "contact_lost": lambda f: f.choice_in(
        "contact_avoidance", ("misses_appointments", "refuses_cooperation", "unreachable")
    ),
    "course_right_age_months": lambda f: f.months_since("integration_course_right_date"),
    "course_interrupted_months": lambda f: f.months_since("integration_course_interrupted_since"),
    "months_until_stage_end": lambda f: -f.months_since("jps_planned_end"),
    "months_until_course_end": lambda f: -f.months_since("integration_course_planned_end"),
    "months_until_training": lambda f: -f.months_since("training_contract_start"),
    "years_since_practice": _years_since_practice,
    "has_target": _has_target,
    "conflict_count": lambda f: np.array([float(len(p.conflicts)) for p in f.profiles]),
    "known_core_facts": lambda f: np.array([float(sum(_known(f, n, b) for n in CORE)) for b in range(len(f))]),
}
"""Facts computed from others; meanings in `catalog/README.md`."""
