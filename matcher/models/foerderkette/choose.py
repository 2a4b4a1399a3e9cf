"""Which chains are shown: the best chain of every first step, then the best few that differ.

Two chains differ when the first step or at least two steps differ (DESIGN section 4); the same steps in another order
count as one chain. Direct placement is always among them where it may come at all.
"""

from dataclasses import replace

from matcher.models.foerderkette.roots import Root, best_from, find_roots
from matcher.models.foerderkette.search import CURRENT, Found, Search
from matcher.models.foerderkette.values import CLARIFY, PLACEMENT


def step_ids(search: Search, found: Found) -> tuple[str, ...]:
    """Ids of the steps as shown: what must be clarified stands before the first step that asks it."""
    shown: list[str] = []
    asked = False
    for number, way in found.moves:
        name = "step:continue_current" if number == CURRENT else search.planner.actions[number].id
        if not way.certain and not asked:
            shown.append(CLARIFY)
        asked = asked or not way.certain or name == CLARIFY
        shown.append(name)
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
    """Exact: a beginning is left aside only when its bound is no better than the last chain shown."""
    waiting = _finals_first(search, find_roots(search))
    exact: list[Found] = []
    chosen: list[Found] = []
    while True:
        cut = _cut(search, chosen, most)
        root = next((root for root in waiting if root.bound > cut), None)
        if root is None:
            break
        waiting.remove(root)
        answer = best_from(search, root, cut)
        if isinstance(answer, Found):
            exact.append(answer)
            chosen = select(search, exact, most)
        elif 0.0 < answer < root.bound:
            waiting.append(replace(root, bound=answer))
    return _with_placement(search, exact, chosen, most)


def _finals_first(search: Search, roots: list[Root]) -> list[Root]:
    """One-step chains are known at once and leave less to search."""
    return sorted(roots, key=lambda root: (not search.is_final(root.number), root.key))


def _cut(search: Search, chosen: list[Found], most: int) -> float:
    """What a further chain must beat: the last one shown, and a share of the best."""
    if not chosen:
        return 0.0
    least = search.numbers.shown_from * chosen[0].value
    return max(least, chosen[-1].value) if len(chosen) == most else least


def _with_placement(search: Search, exact: list[Found], chosen: list[Found], most: int) -> list[Found]:
    """Direct placement competes in every answer about work."""
    if most == 1 or any(_is_direct(search, item) for item in chosen):
        return chosen
    beginnings = [root for root in find_roots(search) if _begins_with_placement(search, root)]
    direct = min(beginnings, key=lambda root: len(root.prefix), default=None)
    answer = best_from(search, direct, 0.0) if direct is not None else 0.0
    if not isinstance(answer, Found):
        return chosen
    return [*chosen[: most - 1], answer]


def _begins_with_placement(search: Search, root: Root) -> bool:
    return root.number is not None and search.planner.actions[root.number].id == PLACEMENT


def _is_direct(search: Search, found: Found) -> bool:
    """Nothing but what must come first stands before placement."""
    free = [number for number, _ in found.moves[len(search.pending) :]]
    return len(free) == 1 and free[0] != CURRENT and search.planner.actions[free[0]].id == PLACEMENT
