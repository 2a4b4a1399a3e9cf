"""Exact assignment by a library solver: minimum-cost flow of OR-tools, else sparse matching of scipy.

Both maximise the sum of points with at most one vacancy per person and `capacity` persons per vacancy. Edges come
in a fixed order, so equal input gives equal output. Source: PERFORMANCE D.
"""

import importlib.util
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MatcherError
from matcher.models.assignment.values import Edges

Chosen = NDArray[np.bool_]
Capacity = NDArray[np.int64]
Solver = Callable[[Edges, Capacity], Chosen]


def solve_by_flow(edges: Edges, capacity: Capacity) -> Chosen:
    """Choose edges by OR-tools' SimpleMinCostFlow; nodes without edges are left out."""
    from ortools.graph.python import min_cost_flow

    people, person = np.unique(edges.person, return_inverse=True)
    places, place = np.unique(edges.vacancy, return_inverse=True)
    n, m = len(people), len(places)
    source, sink = n + m, n + m + 1
    mine, theirs = np.arange(n), n + np.arange(m)
    none, one = np.zeros, np.ones
    tails = np.concatenate([np.full(n, source), person, theirs, mine]).astype(np.int32)
    heads = np.concatenate([mine, n + place, np.full(m, sink), np.full(n, sink)]).astype(np.int32)
    room = np.concatenate([one(n), one(len(edges)), capacity[places], one(n)]).astype(np.int64)
    costs = np.concatenate([none(n), -edges.points, none(m), none(n)]).astype(np.int64)
    graph = min_cost_flow.SimpleMinCostFlow()
    arcs = graph.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
    graph.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([n, -n], dtype=np.int64))
    if graph.solve() != graph.OPTIMAL:
        raise MatcherError(
            "The assignment could not be solved to the optimum.",
            "This is a fault of the program: no input should lead here. Nothing was recorded.",
        )
    return np.asarray(graph.flows(arcs[n : n + len(edges)])) > 0


def solve_by_matching(edges: Edges, capacity: Capacity) -> Chosen:
    """Choose edges by scipy's sparse bipartite matching: one column per place, one spare column per person."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    people, person = np.unique(edges.person, return_inverse=True)
    wanted = np.bincount(edges.vacancy, minlength=edges.vacancies)
    places = np.minimum(capacity, wanted)
    start = np.concatenate(([0], np.cumsum(places)))
    copies = places[edges.vacancy]
    edge = np.repeat(np.arange(len(edges)), copies)
    column = start[edges.vacancy[edge]] + np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    n, m = len(people), int(start[-1])
    rows = np.concatenate([person[edge], np.arange(n)])
    columns = np.concatenate([column, m + np.arange(n)])
    worth = np.concatenate([1.0 + edges.points[edge], np.ones(n)])
    matrix = csr_matrix((worth, (rows, columns)), shape=(n, m + n))
    found_row, found_column = min_weight_full_bipartite_matching(matrix, maximize=True)
    vacancy_of = np.repeat(np.arange(edges.vacancies), places)
    real = found_column < m
    key = edges.person.astype(np.int64) * edges.vacancies + edges.vacancy
    picked = people[found_row[real]].astype(np.int64) * edges.vacancies + vacancy_of[found_column[real]]
    chosen = np.zeros(len(edges), dtype=np.bool_)
    chosen[np.searchsorted(key, picked)] = True
    return chosen


SOLVERS: dict[str, Solver] = {"flow": solve_by_flow, "matching": solve_by_matching}


def best_solver() -> str:
    """Name of the fastest exact solver that is installed."""
    return "flow" if importlib.util.find_spec("ortools") else "matching"


def solve(edges: Edges, capacity: Capacity, solver: str) -> Chosen:
    """The best assignment without any regard to households; edges to full vacancies are never chosen."""
    open_ = capacity[edges.vacancy] > 0
    chosen = np.zeros(len(edges), dtype=np.bool_)
    if open_.any():
        chosen[open_] = SOLVERS[solver](edges.keep(open_), capacity)
    return chosen
