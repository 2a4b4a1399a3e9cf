"""Measures as rows: every current offer of a programme, and one row without an offer for every programme.

The row without an offer answers "does this kind of measure fit" where no local offer is known
(`--catalogue-only`, "Fortbestand ungeklärt"). Encodings: DESIGN section 6.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.places import Places
from matcher.pool.coordinates import coordinates
from matcher.pool.programmes import ProgrammeColumns
from matcher.programme import Offer
from matcher.vocabulary import GERMAN_LEVELS


@dataclass(frozen=True, slots=True)
class MeasurePool:
    """R rows; `programme` points into `columns`, `offer` into `offers` (-1: no offer)."""

    columns: ProgrammeColumns
    offers: Sequence[Offer]
    programme: NDArray[np.int32]
    offer: NDArray[np.int32]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    starts_on: NDArray[np.datetime64]
    apply_until: NDArray[np.datetime64]
    flexible_start: NDArray[np.int8]
    free_places: NDArray[np.float64]
    childcare: NDArray[np.int8]
    shuttle: NDArray[np.int8]
    remote: NDArray[np.int8]
    part_time: NDArray[np.int8]
    hours_per_week: NDArray[np.float64]
    from_minutes: NDArray[np.int16]
    until_minutes: NDArray[np.int16]
    days: NDArray[np.uint8]
    german_level_min: NDArray[np.int8]
    blocked_budget: NDArray[np.bool_]
    id_rank: NDArray[np.int64]
    today: dt.date

    def __len__(self) -> int:
        return len(self.programme)


def _dates(values: Sequence[dt.date | None]) -> NDArray[np.datetime64]:
    return np.array([np.datetime64("NaT") if v is None else np.datetime64(v) for v in values], dtype="datetime64[D]")


def _flags(values: Sequence[bool | None]) -> NDArray[np.int8]:
    return np.array([-1 if v is None else int(v) for v in values], dtype=np.int8)


def is_current(offer: Offer, today: dt.date) -> bool:
    """Can one still enter: valid, not ended, deadline open, and not started unless entry is flexible."""
    if (offer.valid_from and offer.valid_from > today) or (offer.valid_to and offer.valid_to < today):
        return False
    if (offer.ends_on and offer.ends_on < today) or (offer.apply_until and offer.apply_until < today):
        return False
    return bool(offer.flexible_start) or offer.starts_on is None or offer.starts_on >= today


def encode_offers(columns: ProgrammeColumns, offers: Sequence[Offer], today: dt.date, places: Places) -> MeasurePool:
    """Rows for all current offers of known programmes (sorted by id), then one open row per programme.

    `places` tells where offers without coordinates lie.
    """
    index = {programme.id: row for row, programme in enumerate(columns.programmes)}
    current = sorted((o for o in offers if o.programme_id in index and is_current(o, today)), key=lambda o: o.id)
    rows: list[Offer] = [
        *current,
        *(Offer(id="", programme_id=p.id, title=p.title) for p in columns.programmes),
    ]
    n_offers, windows = len(current), [(o.windows or (None,))[0] for o in rows]
    programme = np.array([index[o.programme_id] for o in rows], dtype=np.int32)
    part_time = _flags([o.part_time for o in rows])
    lat, lon = coordinates([(o.lat, o.lon, o.postal_code, o.place) for o in rows], places)
    childcare = _flags([o.childcare for o in rows])
    return MeasurePool(
        columns=columns,
        offers=tuple(current),
        programme=programme,
        offer=np.array([i if i < n_offers else -1 for i in range(len(rows))], dtype=np.int32),
        lat=lat,
        lon=lon,
        starts_on=_dates([o.starts_on for o in rows]),
        apply_until=_dates([o.apply_until for o in rows]),
        flexible_start=_flags([o.flexible_start for o in rows]),
        free_places=np.array([np.nan if o.free_places is None else float(o.free_places) for o in rows]),
        childcare=np.where(childcare >= 0, childcare, columns.childcare[programme]).astype(np.int8),
        shuttle=_flags([o.shuttle for o in rows]),
        remote=_flags([o.remote for o in rows]),
        part_time=np.where(part_time >= 0, part_time, columns.part_time[programme]).astype(np.int8),
        hours_per_week=np.array([np.nan if o.hours_per_week is None else o.hours_per_week for o in rows]),
        from_minutes=np.array([-1 if w is None else w.from_minutes for w in windows], dtype=np.int16),
        until_minutes=np.array([-1 if w is None else w.until_minutes for w in windows], dtype=np.int16),
        days=np.array([0 if w is None else _day_mask(w.days) for w in windows], dtype=np.uint8),
        german_level_min=np.array([_level(o.german_level_min) for o in rows], dtype=np.int8),
        blocked_budget=np.array([o.budget == "gesperrt" for o in rows]),
        id_rank=_id_rank(rows),
        today=today,
    )


def _id_rank(rows: Sequence[Offer]) -> NDArray[np.int64]:
    """Place of each row in the order of programme id, then offer id: how ties are broken."""
    rank = np.empty(len(rows), dtype=np.int64)
    rank[sorted(range(len(rows)), key=lambda r: (rows[r].programme_id, rows[r].id))] = np.arange(len(rows))
    return rank


def _level(level: str | None) -> int:
    return -1 if level is None else GERMAN_LEVELS.index(level)


def _day_mask(days: Sequence[str]) -> int:
    order = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return sum(1 << order.index(day) for day in days)
