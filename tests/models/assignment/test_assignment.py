"""The assignment against brute force: optimal with both solvers, within capacity, households kept, ties reproducible."""

import itertools

import numpy as np
import pytest

from matcher.models.assignment import Couples, Edges, assign, best_solver, greedy, make_edges

SOLVERS = ("flow", "matching")


def excludes(_pair: tuple[int, int], first: int, second: int) -> bool:
    return (first + second) % 2 == 0


def random_case(seed: int) -> tuple[Edges, np.ndarray, Couples]:
    rng = np.random.default_rng(seed)
    people, places = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    person, vacancy = np.nonzero(rng.random((people, places)) < 0.6)
    edges = make_edges(person, vacancy, rng.integers(50, 60, len(person)), people, places)
    pairs = [(first, first + 1) for first in range(0, people - 1, 2)]
    return edges, rng.integers(0, 3, places), Couples(pairs, excludes)


def brute_force(edges: Edges, capacity: np.ndarray, couples: Couples) -> int:
    options = [[None, *np.flatnonzero(edges.person == one).tolist()] for one in range(edges.persons)]
    best = 0
    for picked in itertools.product(*options):
        used = np.bincount([edges.vacancy[edge] for edge in picked if edge is not None], minlength=edges.vacancies)
        if (used > capacity).any():
            continue
        both = [(pair, picked[pair[0]], picked[pair[1]]) for pair in couples.pairs]
        if any(
            first is not None
            and second is not None
            and couples.excludes(pair, int(edges.vacancy[first]), int(edges.vacancy[second]))
            for pair, first, second in both
        ):
            continue
        best = max(best, sum(int(edges.points[edge]) for edge in picked if edge is not None))
    return best


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("seed", range(60))
def test_equals_brute_force(seed: int, solver: str) -> None:
    if solver == "flow":
        pytest.importorskip("ortools")
    edges, capacity, couples = random_case(seed)
    for asked in (Couples(), couples):
        found = assign(edges, capacity, asked, solver=solver, node_limit=1_000)
        assert found.total == brute_force(edges, capacity, asked) == int(edges.points[found.chosen].sum())
        assert found.gap == 0.0
        assert (np.bincount(edges.vacancy[found.chosen], minlength=edges.vacancies) <= capacity).all()
        assert (np.bincount(edges.person[found.chosen], minlength=edges.persons) <= 1).all()


@pytest.mark.parametrize("seed", range(40))
def test_a_node_limit_keeps_households_and_reports_the_gap(seed: int) -> None:
    edges, capacity, couples = random_case(seed)
    found = assign(edges, capacity, couples, node_limit=1)
    assert found.total <= brute_force(edges, capacity, couples) <= found.bound
    vacancy = {int(edges.person[edge]): int(edges.vacancy[edge]) for edge in np.flatnonzero(found.chosen)}
    for first, second in couples.pairs:
        if first in vacancy and second in vacancy:
            assert not excludes((first, second), vacancy[first], vacancy[second])


def test_greedy_is_worse_and_within_capacity() -> None:
    person, vacancy = np.array([0, 0, 1]), np.array([0, 1, 0])
    edges = make_edges(person, vacancy, np.array([10, 9, 9]), 2, 2)
    capacity = np.array([1, 1])
    assert int(edges.points[greedy(edges, capacity)].sum()) == 10
    assert assign(edges, capacity).total == 18


def test_the_order_of_the_input_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    person, vacancy = np.nonzero(rng.random((60, 40)) < 0.3)
    points = rng.integers(100, 104, len(person))
    capacity = rng.integers(1, 3, 40)

    def chosen(order: np.ndarray) -> list[tuple[int, int]]:
        edges = make_edges(person[order], vacancy[order], points[order], 60, 40)
        found = assign(edges, capacity).chosen
        return list(zip(edges.person[found].tolist(), edges.vacancy[found].tolist(), strict=True))

    straight = chosen(np.arange(len(person)))
    assert all(chosen(rng.permutation(len(person))) == straight for _ in range(5))


def test_both_solvers_agree_on_the_sum_of_a_larger_case() -> None:
    pytest.importorskip("ortools")
    rng = np.random.default_rng(4)
    person, vacancy = np.nonzero(rng.random((300, 120)) < 0.1)
    edges = make_edges(person, vacancy, rng.integers(9_000_000, 12_000_000, len(person)), 300, 120)
    capacity = rng.integers(0, 4, 120)
    assert assign(edges, capacity, solver="flow").total == assign(edges, capacity, solver="matching").total


def test_nothing_to_assign() -> None:
    empty = np.zeros(0, dtype=np.int64)
    found = assign(make_edges(empty, empty, empty, 3, 2), np.array([1, 1]))
    assert (found.total, found.gap, found.solver) == (0, 0.0, best_solver())
