"""Values of the assignment: admissible pairs as columns, and what a solver answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int32]
Points = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """E admissible pairs, ordered by (person, vacancy): numbers of person and vacancy, and points (positive).

    `persons` and `vacancies` say how many there are of each, edges or not.
    """

    person: Index
    vacancy: Index
    points: Points
    persons: int
    vacancies: int

    def __len__(self) -> int:
        return len(self.points)

    def starts(self) -> NDArray[np.int64]:
        """Offsets of every person's edges: person i owns entries starts[i] to starts[i + 1]; shape (persons + 1,)."""
        return np.searchsorted(self.person, np.arange(self.persons + 1)).astype(np.int64)

    def keep(self, kept: NDArray[np.bool_]) -> "Edges":
        """The edges where `kept` (E,) is true."""
        return Edges(self.person[kept], self.vacancy[kept], self.points[kept], self.persons, self.vacancies)


def make_edges(person: Index, vacancy: Index, points: Points, persons: int, vacancies: int) -> Edges:
    """Edges in the order that every solver expects, whatever the order given."""
    order = np.argsort(person.astype(np.int64) * vacancies + vacancy)
    return Edges(
        person[order].astype(np.int32),
        vacancy[order].astype(np.int32),
        points[order].astype(np.int64),
        persons,
        vacancies,
    )


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which edges were chosen (E,), their sum of points, and how far from the optimum it may be.

    `gap` is (bound - total) / bound: 0 where the optimum is proven; `nodes` flows were solved.
    """

    chosen: NDArray[np.bool_]
    total: int
    bound: int
    nodes: int
    solver: str

    @property
    def gap(self) -> float:
        """Share of the bound that is not reached."""
        return (self.bound - self.total) / self.bound if self.bound else 0.0
