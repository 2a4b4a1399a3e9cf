"""The planner: everything that does not depend on the person, built once per catalogue, offers and day."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from matcher.catalog import Catalog
from matcher.catalog.tree import leaves
from matcher.labels import Labels
from matcher.models.foerderkette.actions import Action, days_of, read_actions, titles_of
from matcher.models.foerderkette.changes import bits_behind, changed, is_running
from matcher.models.foerderkette.dates import Entry, current_offers, entries_of, next_entry, open_entry
from matcher.models.foerderkette.feasibility import blocked_offers, with_childcare
from matcher.models.foerderkette.offer_fields import fields_of, offer_fields, unfitting
from matcher.models.foerderkette.person import PersonView
from matcher.models.foerderkette.stages import read_stages
from matcher.models.foerderkette.tables import read_tables
from matcher.models.foerderkette.values import PlacementNow
from matcher.models.occupation import OccupationMatcher
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.places import Places
from matcher.pool.offers import encode_offers
from matcher.pool.programmes import encode_programmes
from matcher.programme import Leaf, Offer, Programme
from matcher.results import MET, NOT_MET

BRIDGES = {"mag": "trial", "egz": "subsidy"}
"""The gain that each bridge of a near miss brings."""


class Planner:
    """Actions, entry dates and which gains every rule reads; ask `view` for one person.

    `offers` are the office's offers, `programmes` its own programmes beside the catalogue's; `placement_first`
    overrides the office's setting of `catalog/chains.toml`; `occupations` tells which field an offer of training leads to.
    """

    def __init__(
        self,
        catalog: Catalog,
        offers: Sequence[Offer],
        today: dt.date,
        *,
        places: Places | None = None,
        programmes: Mapping[str, Programme] | None = None,
        placement_first: float | None = None,
        occupations: OccupationMatcher | None = None,
    ) -> None:
        self.catalog, self.today = catalog, today
        self.programmes = {**catalog.programmes, **(programmes or {})}
        self.tables = read_tables(catalog.table("chains"))
        self.chains_table: Mapping[str, Any] = catalog.table("chains")
        self.stages = read_stages(catalog.tables.get("stages_jps"))
        self.labels, self.titles = Labels(catalog.table("fields")), titles_of(catalog, self.programmes)
        self.places = places if places is not None else Places.from_rows(())
        self.placement_first = placement_first if placement_first is not None else self.tables.numbers.placement_first
        self.actions: tuple[Action, ...] = read_actions(catalog, self.tables, self.programmes)
        self.offers = current_offers([o for o in offers if o.programme_id in self.programmes], today)
        self.occupations = occupations
        self.offer_fields = offer_fields(self.offers, self.actions, occupations)
        self._set_numbers()
        self._set_entries(catalog)
        self._set_reads()

    def _set_numbers(self) -> None:
        numbers, tables = self.tables.numbers, self.tables
        self.month_days, self.horizon_days = days_of(1), days_of(numbers.horizon_months)
        self.clarify_days, self.full_wait_days = days_of(numbers.clarify_months), days_of(numbers.full_wait_months)
        self.free_bit, self.childcare_bit = tables.bit("free"), tables.bit("childcare")
        self.clarified_mask = tables.mask(["clarified"])
        self.bridge_bits = {name: tables.mask([gain]) for name, gain in BRIDGES.items()}
        self.bridge_mask = 0
        for action in self.actions:
            self.bridge_mask |= action.gains if action.role == "bridge" else 0
        self.odds_bits = {name: sum(1 << bit for bit, _ in odds.factors) for name, odds in tables.odds.items()}
        childcare = 1 << self.childcare_bit
        self.brings_childcare = frozenset(action.id for action in self.actions if action.gains & childcare)

    def _set_entries(self, catalog: Catalog) -> None:
        self.entries: tuple[tuple[Entry, ...], ...] = tuple(
            entries_of(a, self.offers, self.today) for a in self.actions
        )
        offered = {offer.programme_id for offer in self.offers}
        self.next_entries = tuple((next_entry(),) if action.id in offered else () for action in self.actions)
        self.open_entries = tuple((open_entry(action),) for action in self.actions)
        self.windows = tuple(self._window(action) for action in self.actions)
        columns = encode_programmes(
            [self.programmes[n] for n in sorted(self.programmes)], (), catalog.table("evidence")
        )
        self.pool = encode_offers(columns, self.offers, self.today, self.places)

    def _window(self, action: Action) -> tuple[int, int]:
        """First and last day on which a programme can be entered."""
        opens = 0 if action.valid_from is None else (action.valid_from - self.today).days
        return opens, self.horizon_days if action.valid_to is None else (action.valid_to - self.today).days

    def _set_reads(self) -> None:
        gains = self.tables.gains
        self._leaves: dict[int, tuple[int, int, bool]] = {}
        self._kept_leaves: list[Leaf] = []
        self.reads = tuple(
            _union(bits_behind(leaf.field, gains) for tree in action.trees for leaf in leaves(tree))
            for action in self.actions
        )
        self.german_bits = bits_behind("german_level", gains)
        self.presence_bits = _union(bits_behind(leaf.field, gains) for leaf in leaves(self.tables.presence))
        self.shuts = tuple(
            tuple(shut.when for shut in self.tables.shuts if action.kind in shut.kinds) for action in self.actions
        )
        self.course_right_bits = self.tables.mask(["course_right"])
        self.state_reads = tuple(self._state_reads(number) for number in range(len(self.actions)))

    def _state_reads(self, number: int) -> int:
        """Gains that can change how an action is entered: its rules, an offer's language, childcare."""
        care = 1 << self.childcare_bit
        shut = _union(
            bits_behind(leaf.field, self.tables.gains) for rule in self.shuts[number] for leaf in leaves(rule)
        )
        found = self.reads[number] | shut | (self.presence_bits | care if self.actions[number].present else 0)
        entries = self.entries[number]
        return found | (care if entries else 0) | (self.german_bits if any(e.level >= 0 for e in entries) else 0)

    def leaf(self, leaf: Leaf) -> tuple[int, int, bool]:
        """Number of a leaf, the gains that can change it, and whether time can."""
        found = self._leaves.get(id(leaf))
        if found is None:
            self._kept_leaves.append(leaf)
            bits = bits_behind(leaf.field, self.tables.gains)
            found = self._leaves[id(leaf)] = (len(self._kept_leaves), bits, is_running(leaf))
        return found

    def number(self, name: str) -> int:
        """Number of the first action with this id."""
        return next(i for i, action in enumerate(self.actions) if action.id == name)

    def knows(self, name: str) -> bool:
        """Is there a searched action with this id?"""
        return any(action.id == name for action in self.actions)

    def view(
        self,
        profile: Profile,
        *,
        catalogue_only: bool = False,
        placement: PlacementNow | None = None,
        berufsfelder: frozenset[str] | None = None,
        assumed: int = 0,
    ) -> PersonView:
        """One person's answers on the planner's day; `assumed` gains count as reached (levers).

        A partial qualification begun in one trade goes on in it: modules of other trades are left aside.
        """
        horizon = self.today + dt.timedelta(days=self.horizon_days)
        person = changed(advance(profile, self.today), self.tables.gains, assumed, self.today, horizon)
        other = unfitting(self.offer_fields, berufsfelder) | self._other_trades(person)
        now: frozenset[int] = frozenset()
        later: frozenset[int] = frozenset()
        if self.offers and not catalogue_only:
            now = blocked_offers(person, self.places, self.pool, self.today)
            if now:
                later = blocked_offers(with_childcare(person), self.places, self.pool, self.today)
        return PersonView(
            self,
            person,
            catalogue_only=catalogue_only,
            placement=placement,
            blocked={False: now | other, True: now & later | other},
            berufsfelder=berufsfelder,
            assumed=assumed,
        )

    def _other_trades(self, person: Profile) -> frozenset[int]:
        """Offers of further modules that lead elsewhere than the partial qualification somebody already has."""
        facts = person.participant
        if facts.vocational_qualification != "partial" or not facts.vocational_qualification_title:
            return frozenset()
        (begun,) = fields_of([facts.vocational_qualification_title], self.occupations)
        further = {action.id for action in self.actions if action.follows}
        rows = unfitting(self.offer_fields, begun)
        return frozenset(row for row in rows if self.offers[row].programme_id in further)

    def may_change(self, here: str, there: str) -> bool:
        """Do the documents know this change of stage (programme ids)?"""
        old, new = self.stages.of_programme(here), self.stages.of_programme(there)
        return old is not None and new is not None and self.stages.may_change(old.id, new.id)

    def possible(self, view: PersonView) -> tuple[int, ...]:
        """Actions this person could ever enter."""
        if view.possible is None:
            view.possible = tuple(n for n in range(len(self.actions)) if view.at_best(n) > NOT_MET)
        return view.possible

    def pending(self, view: PersonView) -> tuple[tuple[int, str], ...]:
        """What must come first for this person, in the order of the table."""
        return tuple(
            (first.bit, first.step)
            for first in self.tables.firsts
            if not view.held >> first.bit & 1 and view.ask(first.when, 0, 0) == MET
        )


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
