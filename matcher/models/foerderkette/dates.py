"""Entry dates of steps from offers: fixed and flexible starts, full courses, assumed repetitions.

Days are whole days from the day of the question. A course without a known later start is assumed to start again
after its kind's interval; only a real, free start can be a first step. Source: DESIGN section 6 (catalogue, dates).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.models.foerderkette.actions import Action
from matcher.pool.offers import is_current
from matcher.programme import Offer
from matcher.vocabulary import GERMAN_LEVELS


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in: `row` in the planner's offers (-1: none needed), first day, last day of a fixed course, level asked."""

    row: int
    start: int
    end: int | None
    flexible: bool
    full: bool
    level: int
    childcare: bool


def current_offers(offers: Sequence[Offer], today: dt.date) -> tuple[Offer, ...]:
    """Offers one can still enter, by id; money that is blocked offers nothing today."""
    usable = (o for o in offers if is_current(o, today) and o.budget != "gesperrt")
    return tuple(sorted(usable, key=lambda o: o.id))


def entries_of(action: Action, offers: Sequence[Offer], today: dt.date) -> tuple[Entry, ...]:
    """All entries of one action; none when no current offer is its own."""
    return tuple(
        _entry(row, offer, today)
        for row, offer in enumerate(offers)
        if offer.programme_id == action.id and _is_own(action, offer)
    )


def _is_own(action: Action, offer: Offer) -> bool:
    """Does the offer belong to this variant: by the level it asks, else by words of its title?"""
    if action.offer_level is not None and offer.german_level_min is not None:
        return offer.german_level_min == action.offer_level
    if action.offer_words and not any(word in offer.title for word in action.offer_words):
        return False
    return not any(word in offer.title for word in action.offer_words_not)


def _entry(row: int, offer: Offer, today: dt.date) -> Entry:
    start = 0 if offer.starts_on is None else max(0, (offer.starts_on - today).days)
    flexible = bool(offer.flexible_start) or offer.starts_on is None
    lead = offer.access.lead_time_days or 0
    ends = None if flexible or offer.ends_on is None or offer.starts_on is None else (offer.ends_on - today).days
    return Entry(
        row=row,
        start=max(start, lead) if flexible else start,
        end=None if ends is None or ends <= start else ends,
        flexible=flexible,
        full=offer.free_places == 0,
        level=-1 if offer.german_level_min is None else GERMAN_LEVELS.index(offer.german_level_min),
        childcare=bool(offer.childcare),
    )


def next_entry() -> Entry:
    """The way into a step that goes on where the one before was taken: assumed, never a first step."""
    return Entry(row=-1, start=0, end=None, flexible=True, full=True, level=-1, childcare=False)


def open_entry(action: Action) -> Entry:
    """A way in that needs no offer: steps, and every programme when only the catalogue counts."""
    return Entry(row=-1, start=0, end=None, flexible=True, full=False, level=-1, childcare=False)
