"""Cells of German lists as values: dates, decimal commas, yes/no, times; None stands for an empty cell.

A converter returns the value or raises ValueError whose text says what the cell should hold.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence

from matcher.participant import Window
from matcher.participant_time import FIRST_DAY, LAST_DAY, is_countable
from matcher.vocabulary import DAYS, Day

Converter = Callable[[str], object]

YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "1", "x"})
NO = frozenset({"nein", "n", "no", "false", "falsch", "0", "-"})
UNKNOWN = frozenset({"", "null", "unbekannt", "k.a.", "k. a.", "keine angabe", "?", "nan", "n/a"})
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_PIVOT_YEAR = 70
NONE = frozenset({"keine", "keiner", "kein", "nein", "none", "not_applicable", "entfällt", "0", "-"})
"""What a cell of several entries holds when there are known to be none."""
_POSTAL_COUNTRY = re.compile(r"^DE?[- ]\s*(?=\d)", re.IGNORECASE)


def is_unknown(cell: str) -> bool:
    """Whether a cell says nothing: empty, `null`, `unbekannt`, `k.A.`."""
    return cell.strip().lower() in UNKNOWN


def says_none(cell: str) -> bool:
    """Whether a cell of several entries says that there are none."""
    return cell.strip().lower() in NONE


def text(cell: str) -> str:
    """The cell as it stands."""
    return cell.strip()


def number(cell: str) -> float:
    """`1.234,5`, `1234,5` or `1234.5`; a unit such as € or % may follow."""
    bare = cell.strip().rstrip("€%").removesuffix("EUR").strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "")
    if not _NUMBER.fullmatch(bare):
        raise ValueError("a number such as 12 or 12,5")
    return float(bare.replace(",", "."))


def whole(cell: str) -> int:
    """A whole number."""
    value = number(cell)
    if not value.is_integer():
        raise ValueError("a whole number")
    return int(value)


def between(low: float, high: float, read: Callable[[str], float] = number) -> Callable[[str], float]:
    """A converter for numbers from `low` to `high`."""

    def convert(cell: str) -> float:
        value = read(cell)
        if not low <= value <= high or not math.isfinite(value):
            raise ValueError(f"a number from {low:g} to {high:g}")
        return value

    return convert


def latitude(cell: str) -> float:
    """Degrees north, -90 to 90."""
    return _degrees(cell, 90)


def longitude(cell: str) -> float:
    """Degrees east, -180 to 180."""
    return _degrees(cell, 180)


def _degrees(cell: str, most: int) -> float:
    """Degrees with decimal point or comma; no thousands separator here."""
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError as error:
        raise ValueError("degrees such as 50,91") from error
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"degrees between -{most} and {most}")
    return value


def date(cell: str) -> dt.date:
    """`31.12.2025`, `31.12.25` or `2025-12-31`, from 1900 to 2200; a time of day behind it is dropped."""
    bare = _TIME_OF_DAY.sub("", cell.strip())
    try:
        if hit := _GERMAN_DATE.fullmatch(bare):
            year = int(hit[3])
            if len(hit[3]) == 2:
                year += 1900 if year >= _PIVOT_YEAR else 2000
            day = dt.date(year, int(hit[2]), int(hit[1]))
        elif hit := _ISO_DATE.fullmatch(bare):
            day = dt.date(int(hit[1]), int(hit[2]), int(hit[3]))
        else:
            raise ValueError
    except ValueError as error:
        raise ValueError("a date such as 31.12.2025 or 2025-12-31") from error
    if not is_countable(day):
        raise ValueError(f"a date from {FIRST_DAY.year} to {LAST_DAY.year}")
    return day


def yes_no(cell: str) -> bool:
    """`ja` or `nein` (also j/n, x, wahr/falsch, true/false, 1/0)."""
    bare = cell.strip().lower()
    if bare in YES:
        return True
    if bare in NO:
        return False
    raise ValueError("ja or nein")


def items(cell: str) -> list[str]:
    """Several entries in one cell, separated by `|` or a new line, else by `;`; `keine`, `nein` or `0`: no entry."""
    return [] if says_none(cell) else parts(cell)


def parts(cell: str) -> list[str]:
    """The entries of a cell as they stand, where `none` is one of them."""
    found = re.split(r"[|\n]", cell) if re.search(r"[|\n]", cell) else cell.split(";")
    return [part.strip() for part in found if part.strip()]


def choice(values: Sequence[str], german: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """A converter for one of `values`, also under its German names."""
    known = {value.lower(): value for value in values} | {name.lower(): value for name, value in (german or {}).items()}

    def convert(cell: str) -> str:
        value = known.get(cell.strip().lower())
        if value is None:
            from matcher.read.problems import meant

            raise ValueError(f"one of {', '.join(values)}. {meant(cell, values)}".strip().rstrip("."))
        return value

    return convert


GERMAN_DAYS = {"mo": "mon", "di": "tue", "mi": "wed", "do": "thu", "fr": "fri", "sa": "sat", "so": "sun"}
_SPAN = re.compile(r"(\w{2,3})\s*[-–]\s*(\w{2,3})")
_WINDOW = re.compile(r"(\d{1,2}(?::\d{2})?)\s*(?:Uhr)?\s*[-–]\s*(\d{1,2}(?::\d{2})?)\s*(?:Uhr)?,?\s*(.*)", re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2})(?::([0-5]\d))?(?::00)?")


def _day(name: str) -> int:
    short = GERMAN_DAYS.get(name.strip().rstrip(".").lower()[:2], name.strip().lower())
    if short not in DAYS:
        raise ValueError("weekdays such as Mo-Fr or Mo, Mi, Fr")
    return DAYS.index(short)


def days(cell: str) -> tuple[Day, ...]:
    """`Mo-Fr`, `Mo, Mi, Fr` or English names; `keine` is none."""
    if says_none(cell):
        return ()
    if hit := _SPAN.fullmatch(cell.strip()):
        first, last = _day(hit[1]), _day(hit[2])
        if first <= last:
            return DAYS[first : last + 1]
    chosen = {_day(name) for name in re.split(r"[,;/|\s]+", cell.strip()) if name}
    return tuple(DAYS[index] for index in sorted(chosen))


def minutes(cell: str) -> int:
    """Minutes after midnight of `7:30`, `07:30 Uhr` or `7`, up to `24:00`."""
    hit = _CLOCK.fullmatch(cell.strip().removesuffix("Uhr").strip())
    found = int(hit[1]) * 60 + int(hit[2] or 0) if hit else 1441
    if found > 1440:
        raise ValueError("a time of day such as 07:30")
    return found


def window(cell: str) -> Window:
    """`08:00-15:00 Mo-Fr`; without days Monday to Friday."""
    hit = _WINDOW.fullmatch(cell.strip())
    if hit is None:
        raise ValueError("times such as 08:00-15:00 Mo-Fr")
    start, end = minutes(hit[1]), minutes(hit[2])
    if start >= end:
        raise ValueError("times such as 08:00-15:00; a window over midnight is written as two")
    return Window(from_minutes=start, until_minutes=end, days=days(hit[3]) if hit[3] else DAYS[:5])


def windows(cell: str) -> tuple[Window, ...]:
    """One or more windows, separated by `|`; `keine` is none."""
    return tuple(window(item) for item in items(cell))


def many(
    read: Callable[[str], object], split: Callable[[str], Sequence[str]] = items
) -> Callable[[str], tuple[object, ...]]:
    """A converter for several entries in one cell."""
    return lambda cell: tuple(read(item) for item in split(cell))


def postal_code(cell: str) -> str:
    """A German postal code with its leading zero, or a foreign one as it stands."""
    bare = _POSTAL_COUNTRY.sub("", cell.strip(), count=1)
    if bare.endswith((",0", ".0")):
        bare = bare[:-2]
    if not 3 <= len(bare) <= 10 or not any(char.isdigit() for char in bare):
        raise ValueError("a postal code such as 09599")
    return bare


def german_postal_code(cell: str) -> str:
    """A German postal code; a leading zero that a spreadsheet lost is put back."""
    bare = postal_code(cell)
    if not bare.isdigit() or len(bare) not in (4, 5):
        raise ValueError("a postal code of five digits such as 09599")
    return bare.zfill(5)
