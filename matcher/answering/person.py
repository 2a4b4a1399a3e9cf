"""Put one person's answer together: outcome, steps beside measures, vacancies, open questions."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from matcher.answering.lazy import Joined, Later
from matcher.answering.measures import MeasureRanking
from matcher.answering.outcome import Found, OutcomeRule, decide_outcome, settle_outcome
from matcher.answering.questions import Asked, open_questions
from matcher.answering.steps import Step, suggest_step, triggered
from matcher.answering.unknowns import unknown_fields
from matcher.answering.vacancies import VacancyRanking
from matcher.eligibility.rule import RuleBook
from matcher.participant import Profile
from matcher.participant_time import known_later
from matcher.results import Answer, OpenQuestion, Ranked, Suggestion

if TYPE_CHECKING:
    from matcher.pipeline import Tables


def assemble(
    tables: "Tables",
    book: RuleBook,
    b: int,
    top: int | None,
    measures: MeasureRanking | None,
    vacancies: VacancyRanking | None,
    versions: tuple[tuple[str, str], ...],
) -> Answer:
    """The whole answer for one person of the block."""
    decided = decide_outcome(tables.outcomes, book, b)
    outcome = settle_outcome(decided, _found(tables, book, b, measures, vacancies))
    lists = outcome.lists
    ranked = _measures(tables, book, b, top, measures, outcome) if measures is not None else Ranked()
    found = vacancies.answer(top) if vacancies is not None else Ranked()
    profile = book.facts.profiles[b]
    return Answer(
        participant_id=profile.id,
        outcome=outcome.outcome,
        outcome_reason=outcome.reason,
        measures=ranked if lists else _withheld(ranked),
        vacancies=found if lists else Ranked(others=Joined(found.suggestions, found.others), excluded=found.excluded),
        open_questions=Later(lambda: _questions(tables, book, b, top, measures, vacancies)),
        notes=_notes(profile, book.facts.today),
        versions=versions,
    )


def _notes(profile: Profile, today: dt.date) -> tuple[str, ...]:
    later = known_later(profile, today)
    return (*(conflict.text for conflict in profile.conflicts), *((later,) if later else ()))


def _found(
    tables: "Tables", book: RuleBook, b: int, measures: MeasureRanking | None, vacancies: VacancyRanking | None
) -> Found:
    first = vacancies.fits_of_first() if vacancies is not None and vacancies.rows else None
    return Found(
        measures=None if measures is None else len(measures.rows),
        vacancies=None if vacancies is None else len(vacancies.rows),
        vacancy_competes=first is not None and tables.outcomes.competes(first),
        placement_held_up=tables.outcomes.placement_held_up(book, b),
    )


def _measures(
    tables: "Tables", book: RuleBook, b: int, top: int | None, ranking: MeasureRanking, outcome: OutcomeRule
) -> Ranked:
    """Measures and triggered steps in one order; the outcome's own step stands first."""
    steps = {step.id: step for step in tables.steps}
    named: list[Step] = [steps[outcome.step]] if outcome.step else []
    beside = [step for step in triggered(tables.steps, book, b) if step not in named]
    listed = ranking.answer(top)
    places = _merge([step.base for step in beside], ranking.totals(top))

    def whole() -> list[Suggestion]:
        measures, others = iter(listed.suggestions), iter(beside)
        merged = [suggest_step(next(others)) if is_step else next(measures) for is_step in places]
        return [suggest_step(step) for step in named] + merged

    all_of_it = Later(whole)
    cut = len(named) + len(places) if top is None else top
    return Ranked(
        suggestions=Later(lambda: all_of_it[:cut]),
        others=Joined(Later(lambda: all_of_it[cut:]), listed.others),
        excluded=listed.excluded,
    )


def _merge(steps: Sequence[int], measures: Sequence[int]) -> list[bool]:
    """Points of steps and measures as one order, True for a step: before the first with fewer points.

    The order among measures stays.
    """
    merged = [(points, False) for points in measures]
    for step in steps:
        place = next((i for i, (points, _) in enumerate(merged) if points < step), len(merged))
        merged.insert(place, (step, True))
    return [is_step for _, is_step in merged]


def _withheld(ranked: Ranked) -> Ranked:
    """Only steps are suggested; everything else waits among the others."""
    steps = tuple(item for item in ranked.suggestions if item.id.startswith("step:"))
    rest = Later(lambda: [item for item in ranked.suggestions if not item.id.startswith("step:")])
    return Ranked(suggestions=steps, others=Joined(rest, ranked.others), excluded=ranked.excluded)


def _questions(
    tables: "Tables",
    book: RuleBook,
    b: int,
    top: int | None,
    measures: MeasureRanking | None,
    vacancies: VacancyRanking | None,
) -> Sequence[OpenQuestion]:
    conflicts = book.facts.profiles[b].conflicts
    return open_questions(
        tables.labels,
        () if measures is None else _waiting(measures),
        contradicted=[field for conflict in conflicts for field in conflict.fields],
        rating=() if vacancies is None else unknown_fields(vacancies, book.facts.persons[b], top),
    )


def _waiting(ranking: MeasureRanking) -> Iterator[tuple[str, str, Sequence[Asked]]]:
    pool, programmes = ranking.measures.pool, ranking.measures.programmes
    rows = [*ranking.rows, *ranking.waiting]
    for row, place in zip(rows, pool.programme[rows].tolist(), strict=True):
        yield programmes[place].id, programmes[place].title, ranking.asked(row)
