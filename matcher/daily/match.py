"""Candidates, what the past and the law forbid, and the one assignment of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.daily.blocks import open_rows
from matcher.daily.exclusions import ExclusionSample
from matcher.daily.morning import Morning
from matcher.daily.near_misses import NearMisses
from matcher.daily.past import Limits, allowed_edges
from matcher.daily.policy import Policy
from matcher.daily.report import Solved
from matcher.daily.restrictions import Followed
from matcher.daily.shifts import Shifts
from matcher.daily.weigh import Bar, Weigher, make_bar
from matcher.features.reach import travel_minutes
from matcher.models.assignment import Couples, Edges, assign, greedy
from matcher.participant import Profile
from matcher.pool.people import People
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancies import VacancyPool
from matcher.ranking import unknown_discounts


@dataclass(frozen=True, slots=True)
class Around:
    """What was seen beside the candidates while all pairs went by."""

    near: NearMisses
    sample: ExclusionSample


@dataclass(frozen=True, slots=True)
class Matched:
    """Persons to be placed with their candidates, before and after what the past forbids, and what was assigned."""

    weigher: Weigher
    limits: Limits
    edges: Edges
    allowed: NDArray[np.bool_]
    first: NDArray[np.int64]
    solved: Solved
    around: Around


def match(morning: Morning, placed: Sequence[Profile], pool: VacancyPool, limits: Limits) -> Matched:
    """Candidates and the one assignment of the day."""
    engine, policy = morning.engine, morning.policy
    people = encode_people(placed, engine.places, engine.occupations, morning.today)
    weigher = morning.weigher(people, pool, bar_of(morning))
    around = Around(
        NearMisses(weigher, policy.bridges),
        ExclusionSample(weigher, policy.sampled_exclusions, morning.today.isoformat()),
    )
    lookers = (around.near, around.sample) if morning.with_near_misses else ()
    found = weigher.candidates(lookers, morning.progress("Candidates", len(people)))
    edges = lawful(near_enough(found, weigher, policy), placed, pool, morning.restricted)
    allowed = allowed_edges(edges, people, pool, morning.history, morning.today)
    first = first_choices(edges, allowed)
    loss = first[edges.person] - edges.points
    kept = allowed & (loss <= engine.tables.vacancy_weights.most(policy.loss_share)) & ~limits.full[edges.vacancy]
    admissible = edges.keep(kept)
    result = assign(
        admissible,
        limits.capacity,
        couples_of(morning, people, pool),
        solver=morning.solver,
        node_limit=policy.flow_limit,
    )
    solved = Solved(admissible, limits.capacity, result, greedy(admissible, limits.capacity))
    return Matched(weigher, limits, edges, allowed, first, solved, around)


def bar_of(morning: Morning) -> Bar:
    """What a pair must reach today."""
    tables = morning.engine.tables
    order = tables.vacancy_order
    discount = unknown_discounts(np.zeros(1, dtype=np.int64), order.unknown_once, 0.0, order.unknown_most)
    return make_bar(tables.vacancy_weights, morning.policy, int(discount[0]))


def near_enough(edges: Edges, weigher: Weigher, policy: Policy) -> Edges:
    """Without ways that nobody can estimate, and without long ones of persons whose limit is unknown."""
    people, pool = weigher.people.open, weigher.pool
    kept = np.ones(len(edges), dtype=np.bool_)
    starts = edges.starts()
    unclear = np.isnan(people.max_commute_minutes) | np.isnan(people.lat) | np.isnan(people.km_per_hour)
    lost = np.flatnonzero(np.isnan(pool.lat) | np.isnan(pool.lon))
    kept[np.isin(edges.vacancy, lost)] = False
    for number in np.flatnonzero(unclear).tolist():
        own = slice(int(starts[number]), int(starts[number + 1]))
        minutes = travel_minutes(open_rows(people, np.array([number])), pool)[0, edges.vacancy[own]]
        kept[own] &= minutes <= policy.longest_minutes
    return edges.keep(kept)


def lawful(edges: Edges, placed: Sequence[Profile], pool: VacancyPool, restricted: Mapping[str, Followed]) -> Edges:
    """Without pairs that a vacancy with a recorded legal reason excludes; everybody else's restrictions are ignored."""
    kept = np.ones(len(edges), dtype=np.bool_)
    for row in np.flatnonzero(np.isin(pool.ids, list(restricted))).tolist() if restricted else ():
        asked = restricted[str(pool.ids[row])]
        for edge in np.flatnonzero(edges.vacancy == row).tolist():
            kept[edge] = asked.admits(placed[int(edges.person[edge])])
    return edges.keep(kept)


def first_choices(edges: Edges, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Points of everybody's own best allowed vacancy, places or not; shape (persons,), 0 without any."""
    best = np.zeros(edges.persons, dtype=np.int64)
    np.maximum.at(best, edges.person[allowed], edges.points[allowed])
    return best


def couples_of(morning: Morning, people: People, pool: VacancyPool) -> Couples:
    """Pairs of persons of one household with children who need care."""
    cares = morning.cares or {}
    homes: dict[str, list[int]] = {}
    for number, key in enumerate(people.open.ids):
        care = cares.get(str(key))
        if care is not None and care.household:
            homes.setdefault(care.household, []).append(number)
    pairs = [
        (first, second)
        for members in homes.values()
        if any(people.open.needs_care[number] == 1 for number in members)
        for place, first in enumerate(members)
        for second in members[place + 1 :]
    ]
    return Couples(sorted(pairs), Shifts(people.open, pool).exclude)
