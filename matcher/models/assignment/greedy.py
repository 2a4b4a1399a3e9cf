"""The assignment everybody would write first, for comparison: best pair first, then the next that still fits."""

import numpy as np
from numpy.typing import NDArray

from matcher.models.assignment.values import Edges


def greedy(edges: Edges, capacity: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose edges by falling points, ties by person and vacancy, while person and vacancy are free."""
    chosen = np.zeros(len(edges), dtype=np.bool_)
    free = [True] * edges.persons
    left = capacity.tolist()
    person, vacancy = edges.person.tolist(), edges.vacancy.tolist()
    for edge in np.argsort(-edges.points, kind="stable").tolist():
        if free[person[edge]] and left[vacancy[edge]] > 0:
            free[person[edge]] = False
            left[vacancy[edge]] -= 1
            chosen[edge] = True
    return chosen
