"""The office's own lists of vacancies and employers: templates and readers."""

import typing
from pathlib import Path

from matcher.read import cells
from matcher.read.columns import Column, ColumnMapping, Template, identifier
from matcher.read.problems import Problems
from matcher.read.records import build, nested
from matcher.read.rows import read_records
from matcher.read.safe import Limits
from matcher.read.table import Table
from matcher.vacancy import Employer, Vacancy
from matcher.vocabulary import DrivingLicence, GermanLevel, SchoolLeaving

_LEVELS = {"Muttersprache": "native"}
_SCHOOL = {"ohne": "none", "Hauptschulabschluss": "HSA", "Realschulabschluss": "Realschule"}


def count(cell: str) -> int:
    """A whole number from 0."""
    return int(cells.between(0, 1_000_000, cells.whole)(cell))


def kldb(cell: str) -> str:
    """A KldB 2010 code of five digits; the leading zero of military codes is put back."""
    bare = cell.replace(" ", "").removeprefix("B")
    if not bare.isdigit() or len(bare) not in (4, 5):
        raise ValueError("a KldB 2010 code of five digits such as 51311")
    return bare.zfill(5)


def texts(cell: str) -> tuple[str, ...]:
    """Several texts in one cell."""
    return tuple(cells.items(cell))


_FLAG = "`ja` or `nein`"
VACANCIES = Template(
    "vacancies",
    "One row per vacancy. An empty cell means: not stated. Lists of the BA Jobsuche (flattened v4 CSV) are recognised "
    "by their own column titles and need no template.",
    (
        Column(
            field="id",
            title="Referenznummer",
            convert=identifier,
            required=True,
            example="10000-0000000001-S",
            help="Unique id",
            aliases=("refnr", "Stellennummer"),
        ),
        Column(
            field="title",
            title="Stellentitel",
            convert=cells.text,
            required=True,
            example="Lagerhelfer (m/w/d)",
            help="Title as advertised",
            aliases=("Titel", "Stelle"),
        ),
        Column(
            field="occupation_label",
            title="Beruf",
            convert=cells.text,
            example="Helfer/in - Lagerwirtschaft",
            help="Occupation as named by the BA",
        ),
        Column(
            field="occupation_code",
            title="KldB",
            convert=kldb,
            example="51311",
            help="KldB 2010, five digits",
            aliases=("Berufskennziffer", "KldB 2010"),
        ),
        Column(
            field="employer_id",
            title="Arbeitgebernummer",
            convert=identifier,
            example="ag-001",
            help="Id in the employer list",
        ),
        Column(field="employer_name", title="Arbeitgeber", convert=cells.text, example="Muster GmbH", help="Name"),
        Column(
            field="kind",
            title="Art der Stelle",
            convert=cells.text,
            example="Arbeit",
            help="Arbeit, Ausbildung, Praktikum, Selbständigkeit",
        ),
        Column(
            field="postal_code",
            title="PLZ",
            convert=cells.postal_code,
            example="09599",
            help="Postal code of the workplace",
            aliases=("Postleitzahl",),
        ),
        Column(
            field="place",
            title="Ort",
            convert=cells.text,
            example="Freiberg",
            help="Place of work",
            aliases=("Arbeitsort",),
        ),
        Column(field="country", title="Land", convert=cells.text, example="Deutschland", help="Country"),
        Column(
            field="lat",
            title="Breitengrad",
            convert=cells.latitude,
            example="50,91",
            help="Degrees, WGS 84",
            aliases=("Breite", "latitude"),
        ),
        Column(
            field="lon",
            title="Längengrad",
            convert=cells.longitude,
            example="13,34",
            help="Degrees, WGS 84",
            aliases=("Länge", "lng", "longitude"),
        ),
        Column(field="published_on", title="Veröffentlicht am", convert=cells.date, example="02.05.2022", help="Date"),
        Column(
            field="starts_on",
            title="Beginn",
            convert=cells.date,
            example="01.06.2022",
            help="Date of entry",
            aliases=("Eintrittsdatum",),
        ),
        Column(
            field="open_until",
            title="Offen bis",
            convert=cells.date,
            example="30.06.2022",
            help="Last day on which it is open",
        ),
        Column(
            field="positions",
            title="Plätze",
            convert=count,
            example="2",
            help="Number of positions",
            aliases=("Anzahl Stellen",),
        ),
        Column(field="full_time", title="Vollzeit", convert=cells.yes_no, example="ja", help=_FLAG),
        Column(field="part_time", title="Teilzeit", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(field="minijob", title="Minijob", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(
            field="hours_min",
            title="Stunden mindestens",
            convert=cells.between(0, 80),
            example="20",
            help="Hours per week",
        ),
        Column(
            field="hours_max",
            title="Stunden höchstens",
            convert=cells.between(0, 80),
            example="40",
            help="Hours per week",
        ),
        Column(
            field="windows",
            title="Arbeitszeiten",
            convert=cells.windows,
            example="06:00-14:30 Mo-Fr",
            help="Working times, several separated by `|`",
        ),
        Column(field="shift_work", title="Schichtarbeit", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(field="night_work", title="Nachtarbeit", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(field="weekend_work", title="Wochenendarbeit", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(field="permanent", title="Unbefristet", convert=cells.yes_no, example="ja", help=_FLAG),
        Column(field="temp_agency", title="Zeitarbeit", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(field="home_office", title="Homeoffice", convert=cells.yes_no, example="nein", help=_FLAG),
        Column(
            field="career_changers_welcome",
            title="Quereinstieg möglich",
            convert=cells.yes_no,
            example="ja",
            help=_FLAG,
        ),
        Column(
            field="german_level",
            title="Deutschniveau",
            example="B1",
            help="A0 to C2, native",
            convert=cells.choice(typing.get_args(GermanLevel), _LEVELS),
        ),
        Column(
            field="driving_licences",
            title="Führerscheinklassen",
            example="B",
            convert=cells.many(cells.choice(typing.get_args(DrivingLicence))),
            help="Several separated by `;`; `keine`: none needed",
        ),
        Column(
            field="certificates",
            title="Nachweise",
            convert=texts,
            example="forklift_licence",
            help="Certificates required, separated by `;`",
        ),
        Column(
            field="school_leaving_level",
            title="Schulabschluss",
            example="HSA",
            help="Least level required",
            convert=cells.choice(typing.get_args(SchoolLeaving), _SCHOOL),
        ),
        Column(
            field="demands",
            title="Anforderungen",
            convert=texts,
            example="Heben und Tragen",
            help="What the work demands, separated by `|`",
        ),
        Column(
            field="wage_eur_per_hour",
            title="Stundenlohn (EUR)",
            convert=cells.between(0, 500),
            example="13,50",
            help="EUR per hour, gross",
        ),
        Column(field="description", title="Beschreibung", convert=cells.text, help="Text of the advertisement"),
        Column(field="url", title="Internetadresse", convert=cells.text, help="Address", aliases=("url", "Link")),
    ),
)

EMPLOYERS = Template(
    "employers",
    "One row per employer. No contact persons: names of persons do not belong in this list.",
    (
        Column(
            field="id",
            title="Arbeitgebernummer",
            convert=identifier,
            required=True,
            example="ag-001",
            help="Unique id",
            aliases=("Betriebsnummer",),
        ),
        Column(
            field="name",
            title="Name",
            convert=cells.text,
            required=True,
            example="Muster GmbH",
            help="Name",
            aliases=("Arbeitgeber", "Firma"),
        ),
        Column(
            field="postal_code",
            title="PLZ",
            convert=cells.postal_code,
            example="09599",
            help="Postal code",
            aliases=("Postleitzahl",),
        ),
        Column(field="place", title="Ort", convert=cells.text, example="Freiberg", help="Place"),
        Column(field="branch", title="Branche", convert=cells.text, example="Logistik", help="Branch of industry"),
        Column(
            field="size",
            title="Betriebsgröße",
            convert=cells.text,
            example="10-49",
            help="Size class: 1-9, 10-49, 50-249, 250 and more",
            aliases=("Größe",),
        ),
        Column(
            field="proposals_sent",
            title="Vorschläge gesendet",
            convert=count,
            example="12",
            help="Proposals sent so far",
        ),
        Column(field="replies", title="Rückmeldungen", convert=count, example="9", help="Replies received so far"),
        Column(
            field="paused_until",
            title="Pause bis",
            convert=cells.date,
            example="31.12.2022",
            help="No proposals until this day",
        ),
    ),
)


def read_vacancies(
    path: Path, *, mapping: ColumnMapping | None = None, limits: Limits | None = None, table: Table | None = None
) -> list[Vacancy]:
    """Read a list of vacancies under the own template, ordered by id; raises InputProblems with everything wrong."""
    problems = Problems(path.name)
    records = read_records(path, VACANCIES, problems, mapping=mapping, limits=limits, table=table)
    vacancies = build(records, lambda record: nested(Vacancy, record.values), problems, "Referenznummer")
    for vacancy in vacancies:
        if (vacancy.hours_min or 0) > (vacancy.hours_max if vacancy.hours_max is not None else 80):
            problems.add("Stunden mindestens", f"exceed the most hours of {vacancy.id}.", "Correct one of them.")
    problems.done()
    return vacancies


def read_employers(
    path: Path, *, mapping: ColumnMapping | None = None, limits: Limits | None = None, table: Table | None = None
) -> list[Employer]:
    """Read a list of employers, ordered by id; raises InputProblems with everything wrong."""
    problems = Problems(path.name)
    records = read_records(path, EMPLOYERS, problems, mapping=mapping, limits=limits, table=table)
    return build(records, lambda record: nested(Employer, record.values), problems, "Arbeitgebernummer")
