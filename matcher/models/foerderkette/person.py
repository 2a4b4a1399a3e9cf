"""One person in the search: verdicts in changed states, entry dates, rates; each asked once per changed fact.

Protected facts are read here by admission rules and triggers alone; rates read gains and unprotected facts only.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matcher.catalog.tree import leaves
from matcher.facts import Facts
from matcher.models.foerderkette.actions import Action
from matcher.models.foerderkette.changes import bits_behind, changed, flips, is_running
from matcher.models.foerderkette.current import current_measure
from matcher.models.foerderkette.dates import Entry
from matcher.models.foerderkette.doors import Doors
from matcher.models.foerderkette.leaves import leaf_verdict, tree_verdict
from matcher.models.foerderkette.tables import Node, Odds
from matcher.models.foerderkette.values import PlacementNow
from matcher.participant import Profile
from matcher.programme import Leaf
from matcher.results import MET, NOT_MET, UNKNOWN

if TYPE_CHECKING:
    from matcher.models.foerderkette.planner import Planner


class PersonView:
    """Answers about one profile: what it has, what it may enter when, and at which rate."""

    def __init__(
        self,
        planner: "Planner",
        profile: Profile,
        *,
        catalogue_only: bool,
        placement: PlacementNow | None,
        blocked: Mapping[bool, frozenset[int]],
        berufsfelder: frozenset[str] | None,
        assumed: int = 0,
    ) -> None:
        self.planner, self.profile, self.today = planner, profile, planner.today
        self.catalogue_only, self.placement = catalogue_only, placement
        self.blocked, self.berufsfelder = blocked, berufsfelder
        self.horizon = self.today + dt.timedelta(days=planner.horizon_days)
        self._facts: dict[tuple[int, int], Facts] = {}
        self._values: dict[tuple[str, int, int], Any] = {}
        self._leaf: dict[tuple[int, int, int], int] = {}
        self._verdicts: dict[tuple[int, int, int], int] = {}
        self._events: dict[int, tuple[int, ...]] = {}
        self._base: dict[tuple[str, int], float] = {}
        self._odds_days: dict[str, tuple[int, ...]] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        self._at_best: dict[int, int] = {}
        self.possible: tuple[int, ...] | None = None
        self.done = frozenset(profile.participant.measure_history or ())
        self.held = self._held() | assumed
        self.current = current_measure(planner, profile)
        self.running_gains = self.current.gains if self.current is not None else 0
        self.doors = Doors(self)

    def _held(self) -> int:
        return sum(
            1 << gain.bit
            for gain in self.planner.tables.gains
            if gain.when is not None and self.ask(gain.when, 0, 0) == MET
        )

    # ---- facts and verdicts

    def facts(self, mask: int, day: int) -> Facts:
        """Facts after the gains of `mask`, `day` days from today."""
        key = (mask, day)
        if key not in self._facts:
            date = self.today + dt.timedelta(days=day)
            moved = changed(self.profile, self.planner.tables.gains, mask, date, self.horizon)
            self._facts[key] = Facts([moved], date)
        return self._facts[key]

    def _leaf_verdict(self, leaf: Leaf, mask: int, day: int) -> int:
        number, bits, running = self.planner.leaf(leaf)
        when = day if running else 0
        key = (number, mask & bits, when)
        found = self._leaf.get(key)
        if found is None:
            date = self.today + dt.timedelta(days=when)
            value = self.facts(mask & bits, when).value(leaf.field, 0)
            found = self._leaf[key] = leaf_verdict(leaf, value, date)
        return found

    def ask(self, node: Node, mask: int, day: int) -> int:
        """Verdict of a tree after gains and time; only what differs from the start is written into the profile."""
        return tree_verdict(node, lambda leaf: self._leaf_verdict(leaf, mask, day))

    def new(self, mask: int) -> int:
        """The gains that the person did not have from the start."""
        return mask & ~self.held

    def verdict(self, number: int, mask: int, day: int) -> int:
        """Admission to action `number` in a state on a day; what documents no terms is at best unknown."""
        events = self.events_of(number)
        slot = events[bisect_right(events, day) - 1]
        key = (number, self.new(mask) & self.planner.reads[number], slot)
        found = self._verdicts.get(key)
        if found is None:
            action = self.planner.actions[number]
            found = min((self.ask(tree, key[1], slot) for tree in action.trees), default=MET)
            self._verdicts[key] = found
        return found

    def events_of(self, number: int) -> tuple[int, ...]:
        """Days, beginning with 0, on which time alone may change the admission to an action."""
        if number not in self._events:
            days = {0}
            for tree in self.planner.actions[number].trees:
                for leaf in leaves(tree):
                    if is_running(leaf):
                        days |= flips(leaf, self.facts(0, 0), self.planner.horizon_days)
                        right = self.planner.course_right_bits & bits_behind(leaf.field, self.planner.tables.gains)
                        if right:
                            days |= flips(leaf, self.facts(right, 0), self.planner.horizon_days)
            self._events[number] = tuple(sorted(days))
        return self._events[number]

    def at_best(self, number: int) -> int:
        """The best admission that attainable gains and time could ever bring; 0 where an offer or field is missing."""
        if not self._at_best:
            self._reach()
        return self._at_best[number]

    def _reach(self) -> None:
        """Gains attainable at all, and the best admission to every action on the way: grows until nothing is added."""
        attainable, before = self.held, -1
        while attainable != before:
            before = attainable
            for number, action in enumerate(self.planner.actions):
                self._at_best[number] = best = self._at_best_with(number, attainable)
                if best > NOT_MET and not action.needs & ~attainable:
                    attainable |= action.gains
            attainable |= self.running_gains
        for number, action in enumerate(self.planner.actions):
            if action.needs & ~attainable:
                self._at_best[number] = NOT_MET

    def _at_best_with(self, number: int, attainable: int) -> int:
        action = self.planner.actions[number]
        away = action.fields and self.berufsfelder is not None and not action.fields & self.berufsfelder
        if away or not self.entries(number):
            return NOT_MET
        best = min((self._range(tree, attainable)[1] for tree in action.trees), default=MET)
        return NOT_MET if action.only_certain and best < MET else best

    def _range(self, node: Node, attainable: int) -> tuple[int, int]:
        """Lowest and highest verdict over all attainable changes; a leaf that nothing changes keeps its own."""
        if isinstance(node, Leaf):
            number, bits, running = self.planner.leaf(node)
            if self.new(bits & attainable):
                return NOT_MET, MET
            if number not in self._spans:
                days = {0} | (flips(node, self.facts(0, 0), self.planner.horizon_days) if running else set())
                verdicts = [self._leaf_verdict(node, 0, day) for day in sorted(days)]
                self._spans[number] = min(verdicts), max(verdicts)
            return self._spans[number]
        parts = [self._range(child, attainable) for child in node.children]
        if node.op == "not":
            return 2 - parts[0][1], 2 - parts[0][0]
        if node.op == "all":
            return min(low for low, _ in parts), min(high for _, high in parts)
        if node.op == "any":
            return max(low for low, _ in parts), max(high for _, high in parts)
        return sorted(low for low, _ in parts)[-node.n], sorted(high for _, high in parts)[-node.n]

    def entries(self, number: int) -> tuple[Entry, ...]:
        """Offers of the action; an open door for steps and with the catalogue alone."""
        action = self.planner.actions[number]
        if action.is_step or self.catalogue_only:
            return self.planner.open_entries[number]
        if action.follows and action.needs & ~self.held:
            return self.planner.next_entries[number]
        return self.planner.entries[number]

    def is_in_force(self, number: int, day: int) -> bool:
        """Does the programme itself still run on that day (not asked with the catalogue alone)?"""
        opens, closes = self.planner.windows[number]
        return self.catalogue_only or opens <= day <= closes

    def length(self, number: int) -> int:
        """Days of a step that has no fixed end; a vacancy that fits shortens the search."""
        action = self.planner.actions[number]
        found = action.odds == "placement" and self.placement is not None and self.placement.bridge is None
        return action.days[0] if found else action.days[1]

    # ---- rates

    def rate(self, number: int, mask: int, day: int) -> float:
        """Product rate of an action in a state: shrunken share, or odds of a final step."""
        action = self.planner.actions[number]
        if action.odds is None:
            return action.rate * (self.planner.tables.numbers.repeat_factor if action.id in self.done else 1.0)
        odds = self.planner.tables.odds[action.odds]
        total = self.base_odds(action.odds, day) * self._vacancy(action, mask)
        for bit, factor in odds.factors:
            if mask >> bit & 1:
                total *= factor
        return total / (1.0 + total)

    def base_odds(self, name: str, day: int) -> float:
        """Base odds times what unprotected facts say on that day."""
        odds: Odds = self.planner.tables.odds[name]
        events = self._odds_events(name)
        slot = events[bisect_right(events, day) - 1]
        key = (name, slot)
        if key not in self._base:
            total = odds.base
            for fact in odds.facts:
                verdict = self.ask(fact.when, 0, slot)
                total *= fact.factor if verdict == MET else fact.unknown if verdict == UNKNOWN else 1.0
            self._base[key] = total
        return self._base[key]

    def _odds_events(self, name: str) -> tuple[int, ...]:
        if name not in self._odds_days:
            days = {0}
            for fact in self.planner.tables.odds[name].facts:
                for leaf in leaves(fact.when):
                    days |= flips(leaf, self.facts(0, 0), self.planner.horizon_days)
            self._odds_days[name] = tuple(sorted(days))
        return self._odds_days[name]

    def best_rate(self, number: int, mask: int) -> float:
        """Rate of a final step in a state today: time alone never raises it."""
        return self.rate(number, mask, 0)

    def best_vacancy(self, action: Action) -> float:
        """The most that a concrete vacancy can add."""
        helps = self.placement is not None and action.odds == "placement"
        return self.planner.tables.numbers.fitting_vacancy if helps else 1.0

    def _vacancy(self, action: Action, mask: int) -> float:
        """A concrete vacancy helps: at once when it fits, in full with its bridge, a little without it."""
        if self.placement is None or action.odds != "placement":
            return 1.0
        numbers = self.planner.tables.numbers
        bridge = self.planner.bridge_bits.get(self.placement.bridge or "")
        if self.placement.bridge is None or (bridge is not None and mask & bridge):
            return numbers.fitting_vacancy
        return numbers.bridge_vacancy
