"""Put one person's answer together: outcome, steps beside measures, vacancies, open questions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matcher.answering.lazy import Joined, Later
from matcher.answering.measures import MeasureRanking
from matcher.answering.outcome import OutcomeRule, decide_outcome, settle_outcome
from matcher.answering.questions import open_questions
from matcher.answering.steps import Step, suggest_step, triggered
from matcher.answering.vacancies import VacancyRanking
from matcher.eligibility.rule import RuleBook
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
    has_vacancy = vacancies is not None and bool(vacancies.rows)
    outcome = settle_outcome(
        decided,
        has_measure=measures is not None and bool(measures.rows),
        has_vacancy=has_vacancy,
        vacancies_asked=vacancies is not None,
        vacancy_competes=_competes(tables, vacancies),
    )
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
        open_questions=Later(lambda: _questions(tables, measures)),
        notes=tuple(conflict.text for conflict in profile.conflicts),
        versions=versions,
    )


def _competes(tables: "Tables", vacancies: VacancyRanking | None) -> bool:
    """Does the first vacancy fit so well in itself that placement stands before measures (catalog/outcomes.toml)?"""
    if vacancies is None or not vacancies.rows:
        return False
    fits = vacancies.fits_of_first()
    return all(fits.get(name, 0.0) >= least for name, least in tables.outcomes.vacancy_competes.items())


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


def _questions(tables: "Tables", ranking: MeasureRanking | None) -> Sequence[OpenQuestion]:
    if ranking is None:
        return ()
    pool, programmes = ranking.measures.pool, ranking.measures.programmes
    rows = [*ranking.rows, *ranking.waiting]
    waiting = zip(rows, [programmes[p] for p in pool.programme[rows].tolist()], strict=True)
    return open_questions(tables.labels, ((one.id, one.title, ranking.asked(row)) for row, one in waiting))
