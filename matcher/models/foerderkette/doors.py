"""Ways into a step: which offers stand open in a state, and the earliest start from a day on.

What does not depend on the day (way, hours, childcare, language of an offer) is asked once per state; dates are found
by arithmetic where time cannot change the admission. An earlier day never closes what a later one opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.models.foerderkette.actions import Action
from matcher.models.foerderkette.dates import Entry
from matcher.results import MET, NOT_MET, UNKNOWN
from matcher.vocabulary import GERMAN_LEVELS

if TYPE_CHECKING:
    from matcher.models.foerderkette.person import PersonView


@dataclass(frozen=True, slots=True)
class Way:
    """One way into a step: first and last day, offer row, whether everything asked is known to be met."""

    start: int
    end: int
    row: int
    certain: bool
    assumed: bool

    @property
    def order(self) -> tuple[int, int, int]:
        """Earliest end first, then start, then offer."""
        return self.end, self.start, self.row


@dataclass(frozen=True, slots=True)
class Door:
    """An entry that stands open in a state, and how sure its language is."""

    entry: Entry
    language: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of a door: action, state, whether it is the first step, the admission where time changes nothing."""

    number: int
    mask: int
    first: bool
    steady: int | None


def _distinct(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Open doors only; of flexible ones that differ in their start alone the earliest, of equal courses the first."""
    kept: dict[tuple[object, ...], Door] = {}
    for door in doors:
        entry = door.entry
        when = None if entry.flexible else (entry.start, entry.end)
        key = (door.language, entry.full, when)
        known = kept.get(key)
        if door.language > NOT_MET and (known is None or entry.start < known.entry.start):
            kept[key] = door
    return tuple(kept.values())


class Doors:
    """Ways of one person into every action."""

    def __init__(self, view: "PersonView") -> None:
        self.view, self.planner = view, view.planner
        self._doors: dict[tuple[int, int], tuple[Door, ...]] = {}
        self._ways: dict[tuple[int, int, int, bool, bool], tuple[Way, ...]] = {}

    def ways(self, number: int, mask: int, ready: int, *, first: bool, clarified: bool) -> tuple[Way, ...]:
        """The earliest way in with everything known, and an earlier one with something to clarify, if there is.

        `first` allows only real, free starts of a step that is admissible today; until something is clarified once,
        an open way waits for it.
        """
        key = (number, self.view.new(mask) & self.planner.state_reads[number], ready, first, clarified)
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = self._find(number, key[1], ready, first, clarified)
        return found

    def _find(self, number: int, mask: int, ready: int, first: bool, clarified: bool) -> tuple[Way, ...]:
        steady = len(self.view.events_of(number)) == 1
        now = self.view.verdict(number, mask, 0) if first or steady else MET
        if now == NOT_MET:
            return ()
        doors = self.doors(number, mask)
        if first:
            doors = tuple(door for door in doors if not door.entry.full)
        ask = Asking(number, mask, first, now if steady else None)
        sure = self._earliest(doors, ask, ready, MET) if now == MET or not steady else None
        done = self.planner.actions[number].only_certain or (
            steady and now == MET and all(door.language == MET for door in doors)
        )
        if done:
            return (sure,) if sure is not None else ()
        pause = 0 if clarified else self.planner.clarify_days
        opened = self._earliest(doors, ask, ready + pause, UNKNOWN)
        if opened is not None and (opened.certain or (sure is not None and sure.end <= opened.end)):
            opened = None
        return tuple(way for way in (sure, opened) if way is not None)

    def doors(self, number: int, mask: int) -> tuple[Door, ...]:
        """Entries that way, hours, childcare and language leave open in a state; of equal ones the first."""
        key = (number, mask)
        found = self._doors.get(key)
        if found is None:
            action = self.planner.actions[number]
            blocked = self.view.blocked[bool(mask >> self.planner.childcare_bit & 1)]
            needs_care = self._needs_care(action, mask)
            entries = () if self._is_shut(number, mask) else self.view.entries(number)
            found = self._doors[key] = _distinct(
                Door(entry, self._language(entry, mask))
                for entry in entries
                if entry.row not in blocked and (entry.childcare or not needs_care)
            )
        return found

    def _earliest(self, doors: tuple[Door, ...], ask: Asking, ready: int, want: int) -> Way | None:
        best: Way | None = None
        for door in doors:
            if door.language >= want:
                way = self._enter(door, ask, ready, want)
                if way is not None and (best is None or way.order < best.order):
                    best = way
        return best

    def _enter(self, door: Door, ask: Asking, ready: int, want: int) -> Way | None:
        entry = door.entry
        if entry.flexible:
            start, assumed = self._flexible(entry, ask, ready, want), entry.full
        else:
            start, assumed = self._fixed(entry, ask, ready, want)
        if start is None:
            return None
        length = self.view.length(ask.number) if entry.end is None else entry.end - entry.start
        certain = door.language == MET and self._verdict(ask, start) == MET
        return Way(start, start + length, entry.row, certain, assumed)

    def _verdict(self, ask: Asking, day: int) -> int:
        """Admission on a day; nothing to look up where time changes nothing."""
        known = ask.steady if ask.steady is not None else self.view.verdict(ask.number, ask.mask, day)
        return known if self.view.is_in_force(ask.number, day) else NOT_MET

    def _flexible(self, entry: Entry, ask: Asking, ready: int, want: int) -> int | None:
        """First day of an entry that is open at any time; without an offer the kind's wait comes first."""
        day = max(ready, entry.start)
        if entry.row < 0:
            day += self.planner.actions[ask.number].wait_days
        elif entry.full:
            day = max(day, self.planner.full_wait_days)
        events = () if ask.steady is not None else self.view.events_of(ask.number)
        for candidate in (day, *(event for event in events if event > day)):
            if candidate <= self.planner.horizon_days and self._verdict(ask, candidate) >= want:
                return candidate
        return None

    def _fixed(self, entry: Entry, ask: Asking, ready: int, want: int) -> tuple[int | None, bool]:
        """First start of a fixed course from `ready` on; later rounds are assumed and never a first step."""
        every = self.planner.actions[ask.number].repeat_days
        again = 0 if ask.first else max(int(entry.full), -(-(ready - entry.start) // every))
        day = entry.start + again * every
        while ready <= day <= self.planner.horizon_days:
            if self._verdict(ask, day) >= want:
                return day, again > 0
            if ask.first:
                break
            day, again = day + every, again + 1
        return None, False

    def _language(self, entry: Entry, mask: int) -> int:
        if entry.level < 0:
            return MET
        level = self.view.facts(self.planner.german_bits & mask, 0).value("german_level", 0)
        return UNKNOWN if level is None else MET if GERMAN_LEVELS.index(level) >= entry.level else NOT_MET

    def _is_shut(self, number: int, mask: int) -> bool:
        """Does a rule keep this kind of step closed in the state?"""
        return any(self.view.ask(rule, mask, 0) == MET for rule in self.planner.shuts[number])

    def _needs_care(self, action: Action, mask: int) -> bool:
        """Attendance in person waits for childcare that is missing altogether, unless the step brings its own."""
        if not action.present or action.id in self.planner.brings_childcare:
            return False
        return self.view.ask(self.planner.tables.presence, mask & self.planner.presence_bits, 0) == MET

    def is_always_open(self, number: int) -> bool:
        """Met now and whatever time does, through every entry: no gain is needed."""
        if len(self.view.events_of(number)) != 1 or self.view.verdict(number, 0, 0) != MET:
            return False
        if self._needs_care(self.planner.actions[number], 0) or self._is_shut(number, 0):
            return False
        blocked = self.view.blocked[False]
        return all(e.row not in blocked and self._language(e, 0) == MET for e in self.view.entries(number))

    def shortest(self, number: int) -> int:
        """Fewest days from being ready to being through."""
        wait = self.planner.actions[number].wait_days
        return min(
            (e.end - e.start if e.end is not None else self.view.length(number)) + (wait if e.row < 0 else 0)
            for e in self.view.entries(number)
        )
