"""The columns of a participant list, built from the exchange format.

Titles and German values come from `catalog/fields.toml`. Nested facts are numbered columns (`Kind 1 Alter`,
`Tätigkeit 1`).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

import tomli

from matcher.paths import catalog_path
from matcher.read import cells
from matcher.read.columns import Column, Template, identifier
from matcher.read.fields import FieldSpec, person_fields
from matcher.read.problems import Problems
from matcher.read.scalars import read_scalar

INTRO = (
    "One row per person. An empty cell means unknown; `nein`, `0` and `keine` mean known: no. "
    "`Kundennummer` is kept apart from the facts; without it `Interne Nummer` is needed. No row has both."
)
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "postal_code": ("PLZ",),
    "place": ("Ort",),
    "german_level": ("Sprachniveau", "Deutsch"),
    "driving_licences": ("Führerscheine",),
    "target_occupations": ("Wunschberufe",),
    "unemployment_months": ("Arbeitslos seit (Monate)",),
}
NAMED_LISTS = ("children", "experience")


@lru_cache(maxsize=1)
def participant_template() -> Template:
    """The columns of a participant list, one or more for every field of the exchange format."""
    catalog = tomli.loads((catalog_path() / "fields.toml").read_text("utf-8"))
    columns = [
        Column(
            field="customer_no",
            title="Kundennummer",
            convert=identifier,
            personal=True,
            example="123A456789",
            help="Identity; stored in a guarded table, never part of the facts",
            aliases=("Kd-Nr", "Kd.-Nr.", "KdNr"),
        ),
        Column(
            field="id",
            title="Interne Nummer",
            convert=identifier,
            personal=True,
            example="t-0001",
            help="Internal id for lists without customer numbers",
            aliases=("profile_id", "participant_id"),
        ),
        Column(
            field="as_of",
            title="Stand",
            convert=cells.date,
            example="02.05.2022",
            help="Day on which age and durations were true; default: day of the import",
            aliases=("Stichtag",),
        ),
    ]
    for name, spec in person_fields().items():
        if name in NAMED_LISTS:
            columns += _NESTED[name]
        elif name not in ("id", "as_of"):
            columns.append(_column(spec, catalog[spec.attribute]))
    return Template("participants", INTRO, tuple(columns), one_of=("customer_no", "id"))


def _column(spec: FieldSpec, entry: Mapping[str, object]) -> Column:
    values, also_read = entry.get("values", {}), entry.get("also_read", {})
    german = {str(name): str(value) for value, name in values.items()} if isinstance(values, dict) else {}
    further = {str(name): str(value) for name, value in also_read.items()} if isinstance(also_read, dict) else {}
    convert, form, example = _forms(spec, german, further)
    aliases = (*_ALIASES.get(spec.name, ()), *([spec.attribute] if spec.attribute != spec.name else []))
    return Column(
        field=spec.name,
        title=str(entry["label"]),
        convert=convert,
        help=form,
        example=example,
        personal=bool(entry["personal"]),
        aliases=aliases,
    )


def _forms(spec: FieldSpec, german: Mapping[str, str], further: Mapping[str, str]) -> tuple[cells.Converter, str, str]:
    """Converter, form and example; `further` words are read, but not documented."""
    german_of = {value: name for name, value in german.items()}
    words = {**further, **german}
    listed = " · ".join(f"{value} ({german_of[value]})" if value in german_of else value for value in spec.choices)
    if spec.name == "car_days":
        return cells.days, "weekdays", "Mo-Mi"
    forms: Mapping[str, tuple[cells.Converter, str, str]] = {
        "number": (cells.between(0, spec.upper), f"number, 0 to {spec.upper:g}", "12"),
        "whole": (_whole(spec.upper), f"whole number, 0 to {spec.upper:g}", "2"),
        "yes_no": (cells.yes_no, "`ja` or `nein`", "ja"),
        "text": (_text(spec), "text", ""),
        "date": (cells.date, "date", "31.12.2025"),
        "choice": (cells.choice(spec.choices, words), listed, spec.choices[-1] if spec.choices else ""),
        "choices": (
            _choices(spec, words),
            f"several, separated by `;` or `|`: {listed}; `keine`, `nein` or `0`: none",
            "; ".join(spec.choices[:2]),
        ),
        "texts": (_texts(spec), "several, separated by `|` or `;`; `keine`, `nein` or `0`: none", "… | …"),
        "windows": (cells.windows, "one or more windows, separated by `|`", "08:00-15:00 Mo-Fr"),
    }
    return forms[spec.kind]


def _whole(upper: float) -> cells.Converter:
    return lambda cell: int(cells.between(0, upper, cells.whole)(cell))


def _text(spec: FieldSpec) -> cells.Converter:
    return cells.german_postal_code if spec.name == "postal_code" else _checked(spec, cells.text)


def _texts(spec: FieldSpec) -> cells.Converter:
    return _checked(spec, cells.items)


def _choices(spec: FieldSpec, german: Mapping[str, str]) -> cells.Converter:
    if spec.name == "functional_limits":
        names = {name.lower(): value for name, value in german.items()}
        return _checked(spec, lambda cell: [names.get(item.lower(), item) for item in cells.items(cell)])
    return cells.many(cells.choice(spec.choices, german))


def _checked(spec: FieldSpec, read: Callable[[str], object]) -> cells.Converter:
    """A converter that also applies the exchange format's own checks (length, control characters, closed list)."""

    def convert(cell: str) -> object:
        value, problems = read(cell), Problems("")
        checked = read_scalar(spec, value, "", problems)
        if problems.found:
            raise ValueError(f"something else: it {problems.found[0].message} {problems.found[0].remedy}".rstrip("."))
        return checked

    return convert


def _age_list(cell: str) -> list[float]:
    if cell.strip() == "0":  # here an age: a child below one year, as in "0; 3"
        return [0.0]
    return [cells.between(0, 60)(item) for item in cells.items(cell.replace(",", ";"))]


_NESTED: Mapping[str, tuple[Column, ...]] = {
    "experience": (
        Column(
            field="experience.title",
            title="Tätigkeit {n}",
            convert=cells.text,
            personal=True,
            help="Occupation worked in, numbered from 1; `keine` in Tätigkeit 1: none",
            example="Lagerhelfer",
        ),
        Column(
            field="experience.years",
            title="Tätigkeit {n} Jahre",
            convert=cells.between(0, 80),
            help="Years of practice in it",
            example="2,5",
        ),
        Column(
            field="experience.last_year",
            title="Tätigkeit {n} letztes Jahr",
            convert=lambda cell: int(cells.between(1920, 2200, cells.whole)(cell)),
            help="Last year in it",
            example="2021",
        ),
    ),
    "children": (
        Column(
            field="children_ages",
            title="Alter der Kinder",
            convert=_age_list,
            personal=True,
            help="Short form: ages in years, separated by `;`; `0`: below one year; `keine` or `nein`: no children",
            example="3; 7",
        ),
        Column(
            field="childcare_window",
            title="Betreuungszeit der Kinder",
            convert=cells.window,
            personal=True,
            help="Short form: one window for all children",
            example="07:30-15:30 Mo-Fr",
        ),
        Column(
            field="children.age",
            title="Kind {n} Alter",
            convert=cells.between(0, 60),
            personal=True,
            help="Age in years, numbered from 1",
            example="3",
        ),
        Column(
            field="children.contract",
            title="Kind {n} Betreuung",
            convert=cells.window,
            personal=True,
            help="Contracted care",
            example="07:00-16:00 Mo-Fr",
        ),
        Column(
            field="children.fixed",
            title="Kind {n} Betreuung fest",
            convert=cells.yes_no,
            personal=True,
            help="`ja`: cannot be extended; `nein`: can, on taking up work",
            example="nein",
        ),
        Column(
            field="children.settling_in_until",
            title="Kind {n} Eingewöhnung bis",
            convert=cells.date,
            personal=True,
            help="Date",
            example="31.08.2022",
        ),
        Column(
            field="children.holiday_care",
            title="Kind {n} Ferienbetreuung",
            convert=cells.yes_no,
            personal=True,
            help="`ja` or `nein`",
            example="ja",
        ),
        Column(
            field="children.backup_when_ill",
            title="Kind {n} Betreuung bei Krankheit",
            convert=cells.yes_no,
            personal=True,
            help="`ja` or `nein`",
            example="nein",
        ),
    ),
}
