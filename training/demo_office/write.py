"""Write the demo office as the lists that `matcher import` reads: German columns, comma decimals, semicolons."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from matcher.participant import Window
from matcher.read.columns import Template
from matcher.read.offers import OFFERS
from matcher.read.vacancies import EMPLOYERS, VACANCIES
from matcher.vocabulary import DAYS
from training.demo_office.employers import invent_employers
from training.demo_office.offers import list_offers
from training.demo_office.people import invent_people
from training.demo_office.places import TOWNS
from training.demo_office.vacancies import invent_vacancies

SEED = "mittelsachsen-2022-05-02"
README = Path(__file__).with_name("readme.md")
_SHORT = dict(zip(DAYS, ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), strict=True))


def demo_files(seed: str = SEED) -> dict[str, str]:
    """Every file of the demo office by name, as text."""
    staff = invent_employers(seed)
    towns = [(town.postal_code, town.place, _cell(town.lat), _cell(town.lon)) for town in TOWNS]
    lines = (json.dumps(person, ensure_ascii=False) for person in invent_people(seed))
    return {
        "README.md": README.read_text("utf-8"),
        "places.csv": _csv(("plz", "ort", "lat", "lon"), towns),
        "employers.csv": _list(EMPLOYERS, [employer for employer, _ in staff]),
        "vacancies.csv": _list(VACANCIES, invent_vacancies(seed, staff)),
        "offers.csv": _list(OFFERS, list_offers()),
        "participants.jsonl": "".join(f"{line}\n" for line in lines),
    }


def write_demo(folder: Path) -> list[Path]:
    """Write all files into `folder`, which is made where it is missing; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in demo_files().items():
        paths.append(folder / name)
        paths[-1].write_bytes(text.encode("utf-8"))
    return paths


def _list(template: Template, values: Sequence[object]) -> str:
    """The columns of a template that any value fills, in the template's order."""
    rows = [[_cell(_field(value, column.field)) for column in template.columns] for value in values]
    used = [index for index in range(len(template.columns)) if any(row[index] for row in rows)]
    return _csv([template.columns[index].title for index in used], ([row[index] for index in used] for row in rows))


def _field(value: object, name: str) -> object:
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Window):
        return _window(value)
    if isinstance(value, tuple):
        return " | ".join(_cell(item) for item in value) if value else "keine"
    return str(value)


def _window(window: Window) -> str:
    first, last = window.from_minutes, window.until_minutes
    days = f"{_SHORT[window.days[0]]}-{_SHORT[window.days[-1]]}"
    return f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d} {days}"
