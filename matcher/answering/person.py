"""Put one person's answer together: outcome, steps beside measures, vacancies, open questions."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Case:
    """One person of a block, and what was found for them: None where a half was not asked. `top` None: everything."""

    tables: "Tables"
    book: RuleBook
    b: int
    top: int | None
    measures: MeasureRanking | None
    vacancies: VacancyRanking | None

    @property
    def profile(self) -> Profile:
        """The person's facts on the day of the question."""
        return self.book.facts.profiles[self.b]


def assemble(case: Case, versions: tuple[tuple[str, str], ...]) -> Answer:
    """The whole answer for one person of the block."""
    decided = decide_outcome(case.tables.outcomes, case.book, case.b)
    outcome = settle_outcome(decided, _found(case))
    ranked = _measures(case, case.measures, outcome) if case.measures is not None else Ranked()
    found = case.vacancies.answer(case.top) if case.vacancies is not None else Ranked()
    return Answer(
        participant_id=case.profile.id,
        outcome=outcome.outcome,
        outcome_reason=outcome.reason,
        measures=ranked if outcome.lists else _withheld(ranked),
        vacancies=found if outcome.lists else _waiting_all(found),
        open_questions=Later(lambda: _questions(case, found.suggestions)),
        notes=_notes(case.profile, case.book.facts.today),
        versions=versions,
    )


def _notes(profile: Profile, today: dt.date) -> tuple[str, ...]:
    later = known_later(profile, today)
    return (*(conflict.text for conflict in profile.conflicts), *((later,) if later else ()))


def _found(case: Case) -> Found:
    measures, vacancies, outcomes = case.measures, case.vacancies, case.tables.outcomes
    first = vacancies.fits_of_first() if vacancies is not None and vacancies.rows else None
    return Found(
        measures=None if measures is None else len(measures.rows),
        vacancies=None if vacancies is None else len(vacancies.rows),
        vacancy_competes=first is not None and outcomes.competes(first),
        placement_held_up=outcomes.placement_held_up(case.book, case.b),
    )


def _measures(case: Case, ranking: MeasureRanking, outcome: OutcomeRule) -> Ranked:
    """Measures and triggered steps in one order; the outcome's own step stands first."""
    steps = {step.id: step for step in case.tables.steps}
    named: list[Step] = [steps[outcome.step]] if outcome.step else []
    beside = [step for step in triggered(case.tables.steps, case.book, case.b) if step not in named]
    listed, top = ranking.answer(case.top), case.top
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


def _waiting_all(ranked: Ranked) -> Ranked:
    """Nothing is suggested; what would be waits among the others."""
    return Ranked(others=Joined(ranked.suggestions, ranked.others), excluded=ranked.excluded)


def _questions(case: Case, vacancies: Sequence[Suggestion]) -> Sequence[OpenQuestion]:
    weights = case.tables.vacancy_weights.by_feature
    return open_questions(
        case.tables.labels,
        () if case.measures is None else _waiting(case.measures),
        contradicted=[field for conflict in case.profile.conflicts for field in conflict.fields],
        rating=unknown_fields(vacancies, weights, case.book.facts.persons[case.b]),
    )


def _waiting(ranking: MeasureRanking) -> Iterator[tuple[str, str, Sequence[Asked]]]:
    pool, programmes = ranking.measures.pool, ranking.measures.programmes
    rows = [*ranking.rows, *ranking.waiting]
    for row, place in zip(rows, pool.programme[rows].tolist(), strict=True):
        yield programmes[place].id, programmes[place].title, ranking.asked(row)
