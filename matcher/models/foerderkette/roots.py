"""First steps: what must come first, what is running, and the best chain that begins with each step and uses it."""

from dataclasses import dataclass

from matcher.models.foerderkette.doors import Way
from matcher.models.foerderkette.search import CURRENT, Found, Move, Search
from matcher.models.foerderkette.use import Best, go_on


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
