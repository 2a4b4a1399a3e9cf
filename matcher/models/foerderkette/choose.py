"""Which chains are shown: the best chain of every first step, then the best few that differ.

Two chains differ when the first step or at least two steps differ (DESIGN section 4); the same steps in another order
count as one chain. Direct placement is always among them where it may come at all.
"""

from matcher.models.foerderkette.search import CURRENT, Found, Search
from matcher.models.foerderkette.values import CLARIFY, PLACEMENT


def step_ids(search: Search, found: Found) -> tuple[str, ...]:
    """Ids of the steps as shown: what must be clarified stands before the first step that asks it."""
    shown: list[str] = []
    asked = False
    for number, way in found.moves:
        if not way.certain and not asked:
            asked = True
            shown.append(CLARIFY)
        shown.append("step:continue_current" if number == CURRENT else search.planner.actions[number].id)
    return tuple(shown)


def differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Do two chains differ enough to be shown side by side?"""
    if sorted(one) == sorted(other):
        return False
    mine, theirs = set(one), set(other)
    return one[0] != other[0] or max(len(mine - theirs), len(theirs - mine)) >= 2


def select(search: Search, found: list[Found], most: int) -> list[Found]:
    """The best that differ pairwise, highest value first, ties by their steps."""
    ordered = sorted(found, key=lambda item: (-item.value, step_ids(search, item)))
    chosen: list[Found] = []
    for item in ordered:
        if len(chosen) < most and all(differ(step_ids(search, item), step_ids(search, kept)) for kept in chosen):
            chosen.append(item)
    return chosen


def best_chains(search: Search, most: int) -> list[Found]:
    """Exact: a first step is left aside only when its bound is no better than the last chain shown."""
    waiting = search.roots()
    exact: list[Found] = []
    chosen: list[Found] = []
    while waiting:
        cut = chosen[-1].value if len(chosen) == most else 0.0
        bound, number = waiting[0]
        if bound <= cut:
            break
        answer = search.from_root(number, cut)
        if isinstance(answer, Found):
            waiting.pop(0)
            exact.append(answer)
        elif answer <= 0.0:
            waiting.pop(0)
        else:
            waiting[0] = (answer, number)
        chosen = select(search, exact, most)
        waiting.sort(key=lambda item: (-item[0], item[1]))
    return _with_placement(search, exact, chosen, most)


def _with_placement(search: Search, exact: list[Found], chosen: list[Found], most: int) -> list[Found]:
    """Direct placement competes in every answer about work."""
    planner = search.planner
    number = planner.number(PLACEMENT)
    if number not in search.candidates or any(step_ids(search, item)[0] == PLACEMENT for item in chosen):
        return chosen
    if not search.allowed(number, search.start):
        return chosen
    answer = search.from_root(number, 0.0)
    if not isinstance(answer, Found):
        return chosen
    kept = chosen[: most - 1] if len(chosen) >= most else chosen
    return [*kept, answer]
