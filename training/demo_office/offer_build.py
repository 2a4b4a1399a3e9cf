"""Short forms for writing down invented offers: who grants them, how one gets in, when they run."""

import datetime as dt
from dataclasses import dataclass, replace

from matcher.participant import Window
from matcher.programme import Access, Offer
from training.demo_office.places import town
from training.demo_office.shifts import window

OFFICE = "Jobcenter (Demo)"
BUDGET_AS_OF = dt.date(2022, 4, 29)
SYNTHETIC = "Synthetisches Angebot des Demo-Amts."

ASSIGNED = Access(
    route="assignment",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=10,
    documents=("Eingliederungsvereinbarung", "Zuweisungsschreiben"),
)
JPS = Access(
    route="assignment",
    decided_by="regionalbuero",
    lead_time_days=21,
    documents=("Einverständnis zur freiwilligen Teilnahme", "Stellungnahme des Regionalbüros"),
    note="Agentur für Arbeit oder Jobcenter stimmt zu",
)
JPS_START = Access(
    route="assignment",
    decided_by="jobcenter",
    lead_time_days=14,
    documents=("Einverständnis zur freiwilligen Teilnahme",),
)
VOUCHER = Access(
    route="bildungsgutschein",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=28,
    documents=("Bildungsgutschein", "Beratungsvermerk zur Weiterbildung"),
    note="freie Wahl des Trägers",
)
AVGS = Access(
    route="avgs",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=7,
    documents=("Aktivierungs- und Vermittlungsgutschein",),
    note="freie Wahl des Trägers",
)
BAMF = Access(
    route="bamf",
    decided_by="bamf",
    lead_time_days=28,
    documents=("Berechtigung oder Verpflichtung", "Einstufungstest"),
)
JOB_COURSE = Access(
    route="assignment",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=21,
    documents=("Berechtigung zum Berufssprachkurs", "Zertifikat der Vorstufe"),
)
EMPLOYER = Access(
    route="employer_application",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=14,
    documents=("Antrag des Arbeitgebers vor der Einstellung",),
)
ADVICE = Access(route="counselling", decided_by="jobcenter", discretion="kann", lead_time_days=7, documents=("Antrag",))
AGENCY = Access(
    route="counselling",
    decided_by="agentur",
    lead_time_days=21,
    documents=("Gespräch in der Berufsberatung",),
)


@dataclass(frozen=True, slots=True)
class Run:
    """When and for whom an offer runs: first day, last day, places, free ones, people waiting, daily times."""

    start: str
    end: str | None = None
    places: int = 15
    free: int = 4
    waiting: int = 0
    span: tuple[str, str] = ("08:00", "16:00")
    hours: float | None = None
    part_time: bool = False


def dated(programme: str, title: str, provider: str, place: str, access: Access, run: Run, **more: object) -> Offer:
    """An offer with a start date; people can apply until two weeks before unless `more` says otherwise."""
    start = dt.date.fromisoformat(run.start)
    where = town(place)
    windows: tuple[Window, ...] = (window(run.span, ("mon", "tue", "wed", "thu", "fri")),)
    offer = Offer(
        id="",
        programme_id=programme,
        title=title,
        provider=f"{provider} (Demo)",
        postal_code=where.postal_code,
        place=place,
        lat=where.lat,
        lon=where.lon,
        starts_on=start,
        ends_on=dt.date.fromisoformat(run.end) if run.end else None,
        flexible_start=False,
        places=run.places,
        free_places=run.free,
        waiting=run.waiting,
        hours_per_week=run.hours,
        windows=windows,
        part_time=run.part_time,
        access=access,
        budget="frei",
        budget_as_of=BUDGET_AS_OF,
        note=SYNTHETIC,
    )
    return replace(offer, **more)  # type: ignore[arg-type]


def standing(programme: str, title: str, access: Access, **more: object) -> Offer:
    """A standing possibility of the office without dates and places."""
    offer = Offer(
        id="",
        programme_id=programme,
        title=title,
        provider=OFFICE,
        flexible_start=True,
        access=access,
        budget="frei",
        budget_as_of=BUDGET_AS_OF,
        note=SYNTHETIC,
    )
    return replace(offer, **more)  # type: ignore[arg-type]
