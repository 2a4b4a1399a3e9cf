"""Many participants, limited places: the exact assignment, households, and greedy beside it."""

from matcher.models.assignment.flow import best_solver
from matcher.models.assignment.greedy import greedy
from matcher.models.assignment.households import Couples, assign
from matcher.models.assignment.values import Assignment, Edges, make_edges

__all__ = ["Assignment", "Couples", "Edges", "assign", "best_solver", "greedy", "make_edges"]
