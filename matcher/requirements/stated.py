"""What a vacancy reports in its own fields wins over what its title says or its occupation implies."""

from matcher.requirements.requirement import Requirements
from matcher.requirements.tables import certificate_mask
from matcher.requirements.vocabulary import DEMANDS, KINDS, LICENCES, TIMES, TRAITS, mask
from matcher.vacancy import Vacancy
from matcher.vocabulary import DAYS, GERMAN_LEVELS

FIELD = "Angabe in der Stelle"
_FLAGS = {
    "full_time": "full_time",
    "part_time": "part_time",
    "minijob": "minijob",
    "shift_work": "shift_work",
    "night_work": "night_work",
    "weekend_work": "weekend_work",
    "permanent": "permanent",
    "temp_agency": "temp_agency",
    "home_office": "home_office",
    "career_changers_welcome": "career_changers",
}
_TIMES_OF_FLAG = {"shift_work": ("early", "late"), "night_work": ("night",), "weekend_work": ("saturday",)}
_KINDS = {
    "ausbildung": "apprenticeship",
    "apprenticeship": "apprenticeship",
    "praktikum": "internship",
    "praktikum/trainee": "internship",
    "internship": "internship",
    "selbständigkeit": "self_employed",
    "selbstaendigkeit": "self_employed",
    "self_employed": "self_employed",
    "student": "student",
    "trainee": "trainee",
}


def apply_reported(found: Requirements, vacancy: Vacancy) -> None:
    """Overwrite derived values with reported ones; None in the vacancy leaves everything as it is."""
    for field, column in _FLAGS.items():
        value = getattr(vacancy, field)
        if value is not None:
            found.flags[column] = int(value)
            found.note(column, FIELD, True, FIELD)
            for name in _TIMES_OF_FLAG.get(field, ()):
                _set_time(found, name, float(value))
    _apply_hours(found, vacancy)
    _apply_windows(found, vacancy)
    _apply_requirements(found, vacancy)
    kind = _KINDS.get((vacancy.kind or "").casefold())
    if kind is not None:
        found.kind = KINDS.index(kind)


def _set_time(found: Requirements, name: str, value: float) -> None:
    position = TIMES.index(name)
    found.chances[position] = value
    found.time_stated |= 1 << position


def _apply_hours(found: Requirements, vacancy: Vacancy) -> None:
    low, high = vacancy.hours_min, vacancy.hours_max
    if low is not None or high is not None:
        found.hours_min = low if low is not None else float(high or 0.0)
        found.hours_max = high if high is not None else found.hours_min
        found.note("hours", FIELD, True, FIELD)


def _apply_windows(found: Requirements, vacancy: Vacancy) -> None:
    if vacancy.windows:
        found.from_minutes = min(window.from_minutes for window in vacancy.windows)
        found.until_minutes = max(window.until_minutes for window in vacancy.windows)
        found.days = mask((day for window in vacancy.windows for day in window.days), DAYS)
        found.note("window", FIELD, True, FIELD)


def _apply_requirements(found: Requirements, vacancy: Vacancy) -> None:
    if vacancy.german_level is not None:
        found.language, found.language_stated = GERMAN_LEVELS.index(vacancy.german_level), True
        found.note("language", FIELD, True, FIELD)
    if vacancy.driving_licences is not None:
        found.licences, found.licences_likely = mask(vacancy.driving_licences, LICENCES), 0
        found.note("licence", FIELD, True, FIELD)
    if vacancy.certificates is not None:
        found.certificates, found.certificates_likely = certificate_mask(vacancy.certificates), 0
    for demand in vacancy.demands or ():
        if demand in DEMANDS:
            found.demands |= mask((demand,), DEMANDS)
            found.note(demand, FIELD, True, FIELD)
        elif demand in TRAITS:
            found.stated |= mask((demand,), TRAITS)
