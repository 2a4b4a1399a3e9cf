"""The way in of a caseload: who is looked after where and by whom, household, next appointment, deadline."""

from pathlib import Path

from matcher.daily.values import Care
from matcher.read import cells
from matcher.read.columns import Column, Template, identifier
from matcher.read.problems import Problems
from matcher.read.records import nested
from matcher.read.rows import read_records

CASELOAD = Template(
    "caseload",
    "One row per participant: office, case worker, household that shares childcare, next appointment, deadline.",
    (
        Column(
            field="participant",
            title="Kundennummer",
            convert=identifier,
            required=True,
            help="Customer number or internal id",
            aliases=("Teilnehmende", "id"),
            personal=True,
        ),
        Column(field="office", title="Dienststelle", convert=cells.text, help="Office", aliases=("Standort",)),
        Column(
            field="case_worker",
            title="Integrationsfachkraft",
            convert=cells.text,
            help="Sign of the case worker",
            aliases=("Zuständig",),
        ),
        Column(
            field="household",
            title="Bedarfsgemeinschaft",
            convert=identifier,
            help="Number of the household that shares childcare",
            aliases=("BG-Nummer",),
            personal=True,
        ),
        Column(field="appointment_on", title="Nächster Termin", convert=cells.date, help="Next appointment"),
        Column(field="due_on", title="Frist", convert=cells.date, help="Deadline of the case worker's own"),
    ),
)


def read_caseload(path: Path) -> list[Care]:
    """Read the list, ordered by participant; raises InputProblems with everything wrong."""
    problems = Problems(path.name)
    records = read_records(path, CASELOAD, problems)
    problems.done()
    found: dict[str, Care] = {}
    for record in records:
        problems.row = record.row
        care = nested(Care, record.values)
        if care.participant in found:
            problems.add("Kundennummer", "occurs twice.", "Give every participant one row.")
        found[care.participant] = care
    problems.done()
    return [found[key] for key in sorted(found)]
