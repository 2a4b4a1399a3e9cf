"""Hours, clock times and ends that a title states: cases as data."""

import datetime as dt

import pytest

from matcher.requirements.clock import stated_days, stated_end, stated_window
from matcher.requirements.hours import stated_hours
from matcher.requirements.text import plain

HOURS = [
    ("Küchenkraft (m/w/d) 20-25 Std./Woche", (20, 25)),
    ("Bürohilfe, 18,5 Stunden pro Woche", (18.5, 18.5)),
    ("Kassenkraft 65 Std./Monat", (65 / 4.33, 65 / 4.33)),
    ("Spülkraft 3 Std. / Tag", (15, 15)),
    ("Hausmeister Teilzeit 50%", (19.5, 19.5)),
    ("Sachbearbeitung mind. 30 Stunden", (30, 30)),
    ("Auffüllkraft 6 bis 8 Wochenstunden", (6, 8)),
    ("Reinigung an 2 Tagen wöchentlich", (6, 16)),
    ("Betreuung drei Tage pro Woche", (9, 24)),
    ("Helfer ab 15,50 € / Std.", None),
    ("Fahrer bis 17,30/Std.", None),
    ("Beraterin 100 % im Homeoffice", None),
    ("Techniker 1-20 kV", None),
    ("Verkäufer (m/w/d) in Vollzeit", None),
]


@pytest.mark.parametrize(("title", "expected"), HOURS, ids=[title for title, _ in HOURS])
def test_hours_of_a_title(title: str, expected: tuple[float, float] | None) -> None:
    found = stated_hours(plain(title))
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found[0] == pytest.approx(expected)


WINDOWS = [
    ("Regalauffüllung 6:00-10:00 Uhr", (360, 600)),
    ("Bürokraft täglich von 12 bis 17 Uhr", (720, 1020)),
    ("Spätreinigung ab 17.30 Uhr", (1050, -1)),
    ("Objekt 10-14, Gebäude 3", None),
    ("Logistik 4.0", None),
]


@pytest.mark.parametrize(("title", "expected"), WINDOWS, ids=[title for title, _ in WINDOWS])
def test_clock_times_of_a_title(title: str, expected: tuple[int, int] | None) -> None:
    found = stated_window(plain(title))
    assert (None if found is None else found[:2]) == expected


def test_weekdays_of_a_title() -> None:
    assert stated_days(plain("Service Mo-Fr")) == 0b11111
    assert stated_days(plain("Verkauf Montag bis Samstag")) == 0b111111
    assert stated_days(plain("Verkauf")) == 0


def test_end_of_the_work_is_the_last_day_of_its_month() -> None:
    found = stated_end(plain("Saisonkoch bis Ende August 2025"))
    assert found is not None
    assert found[0] == dt.date(2025, 8, 31)
    assert stated_end(plain("Aushilfe bis Dezember 2025")) == (dt.date(2025, 12, 31), "bis dezember 2025")
    assert stated_end(plain("Koch ab August 2025")) is None


GENDERED = [
    ("Verkäufer:in (m/w/d)", "verkäufer"),
    ("Verkäufer/in (w/m/d)", "verkäufer"),
    ("Verkäufer*innen m/w/d", "verkäufer"),
    ("Helfer (gn)", "helfer"),
    ("Mitarbeiter (m|w|d) im Lager", "mitarbeiter im lager"),
]


@pytest.mark.parametrize(("title", "expected"), GENDERED, ids=[title for title, _ in GENDERED])
def test_gender_marks_leave_one_spelling(title: str, expected: str) -> None:
    assert plain(title) == expected
