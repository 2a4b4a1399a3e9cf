"""One person in the search: verdicts in changed states, entry dates, rates; each asked once per changed fact.

Protected facts are read here by admission rules and triggers alone; rates read gains and unprotected facts only.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.catalog.tree import leaves
from matcher.facts import Facts
from matcher.models.foerderkette.actions import Action, days_of
from matcher.models.foerderkette.changes import bits_behind, changed, flips, is_running
from matcher.models.foerderkette.dates import Entry
from matcher.models.foerderkette.leaves import leaf_verdict, tree_verdict
from matcher.models.foerderkette.tables import Node, Odds
from matcher.models.foerderkette.values import PlacementNow
from matcher.participant import Profile
from matcher.programme import Leaf
from matcher.results import MET, NOT_MET, UNKNOWN
from matcher.vocabulary import GERMAN_LEVELS

if TYPE_CHECKING:
    from matcher.models.foerderkette.planner import Planner


@dataclass(frozen=True, slots=True)
class Way:
    """One way into a step: first and last day, offer row, whether everything asked is known to be met."""

    start: int
    end: int
    row: int
    certain: bool
    assumed: bool


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
        self._ways: dict[tuple[int, int, int, bool, bool], tuple[Way, ...]] = {}
        self._base: dict[tuple[str, int], float] = {}
        self._at_best: dict[int, int] = {}
        self.possible: tuple[int, ...] | None = None
        self.held = self._held()

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
        events = self._events_of(number)
        slot = events[bisect_right(events, day) - 1]
        key = (number, self.new(mask) & self.planner.reads[number], slot)
        found = self._verdicts.get(key)
        if found is None:
            action = self.planner.actions[number]
            found = min((self.ask(tree, key[1], slot) for tree in action.trees), default=MET)
            self._verdicts[key] = found
        return found

    def _events_of(self, number: int) -> tuple[int, ...]:
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
        """The best admission that gains and time could ever bring; 0 where an offer or a wished field is missing."""
        if number not in self._at_best:
            action = self.planner.actions[number]
            away = action.fields and self.berufsfelder is not None and not action.fields & self.berufsfelder
            trees = (self._range(tree)[1] for tree in action.trees)
            best = NOT_MET if away or not self.entries(number) else min(trees, default=MET)
            self._at_best[number] = NOT_MET if action.only_certain and best < MET else best
        return self._at_best[number]

    def _range(self, node: Node) -> tuple[int, int]:
        """Lowest and highest verdict over all changes; a leaf that nothing changes keeps its own."""
        if isinstance(node, Leaf):
            _, bits, running = self.planner.leaf(node)
            if running or bits:
                return NOT_MET, MET
            verdict = self._leaf_verdict(node, 0, 0)
            return verdict, verdict
        parts = [self._range(child) for child in node.children]
        if node.op == "not":
            return 2 - parts[0][1], 2 - parts[0][0]
        if node.op == "all":
            return min(low for low, _ in parts), min(high for _, high in parts)
        if node.op == "any":
            return max(low for low, _ in parts), max(high for _, high in parts)
        return sorted(low for low, _ in parts)[-node.n], sorted(high for _, high in parts)[-node.n]

    def is_always_open(self, number: int) -> bool:
        """Met now, whatever time does: no gain is needed to enter it."""
        action = self.planner.actions[number]
        if self._events_of(number) != (0,) or self.verdict(number, 0, 0) != MET:
            return False
        entries = self.entries(number)
        return all(self._language(e, 0) == MET and not self._needs_care(action, e, 0) for e in entries)

    def shortest(self, number: int) -> int:
        """Fewest days from being ready to being through."""
        action = self.planner.actions[number]
        lengths = [
            (e.end - e.start if e.end is not None else self._length(action)) + (action.wait_days if e.row < 0 else 0)
            for e in self.entries(number)
        ]
        return min(lengths)

    # ---- ways in

    def entries(self, number: int) -> tuple[Entry, ...]:
        """Offers of the action; an open door for steps and with the catalogue alone."""
        action = self.planner.actions[number]
        if action.is_step or self.catalogue_only:
            return self.planner.open_entries[number]
        return self.planner.entries[number]

    def ways(self, number: int, mask: int, ready: int, *, first: bool, clarified: bool) -> tuple[Way, ...]:
        """The earliest way in with everything known, and an earlier one with something to clarify, if there is."""
        key = (number, self.new(mask) & self.planner.state_reads[number], ready, first, clarified)
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = self._find_ways(number, mask, ready, first, clarified)
        return found

    def _find_ways(self, number: int, mask: int, ready: int, first: bool, clarified: bool) -> tuple[Way, ...]:
        if first and self.verdict(number, mask, 0) == NOT_MET:
            return ()
        sure = self._earliest(number, mask, ready, MET, first)
        if self.planner.actions[number].only_certain:
            return (sure,) if sure is not None else ()
        pause = 0 if clarified else self.planner.clarify_days
        open_way = self._earliest(number, mask, ready + pause, UNKNOWN, first)
        if open_way is not None and (open_way.certain or (sure is not None and sure.end <= open_way.end)):
            open_way = None
        return tuple(way for way in (sure, open_way) if way is not None)

    def _earliest(self, number: int, mask: int, ready: int, want: int, first: bool) -> Way | None:
        best: Way | None = None
        for entry in self.entries(number):
            way = self._enter(number, entry, mask, ready, want, first)
            if way is not None and (best is None or (way.end, way.start, way.row) < (best.end, best.start, best.row)):
                best = way
        return best

    def _enter(self, number: int, entry: Entry, mask: int, ready: int, want: int, first: bool) -> Way | None:
        planner, action = self.planner, self.planner.actions[number]
        if (first and entry.full) or entry.row in self.blocked[bool(mask >> planner.childcare_bit & 1)]:
            return None
        language = self._language(entry, mask)
        if language < want or self._needs_care(action, entry, mask):
            return None
        start, assumed = self._start(number, entry, mask, ready, want, first)
        if start is None:
            return None
        if entry.end is None:
            end = start + self._length(action)
        else:
            end = start + entry.end - entry.start
        certain = min(self.verdict(number, mask, start), language) == MET
        return Way(start, end, entry.row, certain, assumed)

    def _length(self, action: Action) -> int:
        if action.odds == "placement" and self.placement is not None and self.placement.bridge is None:
            return action.days[0]
        return action.days[1]

    def _start(
        self, number: int, entry: Entry, mask: int, ready: int, want: int, first: bool
    ) -> tuple[int | None, bool]:
        planner, action = self.planner, self.planner.actions[number]
        if entry.flexible:
            wait = action.wait_days if entry.row < 0 else 0
            wait = max(wait, planner.full_wait_days) if entry.full else wait
            start = self._admitted(
                number, mask, max(ready, entry.start) + wait if entry.row < 0 else max(ready, entry.start, wait), want
            )
            return (None, False) if start is None else (start, entry.full)
        day, round_number = entry.start, 0
        while day <= planner.horizon_days:
            usable = round_number > 0 or not entry.full
            if day >= ready and usable and self._in_force(action, day) and self.verdict(number, mask, day) >= want:
                return day, round_number > 0
            if first:
                return None, False
            day, round_number = day + action.repeat_days, round_number + 1
        return None, False

    def _admitted(self, number: int, mask: int, day: int, want: int) -> int | None:
        """First day from `day` on which the admission is at least `want`."""
        action = self.planner.actions[number]
        events = self._events_of(number)
        for candidate in (day, *(event for event in events if event > day)):
            if candidate > self.planner.horizon_days:
                return None
            if self._in_force(action, candidate) and self.verdict(number, mask, candidate) >= want:
                return candidate
        return None

    def _in_force(self, action: Action, day: int) -> bool:
        if self.catalogue_only:
            return True
        date = self.today + dt.timedelta(days=day)
        return (action.valid_from is None or action.valid_from <= date) and (
            action.valid_to is None or date <= action.valid_to
        )

    def _language(self, entry: Entry, mask: int) -> int:
        if entry.level < 0:
            return MET
        bits = self.planner.german_bits & self.new(mask)
        level = self.facts(bits, 0).value("german_level", 0)
        return UNKNOWN if level is None else MET if GERMAN_LEVELS.index(level) >= entry.level else NOT_MET

    def _needs_care(self, action: Action, entry: Entry, mask: int) -> bool:
        """Attendance in person waits for childcare that is missing altogether, unless the offer brings its own."""
        if not action.present or entry.childcare or action.id in self.planner.brings_childcare:
            return False
        return self.ask(self.planner.tables.presence, self.new(mask) & self.planner.presence_bits, 0) == MET

    # ---- rates

    def rate(self, number: int, mask: int, day: int) -> float:
        """Product rate of an action in a state: shrunken share, or odds of a final step."""
        action = self.planner.actions[number]
        if action.odds is None:
            again = self.planner.tables.numbers.repeat_factor if action.id in self.done else 1.0
            return action.rate * again
        odds = self.planner.tables.odds[action.odds]
        total = self.base_odds(action.odds, day) * self._vacancy(action, mask)
        for bit, factor in odds.factors:
            if mask >> bit & 1:
                total *= factor
        return total / (1.0 + total)

    @property
    def done(self) -> frozenset[str]:
        """Programmes of the person's history."""
        return frozenset(self.profile.participant.measure_history or ())

    def base_odds(self, name: str, day: int) -> float:
        """Base odds times what unprotected facts say on that day."""
        odds: Odds = self.planner.tables.odds[name]
        slot = max((event for event in self._odds_events(odds) if event <= day), default=0)
        key = (name, slot)
        if key not in self._base:
            total = odds.base
            for fact in odds.facts:
                verdict = self.ask(fact.when, 0, slot)
                total *= fact.factor if verdict == MET else fact.unknown if verdict == UNKNOWN else 1.0
            self._base[key] = total
        return self._base[key]

    def _odds_events(self, odds: Odds) -> tuple[int, ...]:
        key = -1 - list(self.planner.tables.odds.values()).index(odds)
        if key not in self._events:
            days = {0}
            for fact in odds.facts:
                for leaf in leaves(fact.when):
                    days |= flips(leaf, self.facts(0, 0), self.planner.horizon_days)
            self._events[key] = tuple(sorted(days))
        return self._events[key]

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


def wait_months(way: Way, ready: int) -> float:
    """Waiting before a way in, in months."""
    return (way.start - ready) / days_of(1)
