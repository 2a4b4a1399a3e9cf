"""First steps: what must come first, what is running, and the best chain that begins with each step and uses it.

A first step is used when it opens a later step (its gains make that step possible, earlier or more certain) or raises
the outcome by more than it costs; otherwise the list would fill with detours in front of the same chain.
"""

from dataclasses import dataclass

from matcher.models.foerderkette.doors import Way
from matcher.models.foerderkette.search import CURRENT, Found, Move, Search

Best = tuple[float, tuple[Move, ...] | None]


@dataclass(frozen=True, slots=True)
class Root:
    """Where the free choice begins: forced moves with their factor, the state after them, the step to begin with."""

    prefix: tuple[Move, ...]
    factor: float
    mask: int
    day: int
    left: int
    clarified: bool
    number: int | None
    bound: float

    @property
    def key(self) -> tuple[float, int, int]:
        """Highest bound first, then shorter prefixes, then the step."""
        return -self.bound, len(self.prefix), -1 if self.number is None else self.number


def find_roots(search: Search) -> list[Root]:
    """All possible beginnings, highest bound first."""
    begin = Root((), 1.0, search.start, 0, search.numbers.most_steps, False, None, 0.0)
    forced = _forced(search, begin)
    if forced is None:
        return []
    roots = _choices(search, forced)
    if search.current is not None and not forced.mask & search.free:
        roots += _after_current(search, forced)
    return sorted(roots, key=lambda root: root.key)


def _forced(search: Search, root: Root) -> Root | None:
    """Take what must come first, in order; None where it cannot be taken."""
    for bit, step in search.pending:
        number = next((n for n in search.candidates if search.planner.actions[n].id == step), None)
        if number is None:
            return None
        if root.mask >> bit & 1:
            continue
        taken = next(iter(search.moves(number, root.mask, root.day, not root.prefix, root.clarified)), None)
        if taken is None:
            return None
        factor, way, used = taken
        after = search.after(number, root.mask)
        clarified = root.clarified or used == 2 or bool(after & ~root.mask & search.planner.clarified_mask)
        root = Root(
            (*root.prefix, (number, way)), root.factor * factor, after, way.end, root.left - used, clarified, None, 0.0
        )
    return root


def _choices(search: Search, root: Root) -> list[Root]:
    return [
        Root(root.prefix, root.factor, root.mask, root.day, root.left, root.clarified, number, root.factor * bound)
        for bound, number in search.children(root.mask, root.left)
    ]


def _after_current(search: Search, root: Root) -> list[Root]:
    """Go on with what is running until its end, then choose."""
    current = search.current
    if current is None or root.left < 1:
        return []
    days = max(0, current.days - root.day)
    factor = root.factor * current.rate * search.discount(days)
    mask = root.mask | current.gains | search.free
    move = (CURRENT, Way(root.day, root.day + days, -1, True, False))
    ended = Root((*root.prefix, move), factor, mask, root.day + days, root.left - 1, root.clarified, None, factor)
    return [ended] if mask & search.goal else _choices(search, ended)


def best_from(search: Search, root: Root, cut: float) -> Found | float:
    """The best chain of a root; a number (upper bound, at most `cut`) where nothing above `cut` exists."""
    if root.number is None:
        return Found(root.factor, root.prefix) if root.factor > cut else min(root.factor, cut)
    best: Found | None = None
    upper = 0.0
    for own, way, used in search.moves(root.number, root.mask, root.day, not root.prefix, root.clarified):
        goal = best.value if best is not None else cut
        value, rest = _through(search, root, root.number, way, used, own, goal)
        upper = max(upper, value)
        if rest is not None and value > goal:
            best = Found(value, (*root.prefix, (root.number, way), *rest))
    return best if best is not None else min(upper, cut)


def _through(search: Search, root: Root, number: int, way: Way, used: int, own: float, cut: float) -> Best:
    value, rest = go_on(
        search, number, root.mask, way, root.left - used, root.clarified or used == 2, own, cut / root.factor
    )
    return value * root.factor, rest


def go_on(search: Search, number: int, mask: int, way: Way, left: int, clarified: bool, own: float, cut: float) -> Best:
    """What follows a step that must be used: nothing after the goal, else a chain that uses it."""
    after = search.after(number, mask)
    if after & search.goal:
        return search.onward(number, mask, way, left, clarified, own, cut)
    if left < 0 or way.end > search.planner.horizon_days:
        return 0.0, None
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
            if within <= 1 and number not in self.users:
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
