"""Papers: certificates asked for that a short course gives, and driving licences the work usually needs (derived).

A licence that the work cannot do without is a rule (`matcher.eligibility.vacancy`); here is what can be bridged.
"""

import numpy as np

from matcher.columns import Feature, Fits
from matcher.features.remember import remember
from matcher.pool.people import PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.requirements import LICENCES, load_tables, unmask

LIKELY = 0.6
"""A certificate that only the occupation implies, not the title, when it is missing (expert assumption)."""


def certificate_labels(mask: int) -> list[str]:
    """Return the German names of the certificates of a mask, in the order of their table."""
    return [entry.label for number, entry in enumerate(load_tables().certificates) if mask >> number & 1]


def missing_words(missing: int, count: int, known: bool) -> str:
    """Return the verb behind `count` names of papers: vorhanden where none is missing, fehlt or fehlen, klären."""
    if not missing:
        return "vorhanden"
    if not known:
        return "klären"
    return "fehlt" if count == 1 else "fehlen"


def missing_certificates(people: PersonColumns, pool: VacancyPool) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    """Return the mask of certificates a title asks for that somebody is known not to hold, shape (B, N)."""
    missing: np.ndarray[tuple[int, int], np.dtype[np.uint64]] = (
        pool.certificates[None, :] & ~people.certificates[:, None]
    )
    return missing


def compute_certificates(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where nothing is missing, 0 where a title asks for a missing one; NaN where unknown."""
    likely = pool.certificates_likely[None, :] & ~people.certificates[:, None]
    fit: Fits = np.where(missing_certificates(people, pool) != 0, 0.0, np.where(likely != 0, LIKELY, 1.0))
    asked = (pool.certificates | pool.certificates_likely) != 0
    fit[np.ix_(~people.certificates_known, asked)] = np.nan
    return fit


def say_certificates(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for certificates asked for: those that are missing, else those that are held."""
    asked = int(pool.certificates[row] | pool.certificates_likely[row])
    if not asked:
        return "kein besonderer Nachweis verlangt"
    missing, known = asked & ~int(people.certificates[b]), bool(people.certificates_known[b])
    names = certificate_labels(missing or asked)
    return f"{', '.join(names)}: {missing_words(missing, len(names), known) if known else 'Nachweise klären'}"


@remember
def compute_licence(people: PersonColumns, pool: VacancyPool) -> Fits:
    """Return 1 where no licence is likely needed or it is held, else 0; NaN where licences are unknown."""
    missing = pool.licences_likely[None, :] & ~people.licences[:, None]
    fit: Fits = np.where(missing != 0, 0.0, 1.0)
    fit[np.ix_(~people.licences_known, pool.licences_likely != 0)] = np.nan
    held = (pool.licences_likely[None, :] & ~people.licences[:, None]) == 0
    return np.where(held, 1.0, fit)


def say_licence(people: PersonColumns, pool: VacancyPool, b: int, row: int) -> str:
    """German words for a licence that such work usually needs."""
    likely = int(pool.licences_likely[row])
    if not likely:
        return "kein Führerschein vorausgesetzt"
    missing = likely & ~int(people.licences[b])
    names = unmask(missing or likely, LICENCES)
    state = missing_words(missing, len(names), bool(people.licences_known[b]))
    return f"Führerschein {', '.join(names)} meist nötig: {state}"


CERTIFICATES: Feature[PersonColumns, VacancyPool] = Feature(
    "certificates",
    ("certificates",),
    compute_certificates,
    say_certificates,
    ("certificates", "certificates_likely"),
    ("certificates", "certificates_known"),
    (("certificates", "certificates_likely"), ("certificates", "certificates_known")),
)
LICENCE: Feature[PersonColumns, VacancyPool] = Feature(
    "licence",
    ("driving_licences",),
    compute_licence,
    say_licence,
    ("licences_likely",),
    ("licences", "licences_known"),
    words=(("licences_likely",), ("licences", "licences_known")),
)
