"""What an invented job of one occupation looks like: titles, hours, shifts, wages, demands.

Occupation labels follow the wording of BA advertisements; titles, wages and shares are inventions.
"""

from dataclasses import dataclass

from training.demo_office import jobs_care, jobs_goods, jobs_office, jobs_trade
from training.demo_office.job import Job

JOBS: tuple[Job, ...] = (*jobs_goods.JOBS, *jobs_trade.JOBS, *jobs_care.JOBS, *jobs_office.JOBS)


@dataclass(frozen=True, slots=True)
class Apprenticeship:
    """An invented training place; the year's training starts in August or September."""

    label: str
    titles: tuple[str, ...]
    branch: str
    school: str


APPRENTICESHIPS: tuple[Apprenticeship, ...] = (
    Apprenticeship("Verkäufer/in", ("Ausbildung Verkäufer (m/w/d) 2022", "Azubi Verkauf (m/w/d)"), "Handel", "HSA"),
    Apprenticeship("Fachlagerist/in", ("Ausbildung Fachlagerist (m/w/d) ab 01.08.2022",), "Logistik", "HSA"),
    Apprenticeship("Koch/Köchin", ("Ausbildung zum Koch (m/w/d)",), "Gastgewerbe", "HSA"),
    Apprenticeship(
        "Maler/in und Lackierer/in - Gestaltung und Instandhaltung",
        ("Auszubildende Maler/in und Lackierer/in (m/w/d) 2022",),
        "Bau",
        "HSA",
    ),
    Apprenticeship(
        "Anlagenmechaniker/in - Sanitär-, Heizungs- und Klimatechnik",
        ("Ausbildung Anlagenmechaniker SHK (m/w/d)",),
        "Bau",
        "Realschule",
    ),
    Apprenticeship(
        "Zerspanungsmechaniker/in",
        ("Ausbildung Zerspanungsmechaniker (m/w/d) Start August 2022",),
        "Metall",
        "Realschule",
    ),
    Apprenticeship("Mechatroniker/in", ("Ausbildung Mechatroniker/in 2022 (m/w/d)",), "Metall", "Realschule"),
    Apprenticeship(
        "Pflegefachmann/-frau (Ausbildung)",
        ("Ausbildung Pflegefachmann/-frau (m/w/d) ab 01.09.2022", "Azubi Pflege (m/w/d)"),
        "Pflege",
        "Realschule",
    ),
    Apprenticeship(
        "Kaufmann/-frau - Büromanagement", ("Ausbildung Kauffrau/-mann Büromanagement (m/w/d)",), "Büro", "Realschule"
    ),
    Apprenticeship("Friseur/in", ("Azubi Friseur/in (m/w/d) gesucht",), "Friseur", "HSA"),
)
