"""Invented employers; every name ends with "(Demo)" and belongs to nobody."""

import datetime as dt

from matcher.vacancy import Employer
from training.demo_office.dice import Dice
from training.demo_office.places import TOWNS

AGENCY = "Zeitarbeit"
PER_BRANCH: dict[str, int] = {
    AGENCY: 8,
    "Logistik": 8,
    "Transport": 7,
    "Metall": 10,
    "Elektronik": 6,
    "Lebensmittel": 5,
    "Kunststoff": 3,
    "Papier": 3,
    "Textil": 3,
    "Holz": 4,
    "Bau": 9,
    "Kfz": 3,
    "Garten": 4,
    "Landwirtschaft": 3,
    "Gebäude": 8,
    "Sicherheit": 3,
    "Handel": 11,
    "Bäckerei": 5,
    "Friseur": 3,
    "Pflege": 11,
    "Bildung": 6,
    "Praxis": 4,
    "Gastgewerbe": 9,
    "Büro": 6,
    "Service": 4,
    "IT": 3,
}
NOUNS: dict[str, tuple[str, ...]] = {
    AGENCY: ("Personaldienst", "Zeitarbeit"),
    "Logistik": ("Lager & Versand", "Logistik"),
    "Transport": ("Transporte", "Kurierdienst"),
    "Metall": ("Metallwerk", "Maschinenbau", "Zerspanung"),
    "Elektronik": ("Elektronik", "Baugruppen"),
    "Lebensmittel": ("Feinkost", "Fleischwaren"),
    "Kunststoff": ("Kunststofftechnik",),
    "Papier": ("Kartonagen", "Verpackungen"),
    "Textil": ("Textilpflege", "Näherei"),
    "Holz": ("Holzbau", "Sägewerk", "Fensterbau"),
    "Bau": ("Bau", "Haustechnik", "Ausbau"),
    "Kfz": ("Autowerkstatt",),
    "Garten": ("Gartenbau", "Grünpflege"),
    "Landwirtschaft": ("Agrarbetrieb", "Milchhof"),
    "Gebäude": ("Gebäudeservice", "Reinigung"),
    "Sicherheit": ("Wachdienst",),
    "Handel": ("Markt", "Kaufhaus", "Drogerie"),
    "Bäckerei": ("Backstube", "Bäckerei"),
    "Friseur": ("Haarstudio",),
    "Pflege": ("Pflegedienst", "Seniorenhaus"),
    "Bildung": ("Kinder- und Jugendhilfe", "Kita"),
    "Praxis": ("Praxis", "Therapiezentrum"),
    "Gastgewerbe": ("Gasthof", "Hotel", "Kantine"),
    "Büro": ("Verwaltungsservice", "Treuhandbüro"),
    "Service": ("Kundenservice",),
    "IT": ("Systemhaus",),
}
STEMS = (
    "Kranich",
    "Silberdistel",
    "Bergahorn",
    "Eisvogel",
    "Wiesenknopf",
    "Feldlerche",
    "Haselmaus",
    "Mondstein",
    "Quellmoos",
    "Rotmilan",
    "Steinkauz",
    "Tannenhäher",
    "Uferschwalbe",
    "Vogelbeere",
    "Waldkauz",
    "Zaunkönig",
    "Ackerwinde",
    "Birkhahn",
    "Dachsbau",
    "Erlenzeisig",
    "Fuchsien",
    "Goldammer",
    "Heidekraut",
    "Igelkolben",
    "Jakobslilien",
    "Kornrade",
    "Lindenblatt",
    "Mauersegler",
    "Nachtkerze",
    "Otterbach",
)
FORMS = ("GmbH", "GmbH & Co. KG", "e. K.", "UG", "GbR")
SIZES = {"1-9": 5.0, "10-49": 3.0, "50-249": 1.5, "250 und mehr": 0.4}
PAUSED_UNTIL = dt.date(2022, 6, 1)
PAUSED_EVERY = 40


def invent_employers(seed: str) -> list[tuple[Employer, str]]:
    """All employers with the branch that they belong to, in id order."""
    branches = [branch for branch, count in PER_BRANCH.items() for _ in range(count)]
    return [(_employer(seed, number, branch), branch) for number, branch in enumerate(branches, 1)]


def _employer(seed: str, number: int, branch: str) -> Employer:
    dice = Dice(seed, "employer", str(number))
    where = dice.weighted({one: one.weight for one in TOWNS})
    sent = dice.weighted({0: 4.0, 2: 2.0, 5: 2.0, 9: 1.0, 16: 0.6})
    noun = NOUNS[branch][number % len(NOUNS[branch])]
    return Employer(
        id=f"E{number:04d}",
        name=f"{STEMS[(number * 7) % len(STEMS)]} {noun} {where.place.split('/')[0]} {dice.pick(FORMS)} (Demo)",
        postal_code=where.postal_code,
        place=where.place,
        branch=branch,
        size=dice.weighted(SIZES),
        proposals_sent=sent or None,
        replies=dice.whole(0, sent) if sent else None,
        paused_until=PAUSED_UNTIL if number % PAUSED_EVERY == 0 else None,
    )
