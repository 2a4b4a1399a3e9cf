"""The office's own programmes: template and reader.

Admission terms are simple columns here (least age, least months …); the file and row they stand in become their
source. Terms that need alternatives belong in a catalogue file.
"""

import typing
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from matcher.labels import plain
from matcher.programme import Access, Cost, Duration, Hours, Leaf, Programme, Scalar, Source, Tree
from matcher.read import cells
from matcher.read.columns import Column, ColumnMapping, Record, Template, identifier
from matcher.read.fields import MONTHS_UPPER
from matcher.read.offers import FLAG, HOURS, LEVEL, access_columns, listed
from matcher.read.problems import Problems
from matcher.read.records import build, nested
from matcher.read.rows import read_records
from matcher.read.safe import Limits
from matcher.read.table import Table
from matcher.read.vacancies import texts
from matcher.vocabulary import LegalCircle, Need, ProgrammeKind, SchoolLeaving, VocationalQualification

_KINDS = {"Maßnahme": "measure", "Unterstützungsstruktur": "support_structure", "Förderinstrument": "instrument"}
_MONTHS = cells.between(0, MONTHS_UPPER)
_EUROS = cells.between(0, 100_000_000)


@dataclass(frozen=True, slots=True)
class Term:
    """A column that becomes one admission term; `text` is its German wording, `{}` stands for the value."""

    column: str
    title: str
    field: str
    op: str
    convert: Callable[[str], object]
    text: str
    help: str
    example: str


_SCHOOLS = tuple(value for value in typing.get_args(SchoolLeaving) if value != "foreign_unassessed")
_YEARS = cells.between(0, 120, cells.whole)
_VOCATIONAL = cells.choice(typing.get_args(VocationalQualification))
TERMS: tuple[Term, ...] = (
    Term("age_min", "Alter ab", "age", ">=", _YEARS, "ab {} Jahren", "least age, inclusive", "18"),
    Term(
        "age_max",
        "Alter bis",
        "age",
        "<",
        lambda cell: _YEARS(cell) + 1,
        "bis einschließlich {} Jahre",
        "largest age, inclusive",
        "30",
    ),
    Term(
        "german_level_min",
        "Deutsch ab",
        "german_level",
        ">=",
        LEVEL,
        "Deutsch mindestens {}",
        "least German level",
        "B1",
    ),
    Term(
        "school_leaving_level_min",
        "Schulabschluss ab",
        "school_leaving_level",
        ">=",
        cells.choice(_SCHOOLS),
        "Schulabschluss mindestens {}",
        " · ".join(_SCHOOLS),
        "HSA",
    ),
    Term(
        "vocational_qualification_in",
        "Berufsabschluss einer von",
        "vocational_qualification",
        "in",
        cells.many(_VOCATIONAL, cells.parts),
        "Berufsabschluss: {}",
        listed(VocationalQualification),
        "none; not_usable",
    ),
    Term(
        "unemployment_months_min",
        "Arbeitslos seit Monaten mindestens",
        "unemployment_months",
        ">=",
        _MONTHS,
        "seit mindestens {} Monaten arbeitslos",
        "least months",
        "12",
    ),
    Term(
        "benefit_months_min",
        "Leistungsmonate mindestens",
        "benefit_months_total",
        ">=",
        _MONTHS,
        "mindestens {} Monate Leistungsbezug",
        "least months",
        "24",
    ),
    Term(
        "long_term_unemployed",
        "Nur Langzeitarbeitslose",
        "long_term_unemployed",
        "=",
        cells.yes_no,
        "langzeitarbeitslos: {}",
        FLAG,
        "ja",
    ),
    Term(
        "long_term_benefit",
        "Nur Langzeitleistungsbezug",
        "long_term_benefit",
        "=",
        cells.yes_no,
        "Langzeitleistungsbezug: {}",
        FLAG,
        "ja",
    ),
    Term(
        "legal_circle",
        "Rechtskreise",
        "legal_circle",
        "has_any",
        cells.many(cells.choice(typing.get_args(LegalCircle)), cells.parts),
        "Rechtskreis: {}",
        listed(LegalCircle),
        "SGB II",
    ),
    Term("is_parent", "Nur Eltern", "is_parent", "=", cells.yes_no, "mit Kindern: {}", FLAG, "ja"),
    Term(
        "is_single_parent",
        "Nur Alleinerziehende",
        "is_single_parent",
        "=",
        cells.yes_no,
        "alleinerziehend: {}",
        FLAG,
        "ja",
    ),
    Term(
        "has_migration_background",
        "Nur mit Migrationshintergrund",
        "has_migration_background",
        "=",
        cells.yes_no,
        "Migrationshintergrund: {}",
        FLAG,
        "ja",
    ),
    Term(
        "driving_licence", "Führerschein nötig", "driving_licence", "=", cells.yes_no, "Führerschein: {}", FLAG, "nein"
    ),
    Term(
        "health_limitation",
        "Nur mit gesundheitlicher Einschränkung",
        "health_limitation",
        "=",
        cells.yes_no,
        "gesundheitliche Einschränkung: {}",
        FLAG,
        "ja",
    ),
)
"""Largest ages are inclusive: "bis 30" is `age < 31`, so that it also holds on the day before the next birthday."""

PROGRAMMES = Template(
    "programmes",
    "One row per programme of the office. Every filled term column is a condition, all of them must hold; an empty one "
    "is no condition. `nein` in a term column admits only persons for whom it does not hold.",
    (
        Column(
            field="id",
            title="Maßnahmenummer",
            convert=identifier,
            required=True,
            example="jc-001",
            help="Unique id",
            aliases=("Maßnahme-Nr", "Nummer"),
        ),
        Column(
            field="title",
            title="Bezeichnung",
            convert=cells.text,
            required=True,
            example="Startklar",
            help="Name of the programme",
            aliases=("Titel", "Maßnahme"),
        ),
        Column(
            field="subkind",
            title="Art",
            convert=cells.text,
            required=True,
            example="Aktivierung nach § 45 SGB III",
            help="What kind of measure, in the office's words",
        ),
        Column(
            field="kind",
            title="Grundform",
            convert=cells.choice(typing.get_args(ProgrammeKind), _KINDS),
            help=f"{listed(ProgrammeKind)}; default measure",
            example="Maßnahme",
        ),
        Column(field="target_group", title="Zielgruppe", convert=cells.text, help="Text"),
        Column(field="provider", title="Träger", convert=cells.text, help="Organisation", example="Muster gGmbH"),
        Column(field="region", title="Region", convert=cells.text, help="Text", example="Mittelsachsen"),
        Column(field="goals", title="Ziele", convert=texts, help="Several separated by `|`"),
        Column(
            field="addresses",
            title="Ansatzpunkte",
            convert=cells.many(cells.choice(typing.get_args(Need))),
            help=f"Several separated by `;`: {listed(Need)}",
            example="activation; application",
        ),
        Column(field="modules", title="Module", convert=texts, help="Several separated by `|`"),
        Column(
            field="berufsfelder",
            title="Berufsfelder",
            convert=texts,
            help="Ids of berufsfelder.toml",
            example="lager_logistik",
        ),
        Column(field="voluntary", title="Freiwillig", convert=cells.yes_no, help=FLAG, example="ja"),
        *access_columns(),
        Column(
            field="duration.min_months", title="Dauer mindestens (Monate)", convert=_MONTHS, help="Months", example="3"
        ),
        Column(field="duration.typical_months", title="Dauer (Monate)", convert=_MONTHS, help="Months", example="6"),
        Column(
            field="duration.max_months", title="Dauer höchstens (Monate)", convert=_MONTHS, help="Months", example="12"
        ),
        Column(field="hours.per_week_min", title="Wochenstunden mindestens", convert=HOURS, help="Hours", example="15"),
        Column(field="hours.per_week_max", title="Wochenstunden höchstens", convert=HOURS, help="Hours", example="39"),
        Column(field="hours.part_time", title="Teilzeit möglich", convert=cells.yes_no, help=FLAG, example="ja"),
        Column(field="childcare", title="Kinderbetreuung", convert=cells.text, help="What is offered"),
        Column(field="mobility_support", title="Mobilitätshilfe", convert=cells.text, help="What is offered"),
        Column(field="outreach", title="Aufsuchend", convert=cells.yes_no, help=FLAG, example="nein"),
        Column(field="practical_phase", title="Praxisphase", convert=cells.text, help="Text"),
        Column(field="aftercare", title="Nachbetreuung", convert=cells.text, help="Text"),
        Column(field="places", title="Plätze", convert=cells.between(0, 100_000), help="Places", example="15"),
        Column(
            field="cost.per_participant_month_eur",
            title="Kosten je Platz und Monat (EUR)",
            convert=_EUROS,
            help="EUR",
            example="480",
        ),
        Column(field="cost.total_eur", title="Gesamtkosten (EUR)", convert=_EUROS, help="EUR", example="86.400"),
        Column(
            field="legal_basis",
            title="Rechtsgrundlage",
            convert=texts,
            help="Several separated by `|`",
            example="§ 16 SGB II | § 45 SGB III",
        ),
        Column(field="valid_from", title="Gültig ab", convert=cells.date, help="Date", example="01.01.2022"),
        Column(field="valid_to", title="Gültig bis", convert=cells.date, help="Date", example="31.12.2022"),
        Column(field="notes", title="Bemerkung", convert=cells.text, help="Text"),
        *(
            Column(
                field=f"terms.{term.column}",
                title=term.title,
                convert=term.convert,
                aliases=(term.column,),
                help=f"Term: {term.help}",
                example=term.example,
            )
            for term in TERMS
        ),
    ),
)


def read_programmes(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    table: Table | None = None,
    taken: Collection[str] = (),
) -> list[Programme]:
    """Read the office's programmes, ordered by id; terms name file and row as their source.

    `taken` are ids of the catalogue, which an own programme must not take.
    """
    problems = Problems(path.name)
    records = read_records(path, PROGRAMMES, problems, mapping=mapping, limits=limits, table=table)
    return build(records, lambda record: _programme(record, path.name, taken, problems), problems, "Maßnahmenummer")


def _programme(record: Record, file: str, taken: Collection[str], problems: Problems) -> Programme:
    source = f"{file}, Zeile {record.row}"
    if record.values["id"] in taken:
        problems.add(
            "Maßnahmenummer",
            "is the id of a programme of the catalogue.",
            "Give your programme an id of its own, such as jc-001.",
            record.values["id"],
        )
    leaves = [
        _leaf(term, record.values[key], source) for term in TERMS if (key := f"terms.{term.column}") in record.values
    ]
    values = {"kind": "measure", **{str(key): value for key, value in record.values.items()}}
    values |= {
        "terms": Tree(op="all", children=tuple(leaves)) if leaves else None,
        "terms_documented": bool(leaves),
        "sources": (Source(document=file, section=f"Zeile {record.row}"),),
    }
    low, high = values.get("terms.age_min"), values.get("terms.age_max")
    if isinstance(low, int | float) and isinstance(high, int | float) and low >= high:
        problems.add("Alter ab", "exceeds Alter bis.", "Correct one of them.", f"{low:g}")
    kept = {key: value for key, value in values.items() if not key.startswith("terms.")}
    return nested(Programme, kept, access=Access, duration=Duration, hours=Hours, cost=Cost)  # type: ignore[arg-type]


def _leaf(term: Term, value: object, source: str) -> Leaf:
    shown = value - 1 if term.column == "age_max" and isinstance(value, int | float) else value
    plain_value = typing.cast(Scalar | tuple[Scalar, ...], value)
    return Leaf(field=term.field, op=term.op, value=plain_value, text=term.text.format(plain(shown)), source=source)
