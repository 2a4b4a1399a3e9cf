"""The engine's words for chosen pairs: contributions, reasons, verdicts, near misses; block by block.

Everything is computed again by the engine's registries, so the points told are checked against the candidates'.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.answering.measures import REASONS, Order
from matcher.answering.vacancies import Vacancies, VacancyRanking, travel_minutes_of
from matcher.classes import Classes
from matcher.columns import Feature, Fits
from matcher.daily.blocks import POSTINGS, Rows, people_rows, pool_rows
from matcher.daily.reads import Recorder
from matcher.daily.weigh import Advance, Bar
from matcher.eligibility.check import check_rules
from matcher.features.reach import travel_minutes
from matcher.features.vacancies import SILENT
from matcher.models.score import Scored, points_of
from matcher.pool.people import People, PersonColumns
from matcher.pool.vacancies import VacancyPool
from matcher.results import ELIGIBILITY, UNKNOWN, Exclusion, Suggestion

BLOCK = 32
Picks = Mapping[int, Sequence[int]]
"""Rows of the pool by number of the person."""
Worded = dict[tuple[int, int], tuple[Suggestion, int]]
"""Suggestion and ordering points by (person, row)."""


def word_pairs(
    people: People, pool: VacancyPool, bar: Bar, order: Order, picks: Picks, advance: Advance | None = None
) -> Worded:
    """The words of every picked pair: the first row of a person in full, the others with their strongest reasons."""
    found: Worded = {}
    numbers = sorted(number for number in picks if len(picks[number]))
    for start in range(0, len(numbers), BLOCK):
        chosen = numbers[start : start + BLOCK]
        rows = np.unique(np.concatenate([np.asarray(picks[number], dtype=np.int64) for number in chosen]))
        looked = look(people_rows(people, np.array(chosen)), pool, rows, bar, order)
        keys = looked.scored.totals - np.where(looked.checked.overall == UNKNOWN, bar.discount, 0)
        column = {int(row): place for place, row in enumerate(rows)}
        for b, number in enumerate(chosen):
            words = VacancyRanking(looked, b, (), np.zeros(0, dtype=np.bool_))
            for first, row in enumerate(picks[number]):
                place = column[int(row)]
                told = words.suggest([place])[0] if first == 0 else suggest_briefly(looked, b, place)
                found[number, int(row)] = (told, int(keys[b, place]))
        if advance is not None:
            advance(len(chosen))
    return found


def suggest_briefly(looked: Vacancies, b: int, row: int) -> Suggestion:
    """A runner-up: its strongest reasons, without the words of everything else."""
    score = looked.scored.brief(b, row)
    telling = (part for part in score.contributions if part.known and part.points > 0 and part.feature not in SILENT)
    strongest = sorted(telling, key=lambda c: -c.points)
    say = {feature.id: feature.say for feature in looked.scored.features}
    return Suggestion(
        id=str(looked.pool.ids[row]),
        title=str(looked.pool.titles[row]),
        score=score,
        eligibility=ELIGIBILITY[int(looked.checked.overall[b, row])],
        reasons=tuple(say[part.feature](looked.people.open, looked.pool, b, row) for part in strongest[:REASONS]),
        travel_minutes=travel_minutes_of(looked, b, row),
    )


def look(people: People, pool: VacancyPool, rows: Rows, bar: Bar, order: Order) -> Vacancies:
    """A block of persons against some rows of the pool, as the engine sees them."""
    part = pool_rows(pool, rows)
    checked = check_rules(bar.rules, people, part, (len(people), len(part)))
    fits = [_fit(feature, people.open, pool, part, rows) for feature in bar.features]
    totals = np.full(checked.overall.shape, bar.weights.base, dtype=np.int64)
    for feature, fit in zip(bar.features, fits, strict=True):
        totals += points_of(bar.weights.by_feature[feature.id], fit)
    scored = Scored(bar.features, fits, [None] * len(fits), totals, bar.weights)
    return Vacancies(people, Classes(part), checked, scored, travel_minutes(people.open, part), order)


def good_pairs(looked: Vacancies, bar: Bar) -> NDArray[np.bool_]:
    """Which of these pairs are candidates, by the same bar as everywhere."""
    ground = np.zeros(looked.checked.overall.shape, dtype=np.bool_)
    for feature, fit in zip(bar.features, looked.scored.fits, strict=True):
        if feature.id in bar.ground:
            ground |= fit >= bar.ground_least
    never = np.zeros_like(ground)
    for number, kind in enumerate(bar.near):
        if int(bar.never) >> number & 1:
            never |= kind.find(looked.people.open, looked.pool)
    return (looked.checked.overall > 0) & (looked.scored.totals >= bar.floor) & ground & ~never


def _fit(
    feature: Feature[PersonColumns, VacancyPool],
    people: PersonColumns,
    pool: VacancyPool,
    part: VacancyPool,
    rows: Rows,
) -> Fits:
    """A feature of the part; one that reads the word index needs the whole pool."""
    if reads_words(feature, people, pool):
        return feature.compute(people, pool)[:, rows]
    return feature.compute(people, part)


_READS_WORDS: dict[str, bool] = {}


def reads_words(feature: Feature[PersonColumns, VacancyPool], people: PersonColumns, pool: VacancyPool) -> bool:
    """Does a feature look at words instead of rows? Found out once, with somebody who has written any."""
    if feature.id in _READS_WORDS:
        return _READS_WORDS[feature.id]
    names: set[str] = set()
    feature.compute(people, Recorder(pool, names))  # type: ignore[arg-type]
    found = bool(names & POSTINGS)
    if found or any(people.grams):
        _READS_WORDS[feature.id] = found
    return found


def excluded_pairs(
    people: People, pool: VacancyPool, bar: Bar, order: Order, pairs: NDArray[np.int64]
) -> list[tuple[str, Exclusion]]:
    """Why single pairs (n, 2) are out, in their order: participant and exclusion."""
    found = []
    for number, row in pairs.tolist():
        looked = look(people_rows(people, np.array([number])), pool, np.array([row]), bar, order)
        words = VacancyRanking(looked, 0, (), np.zeros(0, dtype=np.bool_))
        found.append((str(people.open.ids[number]), words.exclude(0)))
    return found
