"""What people of one line of work write about themselves: with abbreviations, slang and slips of the pen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """`practised` and `wanted` are as people write them; `title` is the qualification that belongs to it."""

    practised: tuple[str, ...]
    wanted: tuple[str, ...]
    title: str | None = None
    certificates: tuple[str, ...] = ()
    weight: float = 1.0


SKILLED: tuple[Trade, ...] = (
    Trade(
        ("Verkäuferin", "Verkaüferin", "Verk. Textil", "Verkäufer Elektro"),
        ("Verkäuferin TZ", "Verkauf", "Kassiererin", "Verkäufer/in"),
        "Verkäufer/in",
        weight=3,
    ),
    Trade(
        ("Lagerist", "Fachlagerist", "Lager/Versand", "Komissionierer"),
        ("Lager", "Lagerist", "Staplerfahrer"),
        "Fachlagerist/in",
        ("forklift_licence",),
        weight=2,
    ),
    Trade(
        ("Fachkraft f. Lagerlogistik", "Lagerlogistiker"),
        ("Fachkraft Lagerlogistik", "Lagerlogisitk"),
        "Fachkraft für Lagerlogistik",
        ("forklift_licence",),
    ),
    Trade(("Koch", "Beikoch", "Köchin Kantine"), ("Koch", "Köchin Mo-Fr", "Küche"), "Koch/Köchin"),
    Trade(
        ("Schlosser", "Betriebsschlosser", "Industriemech."),
        ("Schlosser", "Instandhaltung", "Industriemechaniker"),
        "Industriemechaniker/in",
    ),
    Trade(("CNC Fräser", "Zerspaner", "Dreher"), ("CNC-Dreher", "Zerspanung"), "Zerspanungsmechaniker/in"),
    Trade(("Maler", "Maler u. Lackierer"), ("Maler", "Trockenbau"), "Maler/in und Lackierer/in"),
    Trade(("Maurer", "Maurer/Putzer"), ("Maurer", "Hausmeister"), "Maurer/in"),
    Trade(
        ("Bürokauffrau", "Büro", "Sachb. Versicherung"),
        ("Bürokauffrau", "Sachbearbeiterin", "Büro TZ"),
        "Bürokaufmann/-frau",
        weight=2,
    ),
    Trade(("Friseurin", "Friseuse"), ("Friseurin", "Verkauf", "Empfang"), "Friseur/in"),
    Trade(
        ("Altenpflegehelferin", "Pflegehelfer amb. Dienst"),
        ("Pflegehelferin", "Altenpflege", "Betreuungskraft"),
        "Altenpflegehelfer/in",
        weight=1.5,
    ),
    Trade(
        ("Altenpflegerin exam.", "Pflegefachkraft"), ("Pflegefachkraft Tagdienst", "Altenpflegerin"), "Altenpfleger/in"
    ),
    Trade(("Erzieherin", "Erzieherin Krippe"), ("Erzieherin", "Schulbegleitung"), "Erzieher/in"),
    Trade(("Elektriker", "Elektroinstallateur"), ("Elektriker", "Betriebselektriker"), "Elektroniker/in"),
    Trade(("KFZ Mechaniker", "Autoschlosser"), ("KFZ-Mechatroniker", "Werkstatt"), "Kraftfahrzeugmechatroniker/in"),
    Trade(("Bäcker", "Bäckergeselle"), ("Bäcker", "Produktion Lebensmittel"), "Bäcker/in"),
    Trade(("Tischler", "Bautischler"), ("Tischler", "Hausmeister"), "Tischler/in"),
    Trade(
        ("LKW Fahrer", "Kraftfahrer CE"),
        ("Berufskraftfahrer Nahverkehr", "LKW-Fahrer"),
        "Berufskraftfahrer/in",
        ("driver_qualification_code_95",),
        1.2,
    ),
    Trade(("Gärtnerin", "GaLaBau"), ("Gärtner", "Grünanlagenpflege"), "Gärtner/in"),
    Trade(("Textilfacharbeiterin", "Näherin"), ("Näherin", "Wäscherei", "Produktion"), "Textilfacharbeiter/in"),
    Trade(("Mediz. Fachangestellte", "Arzthelferin"), ("MFA", "Arzthelferin TZ"), "Medizinische/r Fachangestellte/r"),
    Trade(
        ("Anlagenfahrer", "Maschinenführer"), ("Maschinenbediener", "Anlagenfahrer"), "Maschinen- und Anlagenführer/in"
    ),
)

UNSKILLED: tuple[Trade, ...] = (
    Trade(
        ("Lagerhelfer", "Lagerarbeiter (Zeitarbeit)", "Packer"), ("Lagerhelfer", "Lager", "Kommisionierer"), weight=3
    ),
    Trade(
        ("Produktionshelfer", "Prod.helfer Automobil", "Bandarbeiter"),
        ("Produktionshelfer", "Produktion", "Montage"),
        weight=3,
    ),
    Trade(
        ("Reinigungskraft", "Putzfrau", "Reinigung Büro"),
        ("Reinigungskraft", "Reinigung vormittags", "Putzen"),
        weight=2.5,
    ),
    Trade(("Küchenhilfe", "Spülkraft", "Küche Imbiss"), ("Küchenhilfe", "Küchenhelfer", "Kantine"), weight=1.5),
    Trade(("Bauhelfer", "Hilfsarbeiter Bau"), ("Bauhelfer", "Abriss", "Garten"), weight=1.5),
    Trade(("Aushilfe Verkauf", "Regale einräumen"), ("Verkauf", "Regalauffüller", "Kasse"), weight=1.5),
    Trade(("Hauswirtschaftshilfe", "Haushaltshilfe"), ("Hauswirtschaft", "Betreuung Senioren"), weight=1),
    Trade(("Erntehelfer", "Helfer Landwirtschaft"), ("Landwirtschaft", "Gärtnerei"), weight=0.8),
    Trade(("Zeitungszusteller", "Kurierfahrer"), ("Zusteller", "Auslieferungsfahrer"), weight=1),
    Trade(("Wachmann", "Security"), ("Wachschutz", "Pförtner"), None, ("unterrichtung_34a",), 0.6),
)

FOREIGN: tuple[Trade, ...] = (
    Trade(("Schneider", "Schneiderin eig. Werkstatt"), ("Näherin", "Schneider")),
    Trade(("Lehrerin Grundschule",), ("Schulbegleiterin", "Kita"), "Lehrerin (Ausland)"),
    Trade(("Elektriker", "Elektro Montage"), ("Elektriker", "Helfer Elektro"), "Elektriker (Ausland)"),
    Trade(("Bauarbeiter", "Fliesenleger"), ("Bau", "Fliesenleger", "Lager")),
    Trade(("Koch Restaurant", "Bäcker"), ("Koch", "Küche")),
    Trade(("Buchhalterin",), ("Büro", "Buchhaltung"), "Buchhalterin (Diplom, Ausland)"),
    Trade(("Friseur",), ("Friseur",)),
    Trade(("Fahrer", "Taxifahrer"), ("Fahrer", "Lager")),
    Trade(("Verkäufer Markt",), ("Verkauf", "Lager", "Produktion")),
    Trade(("Krankenschwester",), ("Pflegehelferin", "Krankenschwester"), "Krankenschwester (Ausland)"),
)

YOUNG_WISHES: tuple[tuple[str, ...], ...] = (
    ("Verkäufer",),
    ("KFZ-Mechatroniker",),
    ("Lagerlogistik", "Lagerist"),
    ("weiß nicht",),
    (),
    ("Friseurin",),
    ("irgendwas mit Tieren",),
    ("Koch", "Küche"),
    ("Erzieherin", "Sozialassistent"),
    ("Maler",),
    ("was mit PC",),
    ("Pflege", "Pflegefachfrau"),
    ("Mechatroniker",),
    ("Security",),
)
