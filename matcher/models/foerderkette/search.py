"""The search: for every first step the best chain to one goal, exact for the value of DESIGN section 4.

Depth first with an admissible bound (`bound.py`) and a memory of states: what has been gained, the day, the steps
left. Every step starts as early as it can; since an earlier day never closes what a later one opens, no deliberate
delay is worth more. Ties keep the first in the order of bound and id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.models.foerderkette.bound import SLACK, Bound, Relaxed
from matcher.models.foerderkette.person import PersonView, Way
from matcher.models.foerderkette.values import DAYS_PER_MONTH
from matcher.results import MET

if TYPE_CHECKING:
    from matcher.models.foerderkette.current import Current

Move = tuple[int, Way]
"""An action's number (CURRENT for what is running) and the way into it."""
CURRENT = -1


@dataclass(frozen=True, slots=True)
class Found:
    """A chain of moves with its value."""

    value: float
    moves: tuple[Move, ...]


class Search:
    """All chains of one person to one goal."""

    def __init__(self, view: PersonView, goal_bit: int, current: "Current | None") -> None:
        self.view, self.planner, self.goal, self.current = view, view.planner, 1 << goal_bit, current
        self.numbers = view.planner.tables.numbers
        self.free = 1 << view.planner.free_bit
        self.start = view.held if current is not None else view.held | self.free
        self.pending = view.planner.pending(view)
        self.relevant = self._relevant()
        self.candidates = [n for n in view.planner.possible(view) if self._counts(n)]
        self.keep = self._kept()
        self.bound = Bound(self._relaxed(), self.start, self.numbers.most_steps)
        self._memory: dict[tuple[int, int, int, bool], tuple[float, tuple[Move, ...] | None]] = {}
        self._factor = {n: self._best_factor(n) for n in self.candidates}
        ordered = sorted(self.candidates, key=lambda n: (-self._factor[n], self.planner.actions[n].key))
        self._order = tuple(ordered)

    # ---- what counts for the goal

    def _relevant(self) -> int:
        """Gains that can serve the goal: its own, what raises final rates, what opens a step that serves it."""
        view, planner = self.view, self.planner
        relevant, actions, before = self.goal, planner.actions, 0
        for bit, _ in self.pending:
            relevant |= 1 << bit
        possible = planner.possible(view)
        while relevant != before:
            before = relevant
            for number in possible:
                action = actions[number]
                if not action.gains & relevant:
                    continue
                relevant |= action.needs
                if action.gains & self.goal and action.odds is not None:
                    relevant |= planner.odds_bits[action.odds]
                if not view.is_always_open(number):
                    relevant |= planner.state_reads[number]
        return relevant

    def _counts(self, number: int) -> bool:
        action = self.planner.actions[number]
        if action.role == "gap" or (action.role == "tail" and not action.gains & self.goal):
            return False
        if action.odds is not None and not action.gains & self.goal:
            return False
        return bool(action.gains & self.relevant & ~self.view.held)

    def _kept(self) -> int:
        """Gains that tell states apart: what serves the goal and everything a candidate's admission reads."""
        kept = self.relevant | self.free | self.planner.bridge_mask
        for number in self.candidates:
            kept |= self.planner.state_reads[number] | self.planner.actions[number].needs
        return kept

    def _relaxed(self) -> list[Relaxed]:
        found = []
        for number in self.candidates:
            action = self.planner.actions[number]
            final = bool(action.gains & self.goal)
            odds = self.planner.tables.odds[action.odds] if action.odds is not None else None
            base = None
            if odds is not None and action.odds is not None:
                base = self.view.base_odds(action.odds, 0) * self.view.best_vacancy(action)
            found.append(
                Relaxed(self._best_factor(number), action.gains, final, base, odds.factors if odds is not None else ())
            )
        if self.current is not None:
            found.append(Relaxed(self.current.rate, self.current.gains, bool(self.current.gains & self.goal), None, ()))
        return found

    def _best_factor(self, number: int) -> float:
        """Rate and discount of an action at its best, without any waiting; odds are counted by the bound."""
        view, action = self.view, self.planner.actions[number]
        rate = 1.0 if action.odds is not None else view.rate(number, 0, 0)
        return rate * self._share(number, view.at_best(number) == MET) * self._discount(view.shortest(number))

    def _share(self, number: int, certain: bool) -> float:
        share = 1.0 if certain else self.numbers.unknown_share
        return share if self.planner.actions[number].documented else share * self.numbers.undocumented_share

    def _discount(self, days: int) -> float:
        return float(self.numbers.per_month ** (days / DAYS_PER_MONTH))

    # ---- moves

    def allowed(self, number: int, mask: int) -> bool:
        """May this step come in this state: new gains, what it needs, what must come first, a running measure."""
        action, planner = self.planner.actions[number], self.planner
        if not action.gains & self.relevant & ~mask or action.needs & ~mask:
            return False
        waiting = next((step for bit, step in self.pending if not mask >> bit & 1), None)
        if waiting is not None:
            return action.id == waiting
        if mask & ~self.start & planner.bridge_mask and action.odds != "placement":
            return False
        if mask & self.free or action.beside:
            return True
        return action.stage_change and self.current is not None and planner.may_change(self.current.id, action.id)

    def after(self, number: int, mask: int) -> int:
        """The state once a step is done; changing the stage ends the running one."""
        gains = self.planner.actions[number].gains
        return mask | gains | (self.free if self.planner.actions[number].stage_change else 0)

    def moves(self, number: int, mask: int, day: int, first: bool, clarified: bool) -> Iterator[tuple[float, Way, int]]:
        """Ways into a step with their factor and the steps they use up (two where something must be clarified)."""
        for way in self.view.ways(number, mask, day, first=first, clarified=clarified):
            factor = self.view.rate(number, mask, way.start) * self._share(number, way.certain)
            yield factor * self._discount(way.end - day), way, 1 if way.certain or clarified else 2

    def roots(self) -> list[tuple[float, int]]:
        """First steps that are possible now with the bound on their best chain, highest first."""
        most = self.numbers.most_steps
        found = [(self._bound_of(n, self.start, most), n) for n in self._order if self.allowed(n, self.start)]
        if self.current is not None and not self.pending:
            after = self.start | self.current.gains | self.free
            found.append((self._current_factor() * max(self.bound.of(after, most - 1), bool(after & self.goal)), CURRENT))
        return sorted(found, key=lambda item: (-item[0], item[1]))

    def _bound_of(self, number: int, mask: int, left: int) -> float:
        action = self.planner.actions[number]
        if action.gains & self.goal:
            if action.odds is None:
                return self._factor[number] * SLACK
            rate = self.view.best_rate(number, mask)
            return self._factor[number] * rate * SLACK
        return self._factor[number] * self.bound.of(self.after(number, mask), left - 1)

    def _current_factor(self) -> float:
        assert self.current is not None
        return self.current.rate * self._discount(self.current.days)

    def from_root(self, number: int, cut: float) -> Found | float:
        """The best chain that begins with this step and uses it; a number (upper bound) where none is above `cut`."""
        most = self.numbers.most_steps
        if number == CURRENT:
            return self._from_current(cut)
        best: Found | None = None
        upper = 0.0
        for factor, way, used in self.moves(number, self.start, 0, True, False):
            goal = best.value if best is not None else cut
            value, rest = self._onward_using(number, way, most - used, used == 2, factor, goal)
            upper = max(upper, value)
            if rest is not None and value > goal:
                best = Found(value, ((number, way), *rest))
        return best if best is not None else min(upper, cut)

    def _onward_using(
        self, number: int, way: Way, left: int, clarified: bool, factor: float, cut: float
    ) -> tuple[float, tuple[Move, ...] | None]:
        action = self.planner.actions[number]
        after = self.after(number, self.start)
        clarified = clarified or bool(action.gains & self.planner.clarified_mask)
        if after & self.goal or any(not self.start >> bit & 1 and after >> bit & 1 for bit, _ in self.pending):
            return self.onward(number, self.start, way, left, clarified, factor, cut)
        if left < 0 or way.end > self.planner.horizon_days:
            return 0.0, None
        use = Use(self, after & ~self.start, factor)
        value, rest = use.best(after, way.end, left, clarified, cut / factor, self.numbers.used_within)
        return value * factor, rest

    def _from_current(self, cut: float) -> Found | float:
        assert self.current is not None
        factor, mask = self._current_factor(), self.start | self.current.gains | self.free
        way = Way(0, self.current.days, -1, True, False)
        if mask & self.goal:
            return Found(factor, ((CURRENT, way),)) if factor > cut else cut
        value, rest = self.best(mask, self.current.days, self.numbers.most_steps - 1, False, cut / factor)
        if rest is not None and value * factor > cut:
            return Found(value * factor, ((CURRENT, way), *rest))
        return min(value * factor, cut)

    def onward(
        self, number: int, mask: int, way: Way, left: int, clarified: bool, factor: float, cut: float
    ) -> tuple[float, tuple[Move, ...] | None]:
        after = self.after(number, mask)
        clarified = clarified or bool(after & ~mask & self.planner.clarified_mask)
        if left < 0 or way.end > self.planner.horizon_days:
            return 0.0, None
        if after & self.goal:
            return factor, ()
        value, rest = self.best(after, way.end, left, clarified, cut / factor)
        return value * factor, rest

    def best(
        self, mask: int, day: int, left: int, clarified: bool, cut: float
    ) -> tuple[float, tuple[Move, ...] | None]:
        """Best value from a state, exact when above `cut`, else an upper bound without moves."""
        key = (mask & self.keep, day, left, clarified)
        known = self._memory.get(key)
        if known is not None and (known[1] is not None or known[0] <= cut):
            return known
        best, moves, upper = cut, None, 0.0
        for bound, number in self.children(mask, left):
            if bound <= best:
                upper = max(upper, bound)
                break
            for factor, way, used in self.moves(number, mask, day, False, clarified):
                value, rest = self.onward(number, mask, way, left - used, clarified or used == 2, factor, best)
                upper = max(upper, value)
                if rest is not None and value > best:
                    best, moves = value, ((number, way), *rest)
        result = (best, moves) if moves is not None else (min(upper, cut), None)
        self._memory[key] = result
        return result

    def children(self, mask: int, left: int) -> list[tuple[float, int]]:
        if left <= 0:
            return []
        found = [(self._bound_of(n, mask, left), n) for n in self._order if self.allowed(n, mask)]
        return sorted(found, key=lambda item: -item[0])


class Use:
    """The chains after a first step that use it: it opens a later step, or raises the outcome by more than it costs.

    The later step must come within `used_within` steps; without this a list would fill with detours in front of the
    same chain. Everything after the step that uses it is the plain best.
    """

    def __init__(self, search: Search, gained: int, factor: float) -> None:
        self.search, self.gained, self.factor = search, gained, factor

    def best(
        self, mask: int, day: int, left: int, clarified: bool, cut: float, within: int
    ) -> tuple[float, tuple[Move, ...] | None]:
        """Best value from a state in which the first step has not been used yet."""
        search, best, moves, upper = self.search, cut, None, 0.0
        for bound, number in search.children(mask, left):
            if bound <= best:
                upper = max(upper, bound)
                break
            for factor, way, used in search.moves(number, mask, day, False, clarified):
                asked = clarified or used == 2
                if self.is_used(number, mask, day, way, clarified):
                    value, rest = search.onward(number, mask, way, left - used, asked, factor, best)
                else:
                    value, rest = self._later(number, mask, way, left - used, asked, factor, best, within)
                upper = max(upper, value)
                if rest is not None and value > best:
                    best, moves = value, ((number, way), *rest)
        return (best, moves) if moves is not None else (min(upper, cut), None)

    def _later(
        self, number: int, mask: int, way: Way, left: int, clarified: bool, factor: float, cut: float, within: int
    ) -> tuple[float, tuple[Move, ...] | None]:
        search = self.search
        after = search.after(number, mask)
        if within <= 1 or left <= 0 or after & search.goal or way.end > search.planner.horizon_days:
            return 0.0, None
        value, rest = self.best(after, way.end, left, clarified, cut / factor, within - 1)
        return value * factor, rest

    def is_used(self, number: int, mask: int, day: int, way: Way, clarified: bool) -> bool:
        """Would the step be closed, later or less certain without the first step's gains, or the outcome not worth it?"""
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
        ways = search.view.ways(number, without, day, first=False, clarified=clarified)
        return not any(other.end <= way.end and other.certain >= way.certain for other in ways)
