"""Rules of a vacancy about the person's rights and papers: licence, certificate, reserved occupation, language."""

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Rule, Verdicts
from matcher.features.papers import certificate_labels, missing_words
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.requirements import KINDS, LICENCES, load_tables, unmask
from matcher.results import MET, NOT_MET, UNKNOWN
from matcher.vocabulary import GERMAN_LEVELS


def _missing(lacks: NDArray[np.bool_], known: NDArray[np.bool_]) -> Verdicts:
    """Not met where something asked is known to be missing, unknown where nobody knows, else met."""
    verdicts: Verdicts = np.where(lacks, np.where(known[:, None], NOT_MET, UNKNOWN), MET).astype(np.uint8)
    return verdicts


def holds_licence(people: People, pool: VacancyPool) -> Verdicts:
    """The driving licence that the work itself is."""
    lacks = (pool.licences[None, :] & ~people.open.licences[:, None]) != 0
    return _missing(lacks, people.open.licences_known)


def say_licence(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for licences: those that are missing, else those that are needed and held."""
    needed = int(pool.licences[row])
    if not needed:
        return "Kein Führerschein verlangt"
    missing = needed & ~int(people.open.licences[b])
    names = unmask(missing or needed, LICENCES)
    state = missing_words(missing, len(names), bool(people.open.licences_known[b]))
    return f"Führerscheinklasse{'n' if len(names) > 1 else ''} {', '.join(names)} {state}"


def holds_certificate(people: People, pool: VacancyPool) -> Verdicts:
    """A certificate without which the work may not be done and that no short course gives."""
    hard = np.uint64(sum(1 << number for number, entry in enumerate(load_tables().certificates) if entry.excludes))
    lacks = pool.certificates[None, :] & ~people.open.certificates[:, None]
    known = people.open.certificates_known
    verdicts = _missing((lacks & hard) != 0, known)
    verdicts[(lacks != 0) & ~known[:, None]] = UNKNOWN
    return verdicts


def say_certificate(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for certificates: those that are missing, else those that are asked for and held."""
    needed = int(pool.certificates[row])
    if not needed:
        return "Kein besonderer Nachweis verlangt"
    missing = needed & ~int(people.open.certificates[b])
    names = certificate_labels(missing or needed)
    return f"{', '.join(names)} {missing_words(missing, len(names), bool(people.open.certificates_known[b]))}"


def may_exercise(people: People, pool: VacancyPool) -> Verdicts:
    """The law reserves the occupation for people with a given qualification; any of those named suffices."""
    lacks = (pool.regulated[None, :] & people.open.regulated[:, None]) == 0
    return _missing(lacks & (pool.regulated != 0)[None, :], people.open.regulated_known)


def say_regulated(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for reserved occupations: the one somebody may exercise, else all that are named."""
    needed = int(pool.regulated[row])
    if not needed:
        return "Kein reglementierter Beruf"
    entries = load_tables().regulated
    if held := needed & int(people.open.regulated[b]):
        return f"{entries[held.bit_length() - 1].label_de}: Berufsabschluss vorhanden"
    named = [entry for number, entry in enumerate(entries) if needed >> number & 1]
    labels = " oder ".join(entry.label_de for entry in named)
    norms = "; ".join(dict.fromkeys(entry.norm for entry in named))
    state = (
        "der vorgeschriebene Abschluss fehlt" if people.open.regulated_known[b] else "Abschluss oder Anerkennung klären"
    )
    verb = "sind" if ", " in labels or len(named) > 1 else "ist"
    return f"{labels} {verb} reglementiert ({norms}): {state}"


def speaks_stated_level(people: People, pool: VacancyPool) -> Verdicts:
    """The German level that the advertisement itself states."""
    asked = np.where(pool.language_stated, pool.language, -1)
    lacks = asked[None, :] > people.open.language[:, None]
    return _missing(lacks, people.open.language >= 0)


def say_language(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a stated level."""
    if not pool.language_stated[row]:
        return "Kein Sprachniveau verlangt"
    need = GERMAN_LEVELS[int(pool.language[row])]
    if people.open.language[b] < 0:
        return f"Deutsch {need} verlangt: Sprachstand klären"
    return f"Deutsch {need} verlangt, vorhanden {GERMAN_LEVELS[int(people.open.language[b])]}"


def fits_status(people: People, pool: VacancyPool) -> Verdicts:
    """A job for enrolled students only."""
    lacks = (pool.kind == KINDS.index("student"))[None, :] & (people.open.student != 1)[:, None]
    return _missing(lacks, people.open.student == 0)


def say_status(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for student jobs."""
    if pool.kind[row] != KINDS.index("student"):
        return "Keine Stelle nur für Studierende"
    return "Stelle nur für Studierende" if people.open.student[b] == 0 else "Stelle nur für Studierende: Status klären"


def may_work(people: People, pool: VacancyPool) -> Verdicts:
    """Work permit: none excludes, one that needs approval or is unclear is a question."""
    permit = people.protected.work_permit
    state = np.where(permit == 0, NOT_MET, np.where(permit == 1, UNKNOWN, MET)).astype(np.uint8)
    return np.broadcast_to(state[:, None], (len(people), len(pool))).copy()


def say_permit(people: People, pool: VacancyPool, b: int, row: int) -> str:
    """German words for the work permit."""
    words = {0: "Keine Arbeitserlaubnis", 1: "Arbeitserlaubnis: Zustimmung klären", 2: "Arbeitserlaubnis liegt vor"}
    return words.get(int(people.protected.work_permit[b]), "Arbeitserlaubnis nicht als Hindernis bekannt")


PERSON_RULES: tuple[Rule[People, VacancyPool], ...] = (
    Rule(
        "vacancy.licence",
        "FeV § 6; Titel der Anzeige",
        ("driving_licences",),
        holds_licence,
        say_licence,
        ("licences",),
        ("open.licences", "open.licences_known"),
    ),
    Rule(
        "vacancy.regulated",
        "catalog/vacancy_regulated.toml",
        ("vocational_qualification", "vocational_qualification_title"),
        may_exercise,
        say_regulated,
        ("regulated",),
        ("open.regulated", "open.regulated_known"),
    ),
    Rule(
        "vacancy.certificate",
        "catalog/vacancy_certificates.toml",
        ("certificates",),
        holds_certificate,
        say_certificate,
        ("certificates",),
        ("open.certificates", "open.certificates_known"),
    ),
    Rule(
        "vacancy.language",
        "Angabe der Anzeige",
        ("german_level",),
        speaks_stated_level,
        say_language,
        ("language", "language_stated"),
        ("open.language",),
    ),
    Rule(
        "vacancy.student_status",
        "Titel der Anzeige",
        ("employment_status",),
        fits_status,
        say_status,
        ("kind",),
        ("open.student",),
    ),
    Rule(
        "vacancy.work_permit", "AufenthG § 4a", ("work_permit",), may_work, say_permit, (), ("protected.work_permit",)
    ),
)
