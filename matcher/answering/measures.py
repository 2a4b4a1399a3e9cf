"""Answer the measure half of a question: admission, offers, points, order, and words for one person at a time.

Source: DESIGN section 6 (catalogue and dates, answer of a suggestion) and section 4 (Rules, Features).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.answering.lazy import Joined, Later, Worded
from matcher.answering.programme_rows import ProgrammeRows
from matcher.answering.programme_state import wait_note
from matcher.columns import Rule, Verdicts
from matcher.eligibility.admission import (
    UNDOCUMENTED,
    check_admission,
    failed_terms,
    met_terms,
    open_leaves,
    open_terms,
)
from matcher.eligibility.check import Checked, check_rules
from matcher.eligibility.offer import OFFER_RULES
from matcher.eligibility.rule import RuleBook
from matcher.features.measures import MEASURE_FEATURES
from matcher.fields import FIELDS
from matcher.models.score import Scored, Weights, compute_scores
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import MeasurePeople, Seekers
from matcher.programme import Programme
from matcher.ranking import TOP, rank_rows, spread, unknown_discounts
from matcher.results import ELIGIBILITY, MET, NOT_MET, UNKNOWN, Eligibility, Exclusion, Ranked, Suggestion, Verdict
from matcher.sentences import Sentences

REASONS = 4
"""So many contributions are told as reasons, the strongest first."""


@dataclass(frozen=True, slots=True)
class Order:
    """How far what is to clarify moves back, variety at the top, and the floor (catalog/ranking.toml)."""

    unknown_once: float
    unknown_each: float
    unknown_most: float
    same_group: int
    margin: float
    floor: float


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything known about a block of persons and the measure pool, before words."""

    people: MeasurePeople
    rows: ProgrammeRows
    book: RuleBook
    admission: Verdicts
    offers: Checked[MeasurePeople, MeasurePool]
    scored: Scored[Seekers, MeasurePool]
    order: Order

    @property
    def pool(self) -> MeasurePool:
        """The measures as rows."""
        return self.rows.pool

    @property
    def programmes(self) -> Sequence[Programme]:
        """The programmes of the pool."""
        return self.pool.columns.programmes


def compute_measures(
    people: MeasurePeople, rows: ProgrammeRows, book: RuleBook, weights: Weights, order: Order
) -> Measures:
    """Check and score the block once."""
    pool = rows.pool
    return Measures(
        people=people,
        rows=rows,
        book=book,
        admission=check_admission(book, pool.columns.programmes),
        offers=check_rules(OFFER_RULES, people, rows.classes, (len(people), len(pool))),
        scored=compute_scores(MEASURE_FEATURES, people.seekers, pool, weights, rows.classes),
        order=order,
    )


@dataclass(frozen=True, slots=True)
class MeasureRanking:
    """One person's programmes in order: chosen rows, rows that wait for something, excluded programmes."""

    measures: Measures
    b: int
    rows: Sequence[int]
    waiting: Sequence[int]
    excluded: Sequence[int]
    feasible: Sequence[int]
    eligible: Sequence[bool]

    @property
    def best_total(self) -> int:
        """Points of the first row, 0 where there is none."""
        return int(self.measures.scored.totals[self.b, self.rows[0]]) if self.rows else 0

    def answer(self, top: int | None) -> Ranked:
        """Suggestions, others and exclusions; words are made when an item is looked at."""
        cut = len(self.rows) if top is None else top
        return Ranked(
            suggestions=Later(lambda: self.suggest(self.rows[:cut])),
            others=Joined(Worded(self.rows[cut:], self.brief), Worded(self.waiting, self.brief)),
            excluded=Worded(self.excluded, self.exclude),
        )

    def totals(self, top: int | None) -> list[int]:
        """Points of the suggestions, in their order."""
        rows = self.rows if top is None else self.rows[:top]
        return [int(self.measures.scored.totals[self.b, row]) for row in rows]

    def note(self, p: int) -> str:
        """What is worth knowing about a programme's dates, offers, places or budget."""
        m = self.measures
        if m.programmes[p].id in m.people.seekers.behind(self.b):
            return "Läuft bereits oder wurde schon besucht"
        possible = [row for row in m.rows.offer_rows[p] if self.eligible[row]]
        return wait_note(m.pool, m.rows.offer_rows[p], possible, m.rows.catalogue_only) or m.rows.state[p].note

    def asked(self, row: int) -> list[tuple[str, str]]:
        """Fields to clarify before this programme or offer can be judged, each with what is required."""
        m, programme = self.measures, self.measures.programmes[self.measures.pool.programme[row]]
        found = [(leaf.field, leaf.text) for leaf in open_leaves(m.book, programme, self.b)]
        if m.pool.offer[row] >= 0:
            found += [(field, v.text) for v in m.offers.open(self.b, row, self._say_offer(row)) for field in v.to_ask]
        return found

    def open_verdicts(self, row: int) -> tuple[Verdict, ...]:
        """The same as verdicts, for the few rows that are told whole."""
        m, programme = self.measures, self.measures.programmes[self.measures.pool.programme[row]]
        asked = open_terms(m.book, programme, self.b)
        if m.pool.offer[row] >= 0:
            asked += m.offers.open(self.b, row, self._say_offer(row))
        return asked

    def suggest(self, rows: Sequence[int]) -> list[Suggestion]:
        """Rows in words."""
        m = self.measures
        sentences = Sentences(m.rows.classes, m.scored.features, m.people.seekers, self.b)
        return [self._suggest(row, sentences) for row in rows]

    def _suggest(self, row: int, sentences: Sentences[Seekers, MeasurePool]) -> Suggestion:
        m = self.measures
        p = int(m.pool.programme[row])
        programme = m.programmes[p]
        score = m.scored.score(m.people.seekers, m.pool, self.b, row, sentences)
        asked, met = self.open_verdicts(row), met_terms(m.book, programme, self.b)
        words, details = m.rows.way_in(row)
        others = [r for r in m.rows.offer_rows[p] if r != row and self.feasible[r] > NOT_MET]
        return Suggestion(
            id=programme.id,
            title=programme.title,
            score=score,
            eligibility=self._eligibility(p, row),
            open_questions=tuple(dict.fromkeys(f for v in asked for f in v.to_ask)),
            reasons=(*score.strongest(REASONS), *_target_group(met), *self._remarks(p, words)),
            verdicts=(*met, *asked),
            offer_id=m.rows.offer_id(row),
            other_offers=tuple(m.pool.offers[int(m.pool.offer[r])].id for r in others),
            details=details,
        )

    def _remarks(self, p: int, way_in: str) -> list[str]:
        """What else a case worker should know: way in, missing documentation, dates and places."""
        undocumented = "" if self.measures.programmes[p].terms_documented else UNDOCUMENTED
        return [words for words in (way_in, undocumented, self.note(p)) if words]

    def _eligibility(self, p: int, row: int) -> Eligibility:
        return ELIGIBILITY[max(min(int(self.measures.admission[self.b, p]), self.feasible[row]), UNKNOWN)]

    def brief(self, row: int) -> Suggestion:
        """One row beyond the list: points without words, and why nothing of it is suggested."""
        m, p = self.measures, int(self.measures.pool.programme[row])
        return Suggestion(
            id=m.programmes[p].id,
            title=m.programmes[p].title,
            score=m.scored.brief(self.b, row),
            eligibility=self._eligibility(p, row),
            reasons=tuple(note for note in (self.note(p),) if note),
            offer_id=m.rows.offer_id(row),
        )

    def exclude(self, p: int) -> Exclusion:
        """One excluded programme: the decisive rule first, then everything that failed."""
        m, programme = self.measures, self.measures.programmes[p]
        failed = m.rows.state[p].failed or failed_terms(m.book, programme, self.b) or self._failed_offers(p)
        return Exclusion(
            id=programme.id,
            title=programme.title,
            rule=failed[0].rule,
            text=failed[0].text,
            source=failed[0].source,
            rules=failed,
        )

    def _failed_offers(self, p: int) -> tuple[Verdict, ...]:
        m = self.measures
        best = max(m.rows.offer_rows[p], key=lambda r: (int(m.scored.totals[self.b, r]), -r))
        return m.offers.failed(self.b, best, self._say_offer(best))

    def _say_offer(self, row: int) -> Callable[[Rule[MeasurePeople, MeasurePool]], str]:
        m = self.measures
        return lambda rule: rule.say(m.people, m.pool, self.b, row)


def _target_group(met: Sequence[Verdict]) -> list[str]:
    """Met terms as one reason; protected facts are not named, only that they were asked."""
    open_texts = [v.text for v in met if all(FIELDS[f].owner != "protected" for f in v.fields)]
    hidden = len(open_texts) < len(met)
    texts = list(dict.fromkeys(open_texts))
    if hidden:
        texts.append("weitere Angaben (beruht auf geschützten Angaben)")
    return ["Gehört zur Zielgruppe: " + ", ".join(texts)] if texts else []


def rank_measures(measures: Measures, b: int) -> MeasureRanking:
    """One person's order of programmes, each by its best feasible row."""
    m, pool, order = measures, measures.pool, measures.order
    has_offer = pool.offer >= 0
    feasible = np.where(has_offer, m.offers.overall[b], MET).astype(np.uint8)
    wanted = ~has_offer if m.rows.catalogue_only else has_offer
    admitted = (m.admission[b] > NOT_MET) & ~m.rows.closed
    eligible = wanted & admitted[pool.programme] & (feasible > NOT_MET)
    known_already = m.rows.marked(m.people.seekers.behind(b))[pool.programme]
    free = eligible & (pool.free_places != 0) & ~pool.blocked_budget & ~_shows_no_need(m, b) & ~known_already
    overall = np.where(free, np.minimum(m.admission[b][pool.programme], np.maximum(feasible, UNKNOWN)), 0)
    asked = m.book.open_counts([programme.terms for programme in m.programmes], b)
    discount = unknown_discounts(asked, order.unknown_once, order.unknown_each, order.unknown_most)[pool.programme]
    rows, keys = rank_rows(m.scored.totals[b], overall.astype(np.uint8), pool.id_rank, discount)
    first = _first_of_each(pool.programme[rows])
    chosen = _varied(m, rows[first], keys[first])
    reachable = _any_row(pool, eligible) | ~_any_row(pool, has_offer) | m.rows.catalogue_only
    out = ~admitted | ~reachable
    rest = ~out
    rest[pool.programme[chosen]] = False
    return MeasureRanking(
        measures=m,
        b=b,
        rows=chosen,
        waiting=Later(lambda: _waiting(m, b, rest, eligible)),
        excluded=np.flatnonzero(out).tolist(),
        feasible=feasible.tolist(),
        eligible=eligible.tolist(),
    )


def _any_row(pool: MeasurePool, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which programmes have at least one such row."""
    return np.asarray(np.bincount(pool.programme[rows], minlength=len(pool.columns.programmes)) > 0)


def _waiting(m: Measures, b: int, rest: NDArray[np.bool_], eligible: NDArray[np.bool_]) -> list[int]:
    """One row for each programme that is neither suggested nor out: its best eligible one, else the open one."""
    pool, totals = m.pool, m.scored.totals[b]
    candidates = np.flatnonzero(rest[pool.programme] & (eligible | (pool.offer < 0)))
    order = candidates[np.lexsort((pool.id_rank[candidates], -totals[candidates], ~eligible[candidates]))]
    best = order[_first_of_each(pool.programme[order])]
    ordered: list[int] = best[np.lexsort((pool.id_rank[best], -totals[best]))].tolist()
    return ordered


def _shows_no_need(m: Measures, b: int) -> NDArray[np.bool_]:
    """Rows whose measure addresses only needs that are known not to show; nobody is sent there."""
    return np.asarray(m.scored.fit("need", b) == 0.0)


def _first_of_each(programme: NDArray[np.int32]) -> NDArray[np.int64]:
    _, first = np.unique(programme, return_index=True)
    return np.sort(first)


def _varied(m: Measures, rows: NDArray[np.int64], keys: NDArray[np.int64]) -> list[int]:
    groups = [m.rows.groups[p] for p in m.pool.programme[rows].tolist()]
    chosen = rows.tolist()
    return [chosen[place] for place in spread(chosen, keys.tolist(), groups, TOP, m.order.same_group, m.order.margin)]
