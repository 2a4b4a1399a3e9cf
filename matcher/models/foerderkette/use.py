"""Chains in which every step serves: the first one is used by a later one, that one by another, up to the goal.

A step is used when it opens a later step (its gains make that step possible, earlier or more certain) or raises the
outcome by more than it costs; otherwise a list would fill with detours in front of the same chain. Depth first with
the search's bound and a memory of states for every step that waits to be used.
"""

from matcher.models.foerderkette.doors import Way
from matcher.models.foerderkette.search import Move, Search

Best = tuple[float, tuple[Move, ...] | None]
"""Value and moves; without moves the value is an upper bound."""


def go_on(search: Search, number: int, mask: int, way: Way, left: int, clarified: bool, own: float, cut: float) -> Best:
    """What follows a step that must be used: nothing after the goal, else a chain that uses it."""
    after = search.after(number, mask)
    if left < 0 or way.end > search.planner.horizon_days:
        return 0.0, None
    if after & search.goal:
        return own, ()
    clarified = clarified or bool(after & ~mask & search.planner.clarified_mask)
    use = search.uses.setdefault((after & ~mask, own), None) or Use(search, after & ~mask, own)
    search.uses[after & ~mask, own] = use
    value, rest = use.best(after, way.end, left, clarified, cut / own, search.numbers.used_within)
    return value * own, rest


class Use:
    """The chains after a first step in which one of the next `used_within` steps uses it; then the plain best."""

    def __init__(self, search: Search, gained: int, factor: float) -> None:
        self.search, self.gained, self.factor = search, gained, factor
        self.users = frozenset(n for n in search.candidates if self._may_use(n))
        self._memory: dict[tuple[int, int, int, bool, int], Best] = {}

    def _may_use(self, number: int) -> bool:
        planner = self.search.planner
        action = planner.actions[number]
        if (action.needs | planner.state_reads[number]) & self.gained:
            return True
        if action.odds is None:
            return False
        raised = self.factor
        for bit, factor in planner.tables.odds[action.odds].factors:
            raised *= factor if self.gained >> bit & 1 else 1.0
        return raised > 1.0

    def best(self, mask: int, day: int, left: int, clarified: bool, cut: float, within: int) -> Best:
        """Best value from a state in which the first step has not been used yet."""
        if not self.users:
            return 0.0, None
        key = (mask & self.search.keep, day, left, clarified, within)
        known = self._memory.get(key)
        if known is not None and (known[1] is not None or known[0] <= cut):
            return known
        result = self._memory[key] = self._search(mask, day, left, clarified, cut, within)
        return result

    def _search(self, mask: int, day: int, left: int, clarified: bool, cut: float, within: int) -> Best:
        search, best, upper = self.search, cut, 0.0
        moves: tuple[Move, ...] | None = None
        for bound, number in search.children(mask, left):
            if bound <= best:
                upper = max(upper, bound)
                break
            if number not in self.users and within <= 1:
                continue
            for factor, way, used in search.moves(number, mask, day, False, clarified):
                asked = clarified or used == 2
                if number in self.users and self.is_used(number, mask, day, way, clarified):
                    value, rest = go_on(search, number, mask, way, left - used, asked, factor, best)
                else:
                    value, rest = self._later(number, mask, way, left - used, asked, factor, best, within)
                upper = max(upper, value)
                if rest is not None and value > best:
                    best, moves = value, ((number, way), *rest)
        return (best, moves) if moves is not None else (min(upper, cut), None)

    def _later(
        self, number: int, mask: int, way: Way, left: int, clarified: bool, factor: float, cut: float, within: int
    ) -> Best:
        search = self.search
        after = search.after(number, mask)
        if within <= 1 or left <= 0 or after & search.goal or way.end > search.planner.horizon_days:
            return 0.0, None
        value, rest = self.best(after, way.end, left, clarified, cut / factor, within - 1)
        return value * factor, rest

    def is_used(self, number: int, mask: int, day: int, way: Way, clarified: bool) -> bool:
        """Would this step be closed, later or less certain without the first one, or the outcome not worth its cost?"""
        search, without = self.search, mask & ~self.gained
        action = search.planner.actions[number]
        if action.needs & self.gained:
            return True
        if action.odds is not None:
            raised = search.view.rate(number, mask, way.start) / search.view.rate(number, without, way.start)
            if self.factor * raised > 1.0:
                return True
        if not search.planner.state_reads[number] & self.gained:
            return False
        ways = search.view.doors.ways(number, without, day, first=False, clarified=clarified)
        return not any(other.end <= way.end and other.certain >= way.certain for other in ways)
