"""The office's lists of dated offers: template and reader, and the columns offers share with programmes."""

import typing
from collections.abc import Collection
from pathlib import Path

from matcher.programme import Access, Offer
from matcher.read import cells
from matcher.read.columns import Column, ColumnMapping, Record, Template, identifier
from matcher.read.problems import Problems, meant
from matcher.read.records import build, nested
from matcher.read.rows import read_records
from matcher.read.safe import Limits
from matcher.read.table import Table
from matcher.read.vacancies import count, texts
from matcher.vocabulary import (
    AccessRoute,
    Budget,
    DecidedBy,
    Discretion,
    GermanLevel,
)

_ROUTES = {
    "Zuweisung": "assignment",
    "Gutschein AVGS": "avgs",
    "Antrag des Arbeitgebers": "employer_application",
    "Beratung": "counselling",
    "selbst": "self",
}
HOURS = cells.between(0, 80)
LEVEL = cells.choice(typing.get_args(GermanLevel), {"Muttersprache": "native"})
FLAG = "`ja` or `nein`"


def listed(literal: object) -> str:
    """The choices of a vocabulary for the documentation."""
    return " · ".join(typing.get_args(literal))


def access_columns() -> tuple[Column, ...]:
    """How one gets in: the same columns for programmes and offers."""
    return (
        Column(
            field="access.route",
            title="Zugang",
            convert=cells.choice(typing.get_args(AccessRoute), _ROUTES),
            help=listed(AccessRoute),
            example="Zuweisung",
        ),
        Column(
            field="access.decided_by",
            title="Entscheidung durch",
            help=listed(DecidedBy),
            example="jobcenter",
            convert=cells.choice(typing.get_args(DecidedBy)),
        ),
        Column(
            field="access.discretion",
            title="Ermessen",
            convert=cells.choice(typing.get_args(Discretion)),
            help=listed(Discretion),
            example="kann",
        ),
        Column(
            field="access.documents",
            title="Unterlagen",
            convert=texts,
            help="Several separated by `|`",
            example="Lebenslauf | Zeugnisse",
        ),
        Column(field="access.lead_time_days", title="Vorlauf (Tage)", convert=count, help="Days", example="14"),
        Column(field="access.note", title="Hinweis zum Zugang", convert=cells.text, help="Text"),
    )


OFFERS = Template(
    "offers",
    "One row per dated offer of a programme. Free places count what can be filled today.",
    (
        Column(
            field="id", title="Angebotsnummer", convert=identifier, required=True, example="of-001", help="Unique id"
        ),
        Column(
            field="programme_id",
            title="Maßnahmenummer",
            convert=identifier,
            required=True,
            example="p001_29",
            help="Id of the programme, from the catalogue or the office's list",
        ),
        Column(
            field="title",
            title="Bezeichnung",
            convert=cells.text,
            required=True,
            example="Startklar Mai 2022",
            help="Name of the offer",
            aliases=("Titel",),
        ),
        Column(field="provider", title="Träger", convert=cells.text, help="Organisation", example="Muster gGmbH"),
        Column(
            field="postal_code",
            title="PLZ",
            convert=cells.german_postal_code,
            help="Postal code",
            example="09599",
            aliases=("Postleitzahl",),
        ),
        Column(field="place", title="Ort", convert=cells.text, help="Place", example="Freiberg"),
        Column(field="lat", title="Breitengrad", convert=cells.latitude, help="Degrees, WGS 84", example="50,91"),
        Column(field="lon", title="Längengrad", convert=cells.longitude, help="Degrees, WGS 84", example="13,34"),
        Column(field="starts_on", title="Beginn", convert=cells.date, help="Date", example="16.05.2022"),
        Column(field="ends_on", title="Ende", convert=cells.date, help="Date", example="15.11.2022"),
        Column(
            field="apply_until",
            title="Anmeldung bis",
            convert=cells.date,
            help="Date",
            example="09.05.2022",
            aliases=("Anmeldeschluss",),
        ),
        Column(field="flexible_start", title="Einstieg jederzeit", convert=cells.yes_no, help=FLAG, example="ja"),
        Column(field="places", title="Plätze", convert=count, help="Places in all", example="15"),
        Column(field="free_places", title="Freie Plätze", convert=count, help="Places free today", example="4"),
        Column(field="waiting", title="Warteliste", convert=count, help="Persons waiting", example="0"),
        Column(field="hours_per_week", title="Wochenstunden", convert=HOURS, help="Hours", example="30"),
        Column(
            field="windows",
            title="Zeiten",
            convert=cells.windows,
            help="Several separated by `|`",
            example="08:00-14:00 Mo-Fr",
        ),
        Column(field="part_time", title="Teilzeit möglich", convert=cells.yes_no, help=FLAG, example="ja"),
        Column(field="childcare", title="Kinderbetreuung", convert=cells.yes_no, help=FLAG, example="nein"),
        Column(field="shuttle", title="Fahrdienst", convert=cells.yes_no, help=FLAG, example="nein"),
        Column(field="remote", title="Online", convert=cells.yes_no, help=FLAG, example="nein"),
        Column(field="german_level_min", title="Deutsch ab", convert=LEVEL, help=listed(GermanLevel), example="B1"),
        *access_columns(),
        Column(
            field="budget",
            title="Budget",
            convert=cells.choice(typing.get_args(Budget)),
            help=listed(Budget),
            example="frei",
        ),
        Column(field="budget_as_of", title="Budget Stand", convert=cells.date, help="Date", example="02.05.2022"),
        Column(field="valid_from", title="Gültig ab", convert=cells.date, help="Date", example="01.01.2022"),
        Column(field="valid_to", title="Gültig bis", convert=cells.date, help="Date", example="31.12.2022"),
        Column(field="note", title="Bemerkung", convert=cells.text, help="Text"),
    ),
)


def read_offers(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    table: Table | None = None,
    known: Collection[str] | None = None,
) -> list[Offer]:
    """Read dated offers, ordered by id; raises InputProblems with everything wrong.

    `known` are the ids of the programmes there are; without it the programmes are not checked.
    """
    problems = Problems(path.name)
    records = read_records(path, OFFERS, problems, mapping=mapping, limits=limits, table=table)
    return build(records, lambda record: _offer(record, known, problems), problems, "Angebotsnummer")


def _offer(record: Record, known: Collection[str] | None, problems: Problems) -> Offer:
    offer = nested(Offer, record.values, access=Access)
    if known is not None and offer.programme_id not in known:
        problems.add(
            "Maßnahmenummer",
            "is no programme of the catalogue or of your own list.",
            f"{meant(offer.programme_id, sorted(known))} Own programmes come first: matcher import programmes.".strip(),
            offer.programme_id,
        )
    if offer.starts_on and offer.ends_on and offer.ends_on < offer.starts_on:
        problems.add("Ende", "lies before Beginn.", "Correct one of the dates.", offer.ends_on)
    if offer.places is not None and offer.free_places is not None and offer.free_places > offer.places:
        problems.add("Freie Plätze", "exceed Plätze.", "Correct one of them.", offer.free_places)
    return offer
