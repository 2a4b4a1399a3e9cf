"""The pool of vacancies: one row per vacancy, everything rules and features read as columns, encoded once.

Encodings of DESIGN section 6: yes/no int8 with -1, numbers float64 with NaN, ordinals int8 with -1, sets as
uint64 mask, times int16 minutes with -1, dates datetime64[D]. Masks follow `matcher.requirements.vocabulary`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.str_]
Flags = NDArray[np.int8]
Masks = NDArray[np.uint64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class VacancyPool:
    """Columns of N vacancies in ascending id order; row i of every column is the same vacancy.

    `codes` lists the K distinct occupations; `code_of` (N, C) points into it, -1 for none: column 0 is the
    occupation label, the others are readings of the title with `code_weight` (N, C) as confidence.
    `code_weight` sums to at most 1. `near` (H, K)
    is the nearness of every code somebody can have (`near_codes`, ascending) to `codes`, `near_field` the same
    without regard to requirement levels. `entry` and `entry_academic`: how open
    skilled posts are to people trained otherwise (assumption in [0, 1]). `time_chance` (N, 6) follows `TIMES`: share of such jobs that fall into early, day, late, night, Saturday,
    Sunday; `time_stated` marks what the advertisement itself says. `posting_*` is the inverted index of the
    words' trigrams (`pool.vacancy_text`). `evidence_*` are offset arrays: row i owns entries
    evidence_start[i] to evidence_start[i + 1]; `names` and `sources` are their tables.
    """

    ids: Texts
    titles: Texts
    labels: Texts
    employers: Texts
    employer_ids: Texts
    places: Texts
    urls: Texts
    lat: Numbers
    lon: Numbers
    codes: Texts
    code_of: NDArray[np.int32]
    code_weight: Numbers
    near_codes: Texts
    near: Numbers
    near_field: Numbers
    level: Flags
    entry: Numbers
    entry_academic: Numbers
    full_time: Flags
    part_time: Flags
    minijob: Flags
    hours_min: Numbers
    hours_max: Numbers
    part_time_chance: Numbers
    minijob_chance: Numbers
    from_minutes: NDArray[np.int16]
    until_minutes: NDArray[np.int16]
    days: NDArray[np.uint8]
    time_chance: Numbers
    time_stated: NDArray[np.uint8]
    shift_work: Flags
    night_work: Flags
    weekend_work: Flags
    permanent: Flags
    temp_agency: Flags
    home_office: Flags
    career_changers: Flags
    kind: Flags
    stated: Masks
    derived: Masks
    licences: Masks
    licences_likely: Masks
    certificates: Masks
    certificates_likely: Masks
    demands: Masks
    demands_possible: Masks
    regulated: Masks
    language: Flags
    language_stated: NDArray[np.bool_]
    school: Flags
    published_on: NDArray[np.datetime64]
    starts_on: NDArray[np.datetime64]
    open_until: NDArray[np.datetime64]
    paused_until: NDArray[np.datetime64]
    reply_rate: Numbers
    replies_n: NDArray[np.int32]
    wage_eur_per_hour: Numbers
    today: NDArray[np.datetime64]
    posting_start: NDArray[np.int32]
    posting_row: NDArray[np.int32]
    posting_weight: NDArray[np.float32]
    trigram_weight: NDArray[np.float32]
    evidence_start: NDArray[np.int32]
    evidence_name: NDArray[np.int16]
    evidence_words: Texts
    evidence_stated: NDArray[np.bool_]
    evidence_source: NDArray[np.int16]
    names: Texts
    sources: Texts

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def traits(self) -> Masks:
        """Stated and derived traits together."""
        return self.stated | self.derived

    def evidence(self, row: int, name: str) -> tuple[str, bool, str] | None:
        """Return (words, stated, source) that implied a requirement of one vacancy, None if nothing did."""
        first, end = self.evidence_start.item(row), self.evidence_start.item(row + 1)
        for entry in range(first, end):
            if self.names[self.evidence_name[entry]] == name:
                return (
                    str(self.evidence_words[entry]),
                    bool(self.evidence_stated[entry]),
                    str(self.sources[self.evidence_source[entry]]),
                )
        return None
