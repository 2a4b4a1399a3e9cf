"""Answer the measure half of a question: admission, offers, points, order, and words for one person at a time.

Source: DESIGN section 6 (catalogue and dates, answer of a suggestion) and section 4 (Rules, Features).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.answering.access import access_details, access_words
from matcher.answering.lazy import Worded
from matcher.answering.programme_state import State, closed, states, wait_note
from matcher.columns import Rule, Verdicts
from matcher.eligibility.admission import check_admission, failed_terms, met_terms, open_terms
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
from matcher.results import ELIGIBILITY, MET, NOT_MET, UNKNOWN, Exclusion, Ranked, Suggestion, Verdict

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
    pool: MeasurePool
    book: RuleBook
    admission: Verdicts
    offers: Checked[MeasurePeople, MeasurePool]
    scored: Scored[Seekers, MeasurePool]
    catalogue_only: bool
    documented_periods: bool
    order: Order

    @property
    def programmes(self) -> Sequence[Programme]:
        """The programmes of the pool."""
        return self.pool.columns.programmes


def compute_measures(
    people: MeasurePeople,
    pool: MeasurePool,
    book: RuleBook,
    weights: Weights,
    order: Order,
    *,
    catalogue_only: bool,
    documented_periods: bool,
) -> Measures:
    """Check and score the block once."""
    return Measures(
        people=people,
        pool=pool,
        book=book,
        admission=check_admission(book, pool.columns.programmes),
        offers=check_rules(OFFER_RULES, people, pool, (len(people), len(pool))),
        scored=compute_scores(MEASURE_FEATURES, people.seekers, pool, weights),
        catalogue_only=catalogue_only,
        documented_periods=documented_periods,
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
    state: Sequence[State]
    feasible: NDArray[np.uint8]
    eligible: NDArray[np.bool_]

    @property
    def best_total(self) -> int:
        """Points of the first row, 0 where there is none."""
        return int(self.measures.scored.totals[self.b, self.rows[0]]) if self.rows else 0

    def answer(self, top: int | None) -> Ranked:
        """Suggestions, others and exclusions with words; `top` None lists everything that is not waiting."""
        cut = len(self.rows) if top is None else top
        rest = [*self.rows[cut:], *self.waiting]
        return Ranked(
            suggestions=tuple(self.suggest(row) for row in self.rows[:cut]),
            others=Worded(rest, self.brief),
            excluded=Worded(self.excluded, self.exclude),
        )

    def note(self, p: int) -> str:
        """What is worth knowing about a programme's dates, offers, places or budget."""
        m = self.measures
        if m.programmes[p].id in m.people.seekers.behind(self.b):
            return "Läuft bereits oder wurde schon besucht"
        return wait_note(self.measures.pool, p, self.eligible, self.measures.catalogue_only) or self.state[p].note

    def open_verdicts(self, row: int) -> tuple[Verdict, ...]:
        """What is to clarify before this programme or offer can be judged."""
        m, programme = self.measures, self.measures.programmes[self.measures.pool.programme[row]]
        asked = open_terms(m.book, programme, self.b)
        if m.pool.offer[row] >= 0:
            asked += m.offers.open(self.b, row, self._say_offer(row))
        return asked

    def suggest(self, row: int) -> Suggestion:
        """One row in words."""
        m = self.measures
        p = int(m.pool.programme[row])
        programme = m.programmes[p]
        score = m.scored.score(m.people.seekers, m.pool, self.b, row)
        own = int(m.pool.offer[row])
        asked = self.open_verdicts(row)
        verdict = min(int(m.admission[self.b, p]), int(self.feasible[row]))
        strongest = sorted((c for c in score.contributions if c.known and c.points > 0), key=lambda c: -c.points)
        met = met_terms(m.book, programme, self.b)
        reasons = [contribution.text for contribution in strongest[:REASONS]] + _target_group(met)
        if told := access_words(programme, m.pool.offers[own] if own >= 0 else None):
            reasons.append(told)
        if not programme.terms_documented:
            reasons.append("Aufnahmebedingungen sind nicht dokumentiert: beim Träger klären")
        if note := self.note(p):
            reasons.append(note)
        offers = [int(r) for r in np.flatnonzero((m.pool.programme == p) & (m.pool.offer >= 0) & (self.feasible > 0))]
        return Suggestion(
            id=programme.id,
            title=programme.title,
            score=score,
            eligibility=ELIGIBILITY[max(verdict, 1)],
            open_questions=tuple(dict.fromkeys(f for v in asked for f in v.fields)),
            reasons=tuple(reasons),
            verdicts=(*met, *asked),
            offer_id=m.pool.offers[own].id if own >= 0 else None,
            other_offers=tuple(m.pool.offers[int(m.pool.offer[r])].id for r in _neutrally(m, offers) if r != row),
            details=access_details(programme, m.pool.offers[own] if own >= 0 else None),
        )

    def brief(self, row: int) -> Suggestion:
        """One row beyond the list: points without words, and why nothing of it is suggested."""
        m, p = self.measures, int(self.measures.pool.programme[row])
        own = int(m.pool.offer[row])
        verdict = min(int(m.admission[self.b, p]), int(self.feasible[row]))
        return Suggestion(
            id=m.programmes[p].id,
            title=m.programmes[p].title,
            score=m.scored.brief(self.b, row),
            eligibility=ELIGIBILITY[max(verdict, 1)],
            reasons=tuple(note for note in (self.note(p),) if note),
            offer_id=m.pool.offers[own].id if own >= 0 else None,
        )

    def exclude(self, p: int) -> Exclusion:
        """One excluded programme: the decisive rule first, then everything that failed."""
        m, programme = self.measures, self.measures.programmes[p]
        failed = self.state[p].failed or failed_terms(m.book, programme, self.b) or self._failed_offers(p)
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
        rows = np.flatnonzero((m.pool.programme == p) & (m.pool.offer >= 0))
        best = max(rows, key=lambda r: (int(m.scored.totals[self.b, r]), -int(r)))
        return m.offers.failed(self.b, int(best), self._say_offer(int(best)))

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


def _neutrally(m: Measures, rows: Sequence[int]) -> list[int]:
    """Further offers by start, then id: who runs them plays no part."""
    starts, offers = m.pool.starts_on, m.pool.offers
    return sorted(rows, key=lambda r: (bool(np.isnat(starts[r])), str(starts[r]), offers[int(m.pool.offer[r])].id))


def rank_measures(measures: Measures, b: int) -> MeasureRanking:
    """One person's order of programmes, each by its best feasible row."""
    m, pool = measures, measures.pool
    state = states(m.programmes, m.book.facts.today, m.catalogue_only, m.documented_periods)
    has_offer = pool.offer >= 0
    feasible = np.where(has_offer, m.offers.overall[b], MET).astype(np.uint8)
    wanted = ~has_offer if m.catalogue_only else has_offer
    admitted = (m.admission[b] > NOT_MET) & ~np.array([closed(s) for s in state])
    eligible = wanted & admitted[pool.programme] & (feasible > NOT_MET)
    free = eligible & (pool.free_places != 0) & ~pool.blocked_budget & ~_shows_no_need(m, b) & ~_known_already(m, b)
    overall = np.where(free, np.minimum(m.admission[b][pool.programme], np.maximum(feasible, UNKNOWN)), 0)
    order, asked = m.order, m.book.open_counts([programme.terms for programme in m.programmes], b)
    discount = unknown_discounts(asked[pool.programme], order.unknown_once, order.unknown_each, order.unknown_most)
    rows, keys = rank_rows(m.scored.totals[b], overall.astype(np.uint8), pool.id_rank, discount)
    first = _first_of_each(pool.programme[rows])
    chosen = _varied(m, rows[first], keys[first])
    reachable = _any_row(pool, eligible) | ~_any_row(pool, has_offer) | m.catalogue_only
    out = ~admitted | ~reachable
    rest = ~out
    rest[pool.programme[chosen]] = False
    return MeasureRanking(
        measures=m,
        b=b,
        rows=chosen,
        waiting=_waiting(m, b, rest, eligible),
        excluded=np.flatnonzero(out).tolist(),
        state=state,
        feasible=feasible,
        eligible=eligible,
    )


def _known_already(m: Measures, b: int) -> NDArray[np.bool_]:
    """Rows of programmes this person has done or is in: not suggested again, but not excluded either."""
    behind = m.people.seekers.behind(b)
    return np.array([programme.id in behind for programme in m.programmes])[m.pool.programme]


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
    groups = [m.programmes[m.pool.programme[r]].subkind.split("/")[0].strip().lower() for r in rows]
    places = spread(rows.tolist(), keys.tolist(), groups, TOP, m.order.same_group, m.order.margin)
    return [int(rows[place]) for place in places]
