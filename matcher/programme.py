"""Programmes of the catalogue, their rules and evidence, and local offers of them.

Source: DESIGN section 2, 4 and 6; field meanings in `catalog/README.md`. An empty field means that the source
leaves it open. Amounts in EUR, durations in months, hours per week.
"""

import datetime as dt
from dataclasses import dataclass, field

from matcher.participant import Window
from matcher.vocabulary import AccessRoute, Budget, DecidedBy, Discretion, GermanLevel, Need, ProgrammeKind

Scalar = str | float | bool | dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One admission term: a fact compared with a value; `text` is the requirement in German."""

    field: str
    op: str
    value: Scalar | tuple[Scalar, ...]
    text: str
    source: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """An inner node: `all`, `any`, `not` (one child) or `at_least` with its `n`."""

    op: str
    children: "tuple[Tree | Leaf, ...]"
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement stands: document number, section, character range, day it was checked."""

    document: str
    section: str
    chars: str | None = None
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A published result: share or count among n participants; never a personal probability."""

    text: str
    outcome: str
    value: float | None = None
    count: int | None = None
    n: int | None = None
    year: int | None = None
    as_of: dt.date | None = None
    note: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """Length of stay in months as documented."""

    min_months: float | None = None
    typical_months: float | None = None
    max_months: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Weekly time; `windows_choice` lists part-day runs a participant may choose from."""

    per_week_min: float | None = None
    per_week_max: float | None = None
    part_time: bool | None = None
    windows_choice: tuple[str, ...] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Cost as documented; `derived` says that the monthly figure was computed from the documented ones."""

    total_eur: float | None = None
    per_participant_month_eur: float | None = None
    derived: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A step before or after: a programme id (`p…`) or a step id (`step:…`), in the source's order."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The project's own term in the documents; it closes nothing (DESIGN section 6)."""

    from_date: dt.date | None = None
    until_date: dt.date | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How one gets in: route, who decides, whether the law says muss, soll or kann, papers, lead time."""

    route: AccessRoute | None = None
    decided_by: DecidedBy | None = None
    discretion: Discretion | None = None
    documents: tuple[str, ...] | None = None
    lead_time_days: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A type of measure, support structure or funding instrument, as its source describes it."""

    id: str
    title: str
    kind: ProgrammeKind
    subkind: str
    target_group: str | None = None
    provider: str | None = None
    region: str | None = None
    goals: tuple[str, ...] = ()
    addresses: tuple[Need, ...] = ()
    modules: tuple[str, ...] = ()
    berufsfelder: tuple[str, ...] = ()
    terms: Tree | None = None
    terms_documented: bool = False
    terms_note: str | None = None
    voluntary: bool | None = None
    access: Access = field(default_factory=Access)
    duration: Duration = field(default_factory=Duration)
    hours: Hours = field(default_factory=Hours)
    childcare: str | None = None
    mobility_support: str | None = None
    outreach: bool | None = None
    practical_phase: str | None = None
    aftercare: str | None = None
    places: float | None = None
    places_note: str | None = None
    staffing: str | None = None
    cost: Cost = field(default_factory=Cost)
    legal_basis: tuple[str, ...] = ()
    implementation: str | None = None
    evidence: tuple[Evidence, ...] = ()
    prerequisites: tuple[Link, ...] = ()
    next_steps: tuple[Link, ...] = ()
    stage: str | None = None
    documented_period: Period | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    notes: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A local, dated chance to enter a programme: provider, place, start, free places, times."""

    id: str
    programme_id: str
    title: str
    provider: str | None = None
    postal_code: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    apply_until: dt.date | None = None
    flexible_start: bool | None = None
    places: int | None = None
    free_places: int | None = None
    waiting: int | None = None
    hours_per_week: float | None = None
    windows: tuple[Window, ...] | None = None
    part_time: bool | None = None
    childcare: bool | None = None
    shuttle: bool | None = None
    remote: bool | None = None
    german_level_min: GermanLevel | None = None
    access: Access = field(default_factory=Access)
    budget: Budget | None = None
    budget_as_of: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str | None = None
