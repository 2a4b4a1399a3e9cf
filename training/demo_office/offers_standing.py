"""Standing possibilities of the demo office: instruments without dates and places, with their budget."""

from dataclasses import replace

from matcher.programme import Access, Offer
from training.demo_office.offer_build import ADVICE, EMPLOYER, standing

VOUCHER_ROUTE = Access(
    route="avgs",
    decided_by="jobcenter",
    discretion="kann",
    lead_time_days=5,
    documents=("Antrag vor dem Beginn",),
)

OFFERS: tuple[Offer, ...] = (
    standing(
        "p001_n27",
        "Maßnahme beim Arbeitgeber",
        replace(ADVICE, lead_time_days=5, documents=("Vereinbarung mit dem Betrieb",)),
    ),
    standing("p001_n28", "Eingliederungszuschuss", EMPLOYER, budget="knapp"),
    standing("p002_16i", "Teilhabe am Arbeitsmarkt (§ 16i SGB II)", EMPLOYER, budget="knapp"),
    standing("p001_n24", "Eingliederung von Langzeitarbeitslosen (§ 16e SGB II)", EMPLOYER),
    standing("p001_n21", "Einstiegsgeld (§ 16b SGB II)", ADVICE),
    standing("p001_n22", "Leistungen für Selbständige (§ 16c SGB II)", ADVICE, budget="knapp"),
    standing("p002_vb", "Vermittlungsbudget", replace(ADVICE, lead_time_days=3)),
    standing("p002_avgs", "Aktivierungs- und Vermittlungsgutschein", VOUCHER_ROUTE),
    standing("p001_n25", "Freie Förderung (§ 16f SGB II)", ADVICE, budget="gesperrt"),
    standing("p001_n20", "Kommunale Eingliederungsleistungen (§ 16a SGB II)", replace(ADVICE, documents=())),
    standing("p002_but", "Bildungs- und Teilhabepaket", replace(ADVICE, discretion=None)),
)
