"""Hours per week that a title states ("20-25 Std./Woche", "65 Std./Monat", "3 Std. / Tag", "Teilzeit 50%")."""

import re

WEEKS_PER_MONTH = 4.33
DAYS_PER_WEEK = 5
FULL_TIME_HOURS = 39.0
"""Base for percentages: usual agreed week (expert assumption, catalog/weights.toml names the ranges used)."""
LONGEST_WEEK_HOURS = 48.0
"""§ 3 ArbZG: eight hours on six working days."""

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_UNIT = r"(?:-?\s*(?:wochen-?)?(?:std\.?|stunden|stunde|h)\b|\s*wostd\.?|\s*wochenst\w*)"
_PER = r"\.?\s*(?:/|pro|je|die|in der|am)?\s*(woche|wo\b|monat|tag\b|mo\b)?"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:std\.?|h)?\s*(?:-|–|bis|oder|/|bis zu)\s*{_NUMBER}\s*{_UNIT}{_PER}")
_SINGLE = re.compile(rf"(mind\w*\.?|ab|max\w*\.?|bis(?: zu)?)?\s*{_NUMBER}\s*{_UNIT}{_PER}")
_PERCENT = re.compile(r"(?:teilzeit|tz|stelle|umfang|voll-?zeit)\D{0,14}(\d{2})(?:\s*(?:-|–|bis)\s*(\d{2,3}))?\s*%")
_FEW_DAYS = re.compile(
    r"\b(?:an )?([1-4]|ein|einem|zwei|drei|vier) ?tage?n? (?:wöchentlich|pro woche|die woche|je woche|/ ?woche|in der woche)"
)
_COUNTED = {"ein": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4}
HOURS_PER_DAY = (3.0, 8.0)
"""A working day of a part-time post lasts between these (assumption; § 3 ArbZG: at most eight)."""
_MONEY = re.compile(r"\d[\d.,]*\s*(?:€|eur|euro)\s*(?:brutto)?\s*(?:/|pro|die|je)\s*(?:std\.?|stunde|h)\b")
_PAY = re.compile(r"(?:ab|bis|von|zu)\s*\d[\d.,]*\s*/\s*(?:std|h)\b")

Hours = tuple[float, float]


def _value(text: str) -> float:
    return float(text.replace(",", "."))


def _weekly(value: float, per: str | None) -> float:
    if per in ("monat", "mo"):
        return value / WEEKS_PER_MONTH
    return value * DAYS_PER_WEEK if per == "tag" else value


def _valid(low: float, high: float) -> Hours | None:
    return (low, high) if 1.0 <= low <= high <= LONGEST_WEEK_HOURS else None


def stated_hours(title: str) -> tuple[Hours, str] | None:
    """Return ((least, most) hours per week, the words) that a plain title states, or None."""
    text = _PAY.sub(" ", _MONEY.sub(" ", title))
    if found := _RANGE.search(text):
        low, high = (_weekly(_value(found[number]), found[3]) for number in (1, 2))
        if hours := _valid(low, high):
            return hours, found[0].strip()
    if found := _SINGLE.search(text):
        value = _weekly(_value(found[2]), found[3])
        bound = found[1] or ""
        low = value if not bound.startswith(("max", "bis")) else min(value, 15.0)
        high = value if not bound.startswith(("mind", "ab")) else max(value, 30.0)
        if hours := _valid(low, high):
            return hours, found[0].strip()
    if found := _PERCENT.search(text):
        low = float(found[1]) / 100 * FULL_TIME_HOURS
        high = float(found[2] or found[1]) / 100 * FULL_TIME_HOURS
        if hours := _valid(low, high):
            return hours, found[0].strip()
    if found := _FEW_DAYS.search(text):
        days = _COUNTED.get(found[1]) or int(found[1])
        return (days * HOURS_PER_DAY[0], days * HOURS_PER_DAY[1]), found[0].strip()
    return None
