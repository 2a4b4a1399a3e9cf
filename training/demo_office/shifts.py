"""When invented jobs are worked: window spans, what a title may say about them, and the flags that follow."""

from dataclasses import dataclass

from matcher.participant import Window
from matcher.vocabulary import DAYS, Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """`spans` are possible times of one working day; empty: an advertisement would not state them."""

    spans: tuple[tuple[str, str], ...] = ()
    days: tuple[Day, ...] = DAYS[:5]
    hints: tuple[str, ...] = ()
    shift_work: bool | None = None
    night_work: bool | None = None
    weekend_work: bool | None = None
    stated: float = 0.5


SHIFTS: dict[str, Shift] = {
    "open": Shift(),
    "day": Shift(
        spans=(("07:00", "15:30"), ("07:30", "16:00"), ("08:00", "16:30")),
        hints=("Tagschicht", "Mo-Fr"),
        shift_work=False,
    ),
    "office": Shift(spans=(("08:00", "16:30"), ("08:00", "16:00"), ("07:30", "16:00")), stated=0.4),
    "early": Shift(spans=(("06:00", "14:30"), ("05:30", "14:00"), ("06:30", "15:00")), hints=("Frühschicht",)),
    "late": Shift(spans=(("14:00", "22:00"), ("13:30", "21:30")), hints=("Spätschicht",), shift_work=False),
    "two_shift": Shift(hints=("2-Schicht", "Früh-/Spätschicht", "Zweischichtsystem"), shift_work=True),
    "three_shift": Shift(hints=("3-Schicht", "Dreischicht", "Schichtarbeit"), shift_work=True, night_work=True),
    "twelve_hours": Shift(
        hints=("12-Stunden-Schichten", "rollende Woche"), shift_work=True, night_work=True, weekend_work=True
    ),
    "night": Shift(hints=("Nachtschicht", "nachts"), night_work=True),
    "weekend": Shift(days=DAYS, hints=("auch am Wochenende",), weekend_work=True),
    "mornings": Shift(
        spans=(("08:00", "12:00"), ("08:00", "13:00"), ("09:00", "13:00")), hints=("vormittags",), stated=0.8
    ),
    "clean_early": Shift(
        spans=(("05:00", "08:00"), ("05:00", "09:00"), ("06:00", "09:30")), hints=("früh morgens",), stated=0.9
    ),
    "clean_late": Shift(
        spans=(("15:30", "19:30"), ("16:00", "20:00"), ("17:00", "20:00")), hints=("nachmittags",), stated=0.9
    ),
    "retail": Shift(
        spans=(("08:00", "20:00"), ("07:00", "20:00")),
        days=DAYS[:6],
        hints=("flexible Arbeitszeit",),
        weekend_work=True,
        stated=0.15,
    ),
    "bakery": Shift(
        spans=(("05:30", "13:00"), ("05:00", "12:00"), ("06:00", "13:30")),
        days=DAYS[:6],
        hints=("Frühdienst",),
        weekend_work=True,
        stated=0.4,
    ),
    "care": Shift(hints=("Früh- und Spätdienst", "Dienste nach Absprache"), shift_work=True, weekend_work=True),
    "kita": Shift(spans=(("06:30", "16:30"),), stated=0.3),
    "school": Shift(spans=(("07:30", "13:00"), ("07:30", "13:30"), ("10:30", "14:00")), hints=("Mo-Fr",), stated=0.8),
    "practice": Shift(spans=(("07:30", "15:30"), ("08:00", "18:00")), stated=0.3),
    "gastro": Shift(hints=("auch am Wochenende", "Teildienst möglich"), weekend_work=True),
}


def clock(text: str) -> int:
    """Minutes after midnight of `HH:MM`."""
    return int(text[:2]) * 60 + int(text[3:])


def window(span: tuple[str, str], days: tuple[Day, ...]) -> Window:
    """The window of one working day."""
    return Window(from_minutes=clock(span[0]), until_minutes=clock(span[1]), days=days)


def hours_of(span: tuple[str, str], days: int) -> float:
    """Working hours per week of a span; half an hour of break from six hours on (§ 4 ArbZG)."""
    length = (clock(span[1]) - clock(span[0])) / 60
    return (length - (0.5 if length > 6 else 0.0)) * days
