"""The parts of the exchange format that are records: time windows, experience, children.

Source: neutral participant format. Times are "HH:MM" up to "24:00", days `mon-fri`, `mon-sat`, `mon-sun`
or a list.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from matcher.participant import Child, Experience, Window
from matcher.read.problems import Problems, meant
from matcher.read.scalars import few_enough, read_date, read_number, read_text, read_yes_no, says_none
from matcher.vocabulary import DAYS, Day

DAY_RANGES: Mapping[str, tuple[Day, ...]] = {"mon-fri": DAYS[:5], "mon-sat": DAYS[:6], "mon-sun": DAYS}
T = TypeVar("T")
WINDOW_KEYS = ("from", "until", "days")
EXPERIENCE_KEYS = ("title", "years", "last_year")
CHILD_KEYS = (
    "age",
    "contract_from",
    "contract_until",
    "days",
    "fixed",
    "settling_in_until",
    "holiday_care",
    "backup_when_ill",
)
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_DAY_SPAN = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)-(mon|tue|wed|thu|fri|sat|sun)")


def read_time(value: object, pointer: str, problems: Problems) -> int | None:
    """Minutes after midnight of a text such as 07:30."""
    hit = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    minutes = int(hit[1]) * 60 + int(hit[2]) if hit else 1441
    if minutes <= 1440:
        return minutes
    problems.add(pointer, "is not a time of day.", 'Write "HH:MM" from "00:00" to "24:00".', value)
    return None


def read_days(value: object, pointer: str, problems: Problems) -> tuple[Day, ...]:
    """Weekdays in calendar order; absent means Monday to Friday."""
    if value is None:
        return DAY_RANGES["mon-fri"]
    if isinstance(value, str):
        if hit := _DAY_SPAN.fullmatch(value.strip().lower()):
            first, last = (DAYS.index(hit[1]), DAYS.index(hit[2]))
            if first <= last:
                return DAYS[first : last + 1]
        if value.strip().lower() in DAYS:
            value = [value.strip().lower()]
    if isinstance(value, list | tuple) and not few_enough(value, pointer, problems):
        return DAY_RANGES["mon-fri"]
    if isinstance(value, list | tuple) and value and all(day in DAYS for day in value):
        return tuple(day for day in DAYS if day in value)
    problems.add(
        pointer,
        "does not name weekdays.",
        f"Write mon-fri, mon-sat, mon-sun or a list of {', '.join(DAYS)}.",
        value,
    )
    return DAY_RANGES["mon-fri"]


def read_window(value: object, pointer: str, problems: Problems) -> Window | None:
    """A window {from, until, days}."""
    record = _record(value, WINDOW_KEYS, pointer, problems)
    return None if record is None else _window(record, "from", "until", pointer, problems)


def read_windows(value: object, pointer: str, problems: Problems) -> tuple[Window, ...] | None:
    """One window or a list of windows."""
    if value is None:
        return None
    if says_none(value):
        return ()
    if not isinstance(value, list | tuple):
        window = read_window(value, pointer, problems)
        return None if window is None else (window,)
    return _each(value, read_window, pointer, problems)


def read_experience(value: object, pointer: str, problems: Problems) -> tuple[Experience, ...] | None:
    """A list of {title, years, last_year}; a plain text counts as a title."""
    return _list(value, _one_experience, pointer, problems)


def read_children(value: object, pointer: str, problems: Problems) -> tuple[Child, ...] | None:
    """A list of children with their care contracts."""
    return _list(value, _one_child, pointer, problems)


def read_ages(value: object, pointer: str, problems: Problems) -> tuple[float, ...] | None:
    """The short form `children_ages`: a list of ages in years."""
    return _list(value, lambda item, where, into: read_number(item, where, into, 60), pointer, problems)


def _one_experience(value: object, pointer: str, problems: Problems) -> Experience | None:
    if isinstance(value, str):
        value = {"title": value}
    record = _record(value, EXPERIENCE_KEYS, pointer, problems)
    if record is None:
        return None
    said = record.get("title")
    title = read_text(said, f"{pointer}/title", problems)
    if title is None:
        if isinstance(said, str) and not said.strip():
            problems.add(f"{pointer}/title", "is empty.", "Write the occupation, or leave the entry out.")
        return None
    years, last = record.get("years"), record.get("last_year")
    return Experience(
        title=title,
        years=None if years is None else read_number(years, f"{pointer}/years", problems, 80),
        last_year=None if last is None else _year(last, f"{pointer}/last_year", problems),
    )


def _year(value: object, pointer: str, problems: Problems) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 1920 <= value <= 2200:
        return value
    problems.add(pointer, "is not a year.", "Write a year such as 2019.", value)
    return None


def _one_child(value: object, pointer: str, problems: Problems) -> Child | None:
    record = _record(value, CHILD_KEYS, pointer, problems)
    if record is None:
        return None
    flags = {
        name: None if record.get(name) is None else read_yes_no(record[name], f"{pointer}/{name}", problems)
        for name in ("fixed", "holiday_care", "backup_when_ill")
    }
    age, settling = record.get("age"), record.get("settling_in_until")
    contract = None
    if record.get("contract_from") is not None or record.get("contract_until") is not None:
        contract = _window(record, "contract_from", "contract_until", pointer, problems)
    return Child(
        age=None if age is None else read_number(age, f"{pointer}/age", problems, 60),
        contract=contract,
        settling_in_until=None if settling is None else read_date(settling, f"{pointer}/settling_in_until", problems),
        **flags,
    )


def _window(record: Mapping[str, object], start: str, end: str, pointer: str, problems: Problems) -> Window | None:
    first = read_time(record.get(start), f"{pointer}/{start}", problems)
    last = read_time(record.get(end), f"{pointer}/{end}", problems)
    days = read_days(record.get("days"), f"{pointer}/days", problems)
    if first is None or last is None:
        return None
    if first >= last:
        problems.add(
            pointer,
            f"ends before it begins ({record[start]} to {record[end]}).",
            "Split a window over midnight into two.",
        )
        return None
    return Window(from_minutes=first, until_minutes=last, days=days)


def _record(value: object, keys: Sequence[str], pointer: str, problems: Problems) -> Mapping[str, object] | None:
    if not isinstance(value, Mapping):
        problems.add(pointer, "is not an object.", f"Write an object with {', '.join(keys)}.")
        return None
    for key in value:
        if key not in keys:
            problems.add(
                f"{pointer}/{key}",
                "is not a known name.",
                f"{meant(str(key), keys)} Known: {', '.join(keys)}.".strip(),
            )
    return value


def _list(
    value: object, read: Callable[[object, str, Problems], T | None], pointer: str, problems: Problems
) -> tuple[T, ...] | None:
    if value is None:
        return None
    if says_none(value):
        return ()
    if not isinstance(value, list | tuple):
        problems.add(pointer, "is not a list.", "Write a list; [] means known: none, null unknown.")
        return None
    return _each(value, read, pointer, problems)


def _each(
    value: Sequence[object],
    read: Callable[[object, str, Problems], T | None],
    pointer: str,
    problems: Problems,
) -> tuple[T, ...] | None:
    if not few_enough(value, pointer, problems):
        return None
    before = len(problems.found)
    items = [read(item, f"{pointer}/{index}", problems) for index, item in enumerate(value)]
    known = tuple(item for item in items if item is not None)
    if len(problems.found) == before and len(known) < len(items):
        problems.add(pointer, "holds null.", "Leave unknown entries out, or write null for the whole list.")
    return known if len(problems.found) == before else None
