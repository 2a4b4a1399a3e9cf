"""Occupations of a person as slots: wished for, learned, practised, begun; coded by the occupation matcher."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.models.occupation import nearness_matrix
from matcher.participant import Participant
from matcher.pool.people import LEARNED, PRACTISED, TARGET, UNFINISHED
from matcher.pool.vacancy_encode import OccupationCoder
from matcher.vocabulary import VOCATIONAL_ORDER

READINGS = 3
"""How many readings of one text are kept."""
RELATIVE_CONFIDENCE = 0.15
"""A reading below this share of the best one's confidence is dropped."""
REMEMBERED_TEXTS = 50_000
"""How many texts are remembered before the memory starts afresh."""
COHERENCE = 0.65
"""How far a doubtful reading counts less when nothing else in the same life speaks for it."""
TOO_HIGH = 0.4
"""Factor per requirement level that a doubtful reading lies above the person's qualification."""
ORDER_STEP = 0.04
"""Each later wish counts a little less than the one before (most wanted first)."""
LEAST_ORDER = 0.8


@dataclass(frozen=True, slots=True)
class Slot:
    """One text of one person before it is coded."""

    text: str
    role: int
    weight: float
    years: float
    last_year: float


_IN_TRAINING = re.compile(r"auszubildend|\bazubi|lehrling|umschüler|in ausbildung")


def _practice_role(title: str) -> int:
    """Years as an apprentice are a begun training, not practice of the trade."""
    return UNFINISHED if _IN_TRAINING.search(title.lower()) else PRACTISED


def _slots(one: Participant) -> list[Slot]:
    nan = float("nan")
    wanted = list(one.target_occupations or ()) or ([one.target_occupation] if one.target_occupation else [])
    slots = [
        Slot(text, TARGET, max(LEAST_ORDER, 1.0 - ORDER_STEP * place), nan, nan) for place, text in enumerate(wanted)
    ]
    learned = one.vocational_qualification in ("recognised", "academic", "partial", "foreign_unrecognised", None)
    if one.vocational_qualification_title and learned:
        slots.append(Slot(one.vocational_qualification_title, LEARNED, 1.0, nan, nan))
    if one.unfinished_training:
        slots.append(Slot(one.unfinished_training, UNFINISHED, 1.0, nan, nan))
    slots += [
        Slot(
            entry.title,
            _practice_role(entry.title),
            1.0,
            nan if entry.years is None else entry.years,
            nan if entry.last_year is None else float(entry.last_year),
        )
        for entry in one.experience or ()
    ]
    if one.experience is None and one.last_occupation:
        years = nan if one.work_experience_months is None else one.work_experience_months / 12
        slots.append(Slot(one.last_occupation, PRACTISED, 1.0, years, nan))
    return slots


def _readings(slots: Sequence[Slot], matcher: OccupationCoder) -> dict[str, list[tuple[str, float]]]:
    known = _known_to(matcher)
    texts = sorted({slot.text for slot in slots})
    new = [text for text in texts if text not in known]
    if len(known) + len(new) > REMEMBERED_TEXTS:
        known, new = _fresh(matcher), texts
    for text, match in zip(new, matcher.match(new, top=READINGS) if new else (), strict=True):
        best = max((one.confidence for one in match.candidates), default=0.0)
        known[text] = [
            (one.code, one.confidence / best)
            for one in match.candidates[:READINGS]
            if best > 0 and one.confidence >= RELATIVE_CONFIDENCE * best
        ]
    return {text: known[text] for text in texts}


_known: list[tuple[OccupationCoder, dict[str, list[tuple[str, float]]]]] = []
"""Readings of the matcher in use: people share titles, and the same person is asked about again."""


def _known_to(matcher: OccupationCoder) -> dict[str, list[tuple[str, float]]]:
    for known_matcher, readings in tuple(_known):
        if known_matcher is matcher:
            return readings
    return _fresh(matcher)


def _fresh(matcher: OccupationCoder) -> dict[str, list[tuple[str, float]]]:
    fresh: dict[str, list[tuple[str, float]]] = {}
    _known[:] = [(matcher, fresh)]
    return fresh


@lru_cache(maxsize=4096)
def _nearness(codes: tuple[str, ...]) -> NDArray[np.float64]:
    return np.nan_to_num(nearness_matrix(codes, codes)) if codes else np.zeros((0, 0))


def _settled(
    one: Participant, slots: Sequence[Slot], codes: dict[str, list[tuple[str, float]]]
) -> list[tuple[Slot, str, float]]:
    """Return (slot, code, share), doubtful readings weighed by the rest of the person's occupations."""
    distinct = sorted({code for slot in slots for code, _ in codes[slot.text]})
    near = _nearness(tuple(distinct))
    place = {code: number for number, code in enumerate(distinct)}
    highest = max(VOCATIONAL_ORDER.get(one.vocational_qualification or "", 2) + 1, 2)
    settled: list[tuple[Slot, str, float]] = []
    for slot in slots:
        readings = codes[slot.text]
        if len(readings) > 1:
            others = [pair for other in slots if other.text != slot.text for pair in codes[other.text]]
            weighed = [
                (code, share * _speaks_for(code, others, place, near) * TOO_HIGH ** max(int(code[4]) - highest, 0))
                for code, share in readings
            ]
            best = max(share for _, share in weighed)
            readings = [(code, share / best) for code, share in weighed if share >= RELATIVE_CONFIDENCE * best]
        settled += [(slot, code, share) for code, share in readings] or [(slot, "", 0.0)]
    return settled


def _speaks_for(
    code: str, others: Sequence[tuple[str, float]], place: dict[str, int], near: NDArray[np.float64]
) -> float:
    support = max((share * float(near[place[other], place[code]]) for other, share in others), default=1.0)
    return 1.0 - COHERENCE + COHERENCE * support


def encode_occupations(people: Sequence[Participant], matcher: OccupationCoder) -> dict[str, Any]:
    """Return the slot columns of a block; empty slots have the code ""."""
    slots = [_slots(one) for one in people]
    codes = _readings([slot for row in slots for slot in row], matcher)
    rows = [_settled(one, row, codes) for one, row in zip(people, slots, strict=True)]
    width = max((len(row) for row in rows), default=0) or 1
    shape = (len(rows), width)
    columns: dict[str, Any] = {
        "occ_code": np.full(shape, "", dtype="U5"),
        "occ_role": np.full(shape, -1, dtype=np.int8),
        "occ_weight": np.zeros(shape),
        "occ_years": np.full(shape, np.nan),
        "occ_last_year": np.full(shape, np.nan),
        "occ_text": np.full(shape, "", dtype="U80"),
    }
    for number, row in enumerate(rows):
        for place, (slot, code, share) in enumerate(row):
            columns["occ_code"][number, place] = code
            columns["occ_role"][number, place] = slot.role
            columns["occ_weight"][number, place] = slot.weight * share
            columns["occ_years"][number, place] = slot.years
            columns["occ_last_year"][number, place] = slot.last_year
            columns["occ_text"][number, place] = slot.text[:80]
    columns["targets_known"] = np.array(
        [bool(one.target_occupations or one.target_occupation) for one in people], dtype=np.bool_
    )
    return columns
