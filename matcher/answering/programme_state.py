"""Where a programme stands on a day: closed, outside its documented period, without an offer, full, short of money.

Source: DESIGN section 6, "Catalogue and dates": `valid_to` only where a source ends the programme itself; a project's
own term closes nothing unless asked; "gesperrt" is a budget reason, never unsuitability.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.pool.offers import MeasurePool
from matcher.programme import Programme
from matcher.results import NOT_MET, Verdict


@dataclass(frozen=True, slots=True)
class State:
    """What keeps a programme from being suggested by its dates, and a note about it."""

    failed: tuple[Verdict, ...] = ()
    note: str = ""


def closed(state: State) -> bool:
    """Do dates keep it out?"""
    return bool(state.failed)


def states(programmes: Sequence[Programme], today: dt.date, catalogue_only: bool, periods: bool) -> list[State]:
    """State of every programme by its dates alone."""
    return [_state(programme, today, catalogue_only, periods) for programme in programmes]


def _state(programme: Programme, today: dt.date, catalogue_only: bool, periods: bool) -> State:
    period = programme.documented_period
    if not catalogue_only:
        if programme.valid_to and programme.valid_to < today:
            return _out(programme, f"Programm endete am {programme.valid_to:%d.%m.%Y}")
        if programme.valid_from and programme.valid_from > today:
            return _out(programme, f"Programm beginnt erst am {programme.valid_from:%d.%m.%Y}")
    if period is None:
        ended = programme.valid_to and programme.valid_to < today
        return State(note=f"Programm endete am {programme.valid_to:%d.%m.%Y}" if ended else "")
    text = period.text or ""
    if periods and period.until_date and period.until_date < today:
        return _out(programme, f"Dokumentierte Laufzeit ist vorbei: {text}")
    if periods and period.from_date and period.from_date > today:
        return _out(programme, f"Dokumentierte Laufzeit hat noch nicht begonnen: {text}")
    return State(note=f"Dokumentierte Laufzeit: {text}" if text else "")


def _out(programme: Programme, text: str) -> State:
    source = programme.sources[0]
    verdict = Verdict(
        rule=f"{programme.id}:period", verdict=NOT_MET, text=text, source=f"{source.document} {source.section}"
    )
    return State(failed=(verdict,))


def wait_note(pool: MeasurePool, p: int, eligible: NDArray[np.bool_], catalogue_only: bool) -> str:
    """Why a programme that is not excluded has nothing to offer today; empty when it has."""
    if catalogue_only:
        return ""
    rows = np.flatnonzero((pool.programme == p) & (pool.offer >= 0))
    if len(rows) == 0:
        return "Kein aktuelles Angebot bekannt; Fortbestand ungeklärt"
    possible = rows[eligible[rows]]
    blocked, full = pool.blocked_budget[possible], pool.free_places[possible] == 0
    if len(possible) and blocked.all():
        return "Mittel derzeit gesperrt (kein Urteil über die Eignung)"
    return "Derzeit kein freier Platz" if len(possible) and (blocked | full).all() else ""
