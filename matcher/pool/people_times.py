"""When somebody can work and when the children are cared for, per weekday in minutes after midnight.

-1: closed on that day; -2: nothing known. Source: neutral participant format (available_window, children).
"""

from dataclasses import dataclass

from matcher.participant import Household, Participant, Window
from matcher.vocabulary import DAYS

CLOSED, OPEN_UNKNOWN = -1, -2
CARE_UNTIL_AGE = 12
"""Children below this age count as needing care in working hours (§ 24 SGB VIII speaks of school age; the
collection's documents ask up to 12: assumption, shown as such)."""

Week = tuple[int, ...]
_HALF_DAYS = {"full_day": None, "mornings": (7 * 60, 13 * 60), "afternoons": (12 * 60, 18 * 60)}
"""Reading of the coarse `time_window` where no exact window is given (assumption)."""


def _week(windows: tuple[Window, ...]) -> tuple[Week, Week]:
    start, end = [CLOSED] * 7, [CLOSED] * 7
    for window in windows:
        for day in window.days:
            number = DAYS.index(day)
            known = start[number] != CLOSED
            start[number] = min(start[number], window.from_minutes) if known else window.from_minutes
            end[number] = max(end[number], window.until_minutes) if known else window.until_minutes
    return tuple(start), tuple(end)


def availability(one: Participant) -> tuple[Week, Week]:
    """Return (from, until) for seven days; several windows of a day count as their span."""
    if one.available_windows is not None:
        return _week(one.available_windows)
    half = _HALF_DAYS.get(one.time_window or "")
    if half is None:
        return (OPEN_UNKNOWN,) * 7, (OPEN_UNKNOWN,) * 7
    return _week((Window(from_minutes=half[0], until_minutes=half[1]),))


@dataclass(frozen=True, slots=True)
class Care:
    """Hours in which every child that needs it is cared for; `needed` None: unknown."""

    needed: bool | None
    start: Week
    end: Week
    fixed: bool | None


def care_windows(household: Household) -> Care:
    """Return the intersection of all young children's contracts; without any contract the hours are unknown."""
    unknown = (OPEN_UNKNOWN,) * 7
    if household.children is None:
        needed = False if household.has_children is False or household.childcare_status == "not_needed" else None
        return Care(needed, unknown, unknown, None)
    young = [child for child in household.children if child.age is None or child.age < CARE_UNTIL_AGE]
    if not young:
        return Care(False, unknown, unknown, None)
    contracts = [child for child in young if child.contract is not None]
    if not contracts:
        return Care(None if household.childcare_status != "missing" else True, unknown, unknown, None)
    weeks = [_week((child.contract,)) for child in contracts if child.contract is not None]
    start = tuple(max(week[0][day] for week in weeks) if _all_open(weeks, day) else CLOSED for day in range(7))
    end = tuple(min(week[1][day] for week in weeks) if _all_open(weeks, day) else CLOSED for day in range(7))
    fixed = [child.fixed for child in contracts]
    return Care(True, start, end, True if True in fixed else (None if None in fixed else False))


def _all_open(weeks: list[tuple[Week, Week]], day: int) -> bool:
    return all(week[0][day] != CLOSED for week in weeks)
