"""Clock times, weekdays and last months that a title states ("6:00-10:00 Uhr", "ab 14.30 Uhr", "bis Ende August 2025")."""

import datetime as dt
import re

from matcher.vocabulary import DAYS

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"(?<![\d.,]){_TIME}\s*(?:uhr)?\s*(?:-|–|bis)\s*{_TIME}\s*(?:uhr|h\b)")
_FROM = re.compile(rf"(?:ab|von)\s*(?:ca\.?\s*)?{_TIME}\s*uhr")
_SHORT_DAYS = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_DAY = r"(mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag)?s?"
_DAYS = re.compile(rf"\b{_DAY}\.?\s*(?:-|–|bis)\s*{_DAY}\b")
MONTHS = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
_UNTIL = re.compile(rf"bis\s+(?:ende\s+|mitte\s+|anfang\s+)?({'|'.join(MONTHS)})\s+(20\d\d)")


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def stated_window(title: str) -> tuple[int, int, str] | None:
    """Return (from, until, words) in minutes after midnight; until is -1 where only the start is stated."""
    if found := _SPAN.search(title):
        start, end = _minutes(found[1], found[2]), _minutes(found[3], found[4])
        if 0 <= start < end <= 1440:
            return start, end, found[0].strip()
    if found := _FROM.search(title):
        start = _minutes(found[1], found[2])
        if start < 1440:
            return start, -1, found[0].strip()
    return None


def stated_days(title: str) -> int:
    """Return the weekdays of a stated span ("Mo-Fr") as mask, Monday is bit 0; 0 where none is stated."""
    found = _DAYS.search(title)
    if not found:
        return 0
    first, last = _SHORT_DAYS[found[1]], _SHORT_DAYS[found[2]]
    return sum(1 << day for day in range(len(DAYS)) if first <= day <= last)


def stated_end(title: str) -> tuple[dt.date, str] | None:
    """Return the last day of a month until which the work lasts, and the words, where a title says so."""
    found = _UNTIL.search(title)
    if not found:
        return None
    year, month = int(found[2]), MONTHS.index(found[1]) + 1
    first_after = dt.date(year + month // 12, month % 12 + 1, 1)
    return first_after - dt.timedelta(days=1), found[0]
