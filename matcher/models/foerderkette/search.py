"""The search of one person and one goal: what counts, what may come next and at which rate, with an admissible bound.

Exact for the value of DESIGN section 4. `roots.py` and `use.py` walk through it depth first with a memory of states: what
has been gained, the day, the steps left. Every step starts as early as it can; an earlier day never closes what a later
one opens, so no deliberate delay is worth more. Ties keep the first in the order of bound and id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matcher.models.foerderkette.bound import SLACK, Bound, Relaxed
from matcher.models.foerderkette.doors import Way
from matcher.models.foerderkette.person import PersonView
from matcher.models.foerderkette.values import DAYS_PER_MONTH
from matcher.results import MET

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

    def __init__(self, view: PersonView, goal_bit: int) -> None:
        self.view, self.planner, self.goal = view, view.planner, 1 << goal_bit
        self.current = current = view.current
        self.numbers = view.planner.tables.numbers
        self.free = 1 << view.planner.free_bit
        self.start = view.held if current is not None else view.held | self.free
        self.pending = view.planner.pending(view)
        self.relevant = self._relevant()
        self.candidates = [n for n in view.planner.possible(view) if self._counts(n)]
        self.keep = self._kept()
        self.bound = Bound(self._relaxed(), self.start, self.numbers.most_steps)
        self._children: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self.uses: dict[tuple[int, float], Any] = {}
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
                if not view.doors.is_always_open(number):
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
                Relaxed(
                    self._best_factor(number),
                    action.gains,
                    action.needs,
                    final,
                    base,
                    odds.factors if odds is not None else (),
                )
            )
        if self.current is not None:
            final = bool(self.current.gains & self.goal)
            found.append(Relaxed(self.current.rate, self.current.gains, 0, final, None, ()))
        return found

    def _best_factor(self, number: int) -> float:
        """Rate and discount of an action at its best, without any waiting; odds are counted by the bound."""
        view, action = self.view, self.planner.actions[number]
        rate = 1.0 if action.odds is not None else view.rate(number, 0, 0)
        return rate * self._share(number, view.at_best(number) == MET) * self.discount(view.doors.shortest(number))

    def _share(self, number: int, certain: bool) -> float:
        share = 1.0 if certain else self.numbers.unknown_share
        return share if self.planner.actions[number].documented else share * self.numbers.undocumented_share

    def discount(self, days: int) -> float:
        """What is left of a value after so many days."""
        return float(self.numbers.per_month ** (days / DAYS_PER_MONTH))

    # ---- moves

    def allowed(self, number: int, mask: int) -> bool:
        """May this step come in this state: new gains, what it needs, what must come first, a running measure."""
        action, planner = self.planner.actions[number], self.planner
        if not action.gains & self.relevant & ~mask or action.needs & ~mask:
            return False
        if self.pending and (waiting := next((s for bit, s in self.pending if not mask >> bit & 1), None)) is not None:
            return action.id == waiting
        if mask & ~self.start & planner.bridge_mask and action.odds != "placement":
            return False
        if mask & self.free or action.beside:
            return True
        return action.stage_change and self.current is not None and planner.may_change(self.current.id, action.id)

    def is_final(self, number: int | None) -> bool:
        """Does this step reach the goal?"""
        return number is None or bool(self.planner.actions[number].gains & self.goal)

    def after(self, number: int, mask: int) -> int:
        """The state once a step is done; changing the stage ends the running one."""
        gains = self.planner.actions[number].gains
        return mask | gains | (self.free if self.planner.actions[number].stage_change else 0)

    def moves(self, number: int, mask: int, day: int, first: bool, clarified: bool) -> Iterator[tuple[float, Way, int]]:
        """Ways into a step with their factor and the steps they use up (two where something must be clarified)."""
        for way in self.view.doors.ways(number, mask, day, first=first, clarified=clarified):
            if self._ends_before(number, mask, way):
                continue
            factor = self.view.rate(number, mask, way.start) * self._share(number, way.certain)
            yield factor * self.discount(way.end - day), way, 1 if way.certain or clarified else 2

    def _ends_before(self, number: int, mask: int, way: Way) -> bool:
        """A stage that starts after the running one has ended is no change of stage: then one goes on to the end."""
        if mask & self.free or self.current is None or self.planner.actions[number].beside:
            return False
        return way.start >= self.current.days

    def bound_of(self, number: int, mask: int, left: int) -> float:
        """No chain that goes on with this step is worth more."""
        action = self.planner.actions[number]
        if action.gains & self.goal:
            if action.odds is None:
                return self._factor[number] * SLACK
            rate = self.view.best_rate(number, mask)
            return self._factor[number] * rate * SLACK
        return self._factor[number] * self.bound.of(self.after(number, mask), left - 1)

    def children(self, mask: int, left: int) -> list[tuple[float, int]]:
        """Steps that may come next with the bound on what they can lead to, highest first."""
        if left <= 0:
            return []
        key = (mask & self.keep, left)
        known = self._children.get(key)
        if known is None:
            found = [(self.bound_of(n, mask, left), n) for n in self._order if self.allowed(n, mask)]
            known = self._children[key] = sorted(found, key=lambda item: -item[0])
        return known
