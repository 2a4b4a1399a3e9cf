"""What a day did, in figures: coverage, reasons, spread, what people gave up, and by group with n.

Groups (sex × children, age group, migration where recorded) are for audit alone: they are read after everything has
been decided and stand only in the report, as sums. Groups below `least_n` are counted, not compared.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.daily.values import Abstention, Proposal
from matcher.models.assignment import Assignment, Edges
from matcher.participant import Profile
from matcher.results import POINTS_PER_UNIT

AGE_GROUPS = ((25, "unter 25"), (35, "25 bis 34"), (50, "35 bis 49"), (200, "50 und älter"))
FULL_TIME_HOURS = 39.0
"""Hours of a full-time vacancy that states none (assumption for the report only)."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The assignment beside what greedy would have done, over the same edges."""

    edges: Edges
    capacity: NDArray[np.int64]
    result: Assignment
    greedy: NDArray[np.bool_]


def make_report(
    profiles: Sequence[Profile],
    proposals: Sequence[Proposal],
    abstentions: Sequence[Abstention],
    solved: Solved,
    hours: Mapping[str, float | None],
    least_n: int,
) -> dict[str, Any]:
    """The report; shares in [0, 1], points in millionths, minutes one way."""
    persons = len(proposals) + len(abstentions)
    reasons = Counter(one.reason for one in abstentions)
    return {
        "persons": persons,
        "proposals": len(proposals),
        "coverage": _share(len(proposals), persons),
        "abstentions": dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        "vacancies": _vacancies(proposals, solved),
        "assignment": _assignment(solved),
        "loss_against_first_choice": _loss(proposals),
        "distance_minutes": spread([one.body.get("travel_minutes") for one in proposals]),
        "hours_per_week": spread([hours.get(one.vacancy) for one in proposals]),
        "groups": _groups(profiles, proposals, hours, least_n),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def spread(values: Sequence[float | None]) -> dict[str, Any]:
    """n, mean, median and highest of the known values, and how many are unknown."""
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    if not len(known):
        return {"n": 0, "unknown": len(values)}
    return {
        "n": len(known),
        "unknown": len(values) - len(known),
        "mean": round(float(known.mean()), 2),
        "median": round(float(np.median(known)), 2),
        "highest": round(float(known.max()), 2),
    }


def _vacancies(proposals: Sequence[Proposal], solved: Solved) -> dict[str, Any]:
    per_vacancy = Counter(one.vacancy for one in proposals)
    wanted = np.unique(solved.edges.vacancy)
    counts = np.bincount(solved.edges.vacancy[solved.result.chosen], minlength=solved.edges.vacancies)
    greedy = np.bincount(solved.edges.vacancy[solved.greedy], minlength=solved.edges.vacancies)
    return {
        "with_candidates": len(wanted),
        "with_proposals": len(per_vacancy),
        "most_on_one": max(per_vacancy.values(), default=0),
        "over_capacity": int((counts > solved.capacity).sum()),
        "full": int(((counts == solved.capacity) & (counts > 0)).sum()),
        "proposals_per_vacancy": {
            str(number): count for number, count in sorted(Counter(per_vacancy.values()).items())
        },
        "gini": gini(counts[wanted]),
        "gini_greedy": gini(greedy[wanted]),
    }


def gini(counts: NDArray[np.int64]) -> float | None:
    """How unevenly proposals fall on the vacancies that anybody could have: 0 evenly, 1 all on one."""
    if not len(counts) or counts.sum() == 0:
        return None
    ordered = np.sort(counts).astype(np.float64)
    ranks = np.arange(1, len(ordered) + 1)
    return round(float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum())), 4)


def _assignment(solved: Solved) -> dict[str, Any]:
    points = solved.edges.points
    return {
        "solver": solved.result.solver,
        "pairs": len(solved.edges),
        "points": solved.result.total,
        "bound": solved.result.bound,
        "gap": round(solved.result.gap, 8),
        "flows": solved.result.nodes,
        "placed": int(solved.result.chosen.sum()),
        "greedy_placed": int(solved.greedy.sum()),
        "greedy_points": int(points[solved.greedy].sum()),
        "greedy_share_of_optimum": _share(int(points[solved.greedy].sum()), solved.result.total),
    }


def _loss(proposals: Sequence[Proposal]) -> dict[str, Any]:
    losses = [one.loss / POINTS_PER_UNIT for one in proposals]
    first = sum(one.loss == 0 for one in proposals)
    return {"first_choice": first, "share_first_choice": _share(first, len(proposals)), **spread(losses)}


def _groups(
    profiles: Sequence[Profile], proposals: Sequence[Proposal], hours: Mapping[str, float | None], least_n: int
) -> list[dict[str, Any]]:
    by_person = {one.participant: one for one in proposals}
    members: dict[tuple[str, str], list[str]] = {}
    for profile in profiles:
        for key in groups_of(profile):
            members.setdefault(key, []).append(profile.id)
    rows = []
    for (by, group), ids in sorted(members.items()):
        row: dict[str, Any] = {"by": by, "group": group, "n": len(ids)}
        if len(ids) >= least_n:
            found = [by_person[key] for key in ids if key in by_person]
            row |= {
                "proposals": len(found),
                "coverage": _share(len(found), len(ids)),
                "loss": spread([one.loss / POINTS_PER_UNIT for one in found]),
                "distance_minutes": spread([one.body.get("travel_minutes") for one in found]),
                "hours_per_week": spread([hours.get(one.vacancy) for one in found]),
            }
        rows.append(row)
    return rows


def groups_of(profile: Profile) -> list[tuple[str, str]]:
    """The audit groups of one person."""
    sex = {"female": "Frauen", "male": "Männer", "diverse": "divers"}.get(profile.protected.gender or "", "unbekannt")
    children = profile.household.children
    has = bool(children) if children is not None else profile.household.has_children
    words = {True: "mit Kindern", False: "ohne Kinder", None: "Kinder unbekannt"}[has]
    migration = {True: "ja", False: "nein", None: "nicht erfasst"}[profile.protected.migration_background]
    age = profile.participant.age
    group = "unbekannt" if age is None else next(name for limit, name in AGE_GROUPS if age < limit)
    return [("sex × children", f"{sex}, {words}"), ("age", group), ("migration", migration)]
