"""Slow twin of the search: every sequence of steps, every day tried, admission asked of the rule trees themselves.

It shares the planner's tables and entry dates, and asks `RuleBook` over a changed profile for every admission; it has
no bound, no memory across states and no idea which gains matter.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.catalog.tree import leaves
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.models.foerderkette import Planner
from matcher.models.foerderkette.changes import EXPIRING, RUNNING, YEARLY, changed
from matcher.models.foerderkette.current import current_measure
from matcher.models.foerderkette.dates import Entry
from matcher.models.foerderkette.roots import best_from, find_roots
from matcher.models.foerderkette.search import CURRENT, Found, Search
from matcher.models.foerderkette.tables import Node
from matcher.participant import Profile
from matcher.vocabulary import GERMAN_LEVELS

DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True)
class Step:
    """A step taken: action, state before, its own factor, first and last day."""

    number: int
    before: int
    factor: float
    start: int
    end: int
    certain: bool
    ready: int
    clarified: bool


class BruteForce:
    """All chains of one person to one goal, the best per first step that is used."""

    def __init__(self, planner: Planner, profile: Profile, goal: int, delays: tuple[int, ...] = (0,)) -> None:
        self.delays = delays
        self.planner, self.profile, self.goal = planner, profile, goal
        self.numbers = planner.tables.numbers
        self.horizon = planner.today + dt.timedelta(days=planner.horizon_days)
        self._verdict: dict[tuple[int, int, int], int] = {}
        self.held = self._held()
        self.free = 1 << planner.free_bit
        self.current = current_measure(planner, profile)
        self.start = self.held if self.current is not None else self.held | self.free
        self.pending = [
            (first.bit, first.step)
            for first in planner.tables.firsts
            if not self.held >> first.bit & 1 and self.ask(first.when, 0, 0) == 2
        ]

    def ask(self, node: Node, mask: int, day: int) -> int:
        date = self.planner.today + dt.timedelta(days=day)
        moved = changed(self.profile, self.planner.tables.gains, mask, date, self.horizon)
        return int(RuleBook(Facts([moved], date)).tree(node)[0])

    def _held(self) -> int:
        gains = self.planner.tables.gains
        return sum(1 << g.bit for g in gains if g.when is not None and self.ask(g.when, 0, 0) == 2)

    def verdict(self, number: int, mask: int, day: int) -> int:
        trees = self.planner.actions[number].trees
        moving = any(
            leaf.field in {*RUNNING, *YEARLY, *EXPIRING} or leaf.valid_from or leaf.valid_to
            for tree in trees
            for leaf in leaves(tree)
        )
        key = (number, mask & ~self.held, day if moving else 0)
        if key not in self._verdict:
            self._verdict[key] = min((self.ask(tree, key[1], key[2]) for tree in trees), default=2)
        return self._verdict[key]

    # ---- ways

    def language(self, entry: Entry, mask: int) -> int:
        if entry.level < 0:
            return 2
        moved = changed(self.profile, self.planner.tables.gains, mask & ~self.held, self.planner.today, self.horizon)
        level = Facts([moved], self.planner.today).value("german_level", 0)
        return 1 if level is None else 2 if GERMAN_LEVELS.index(level) >= entry.level else 0

    def days(self, number: int, entry: Entry, ready: int, first: bool) -> Iterator[int]:
        action, last = self.planner.actions[number], self.planner.horizon_days
        if entry.flexible:
            day = max(ready, entry.start)
            if entry.row < 0:
                day += action.wait_days
            elif entry.full:
                day = max(day, self.planner.full_wait_days)
            yield from range(day, last + 1)
            return
        day = entry.start
        while day <= last:
            if day >= ready and not (entry.full and day == entry.start):
                yield day
            if first:
                return
            day += action.repeat_days

    def ways(self, number: int, mask: int, ready: int, first: bool, clarified: bool) -> list[tuple[int, int, bool]]:
        action = self.planner.actions[number]
        entries = self.planner.open_entries[number] if action.is_step else self.planner.entries[number]
        if action.follows and action.needs & ~self.held:
            entries = self.planner.next_entries[number]
        if first and self.verdict(number, mask, 0) == 0:
            return []
        if any(
            action.kind in shut.kinds and self.ask(shut.when, mask & ~self.held, 0) == 2
            for shut in self.planner.tables.shuts
        ):
            return []
        care = (
            action.present
            and action.id not in self.planner.brings_childcare
            and (self.ask(self.planner.tables.presence, mask & ~self.held, 0) == 2)
        )
        found: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
        pause = 0 if clarified else self.planner.clarify_days
        for entry in entries:
            if (first and entry.full) or (care and not entry.childcare):
                continue
            for want, after in ((True, ready), (False, ready + pause)):
                for day in self.days(number, entry, after, first):
                    admitted = min(self.verdict(number, mask, day), self.language(entry, mask))
                    if admitted == 2 or (not want and admitted == 1):
                        end = day + (action.days[1] if entry.end is None else entry.end - entry.start)
                        found[admitted == 2].append((end, day))
                        break
        sure = min(found[True], default=None)
        opened = None if action.only_certain else min(found[False], default=None)
        ways = [(sure[1], sure[0], True)] if sure else []
        if opened and not (sure and sure[0] <= opened[0]):
            ways.append((opened[1], opened[0], False))
        return ways

    # ---- value

    def odds(self, name: str, mask: int, day: int) -> float:
        odds = self.planner.tables.odds[name]
        total = odds.base
        for fact in odds.facts:
            verdict = self.ask(fact.when, 0, day)
            total *= {2: fact.factor, 1: fact.unknown, 0: 1.0}[verdict]
        for bit, factor in odds.factors:
            total *= factor if mask >> bit & 1 else 1.0
        return total / (1 + total)

    def rate(self, number: int, mask: int, day: int) -> float:
        action = self.planner.actions[number]
        if action.odds is not None:
            return self.odds(action.odds, mask, day)
        done = self.profile.participant.measure_history or ()
        return action.rate * (self.numbers.repeat_factor if action.id in done else 1.0)

    def allowed(self, number: int, mask: int) -> bool:
        action = self.planner.actions[number]
        final = action.gains >> self.goal & 1
        if action.role == "gap" or ((action.role == "tail" or action.odds is not None) and not final):
            return False
        if action.needs & ~mask or not action.gains & ~mask:
            return False
        waiting = [step for bit, step in self.pending if not mask >> bit & 1]
        if waiting:
            return action.id == waiting[0]
        if mask & ~self.start & self.planner.bridge_mask and action.odds != "placement":
            return False
        if mask & self.free or action.beside:
            return True
        return action.stage_change and self.current is not None and self.planner.may_change(self.current.id, action.id)

    def after(self, number: int, mask: int) -> int:
        """The state after a step; CURRENT is what runs, a change of stage ends it."""
        if number == CURRENT and self.current is not None:
            return mask | self.current.gains | self.free
        action = self.planner.actions[number]
        return mask | action.gains | (self.free if action.stage_change else 0)

    def _ends_before(self, number: int, mask: int, start: int) -> bool:
        beside = self.planner.actions[number].beside
        return not mask & self.free and not beside and self.current is not None and start >= self.current.days

    def chains(self) -> Iterator[tuple[Step, ...]]:
        yield from self._go((), self.start, 0, self.numbers.most_steps, False)

    def _go(
        self, taken: tuple[Step, ...], mask: int, day: int, left: int, clarified: bool
    ) -> Iterator[tuple[Step, ...]]:
        if self.current is not None and not mask & self.free and len(taken) == len(self.pending) and left > 0:
            days = max(0, self.current.days - day)
            factor = self.current.rate * self.numbers.per_month ** (days / DAYS_PER_MONTH)
            step = Step(CURRENT, mask, factor, day, day + days, True, day, clarified)
            after = self.after(CURRENT, mask)
            if after >> self.goal & 1:
                yield (*taken, step)
            else:
                yield from self._go((*taken, step), after, day + days, left - 1, clarified)
        for number in range(len(self.planner.actions)):
            if left <= 0 or not self.allowed(number, mask):
                continue
            for start, end, certain in self._delayed(number, mask, day, not taken, clarified):
                if self._ends_before(number, mask, start):
                    continue
                used = 1 if certain or clarified else 2
                if left - used < 0 or (
                    end > self.planner.horizon_days and not self.planner.actions[number].gains >> self.goal & 1
                ):
                    continue
                step = Step(
                    number,
                    mask,
                    self._factor(number, mask, day, start, end, certain),
                    start,
                    end,
                    certain,
                    day,
                    clarified,
                )
                after = self.after(number, mask)
                now_clear = clarified or used == 2 or bool(after & ~mask & self.planner.clarified_mask)
                if after >> self.goal & 1:
                    if end <= self.planner.horizon_days:
                        yield (*taken, step)
                else:
                    yield from self._go((*taken, step), after, end, left - used, now_clear)

    def _delayed(self, number: int, mask: int, day: int, first: bool, clarified: bool) -> list[tuple[int, int, bool]]:
        found = [
            self.ways(number, mask, day + delay, first, clarified) for delay in (self.delays if not first else (0,))
        ]
        return sorted({way for ways in found for way in ways})

    def _factor(self, number: int, mask: int, day: int, start: int, end: int, certain: bool) -> float:
        action = self.planner.actions[number]
        share = (1.0 if certain else self.numbers.unknown_share) * (
            1.0 if action.documented else self.numbers.undocumented_share
        )
        return self.rate(number, mask, start) * share * self.numbers.per_month ** ((end - day) / DAYS_PER_MONTH)

    # ---- first steps that are used

    def is_used(self, user: Step, one: Step) -> bool:
        action = self.planner.actions[user.number]
        gained = self.after(one.number, one.before) & ~one.before
        without = user.before & ~gained
        if action.needs & gained:
            return True
        if action.odds is not None:
            raised = self.odds(action.odds, user.before, user.start) / self.odds(action.odds, without, user.start)
            if one.factor * raised > 1.0:
                return True
        others = self.ways(user.number, without, user.ready, False, user.clarified)
        return not any(end <= user.end and certain >= user.certain for _, end, certain in others)

    def holds(self, chain: tuple[Step, ...]) -> bool:
        """Is the first free step used, and what uses it in turn, up to the goal?"""
        free = chain[len(self.pending) :]
        if free and free[0].number == CURRENT:
            free = free[1:]
            if not free:
                return True
        if not free:
            return False
        one, waited = free[0], 0
        for step in free[1:]:
            waited += 1
            if self.is_used(step, one):
                one, waited = step, 0
            elif waited >= self.numbers.used_within:
                return False
        return one is free[-1]

    def best_per_root(self) -> dict[tuple[bool, int | None], float]:
        """Value of the best chain that begins with each step, at once (False) or after what is running (True)."""
        best: dict[tuple[bool, int | None], float] = {}
        for chain in self.chains():
            if self.holds(chain):
                free = [step.number for step in chain[len(self.pending) :]]
                root = (True, free[1] if len(free) > 1 else None) if free[0] == CURRENT else (False, free[0])
                best[root] = max(best.get(root, 0.0), math.prod(step.factor for step in chain))
        return best


def fast_per_root(search: Search) -> dict[tuple[bool, int | None], float]:
    """The same answers from the search itself."""
    found: dict[tuple[bool, int | None], float] = {}
    for root in find_roots(search):
        answer = best_from(search, root, 0.0)
        if isinstance(answer, Found):
            found[any(number == CURRENT for number, _ in root.prefix), root.number] = answer.value
    return found
