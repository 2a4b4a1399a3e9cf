"""Where a programme stands on a day: closed, outside its documented period, without an offer, full, short of money.

Source: DESIGN section 6, "Catalogue and dates": `valid_to` only where a source ends the programme itself; a project's
own term closes nothing unless asked; "gesperrt" is a budget reason, never unsuitability.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

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


def wait_note(pool: MeasurePool, offers: Sequence[int], possible: Sequence[int], catalogue_only: bool) -> str:
    """Why a programme that is not excluded has nothing to offer today; empty when it has.

    `offers` are the rows of its offers, `possible` those that the person could enter.
    """
    if catalogue_only:
        return ""
    if not offers:
        return "Kein aktuelles Angebot bekannt; Fortbestand ungeklärt"
    blocked = [bool(pool.blocked_budget[row]) for row in possible]
    if possible and all(blocked):
        return "Mittel derzeit gesperrt (kein Urteil über die Eignung)"
    taken = [stopped or bool(pool.free_places[row] == 0) for stopped, row in zip(blocked, possible, strict=True)]
    return "Derzeit kein freier Platz" if possible and all(taken) else ""
