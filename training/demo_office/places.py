"""Places in and around Mittelsachsen; coordinates of the town centres from general knowledge, rounded."""

from dataclasses import dataclass

DISTRICT = "Mittelsachsen"


@dataclass(frozen=True, slots=True)
class Town:
    """A postal code in a place; degrees WGS 84; `weight` steers how many people and jobs are invented there."""

    postal_code: str
    place: str
    lat: float
    lon: float
    weight: float = 1.0
    inside: bool = True


TOWNS: tuple[Town, ...] = (
    Town("09599", "Freiberg", 50.912, 13.343, 9),
    Town("09648", "Mittweida", 50.986, 12.981, 8),
    Town("04720", "Döbeln", 51.122, 13.110, 7),
    Town("09306", "Rochlitz", 51.048, 12.799, 3),
    Town("09557", "Flöha", 50.859, 13.071, 4),
    Town("09661", "Hainichen", 50.970, 13.122, 4),
    Town("09618", "Brand-Erbisdorf", 50.868, 13.322, 4),
    Town("09669", "Frankenberg/Sa.", 50.911, 13.039, 4),
    Town("04741", "Roßwein", 51.066, 13.183, 2),
    Town("04736", "Waldheim", 51.073, 13.024, 3),
    Town("04703", "Leisnig", 51.158, 12.928, 2),
    Town("04746", "Hartha", 51.098, 12.976, 2),
    Town("04749", "Ostrau", 51.204, 13.161, 0.5),
    Town("09217", "Burgstädt", 50.912, 12.813, 3),
    Town("09322", "Penig", 50.933, 12.705, 2),
    Town("09328", "Lunzenau", 50.962, 12.756, 1),
    Town("09326", "Geringswalde", 51.077, 12.908, 1.5),
    Town("09569", "Oederan", 50.860, 13.172, 2),
    Town("09573", "Augustusburg", 50.812, 13.100, 1),
    Town("09577", "Niederwiesa", 50.869, 13.018, 1),
    Town("09603", "Großschirma", 50.966, 13.288, 1),
    Town("09633", "Halsbrücke", 50.953, 13.350, 0.7),
    Town("09629", "Reinsberg", 51.003, 13.362, 0.4),
    Town("09627", "Bobritzsch-Hilbersdorf", 50.906, 13.433, 0.6),
    Town("09623", "Frauenstein", 50.803, 13.537, 0.5),
    Town("09619", "Sayda", 50.711, 13.421, 0.4),
    Town("09575", "Eppendorf", 50.801, 13.233, 0.6),
    Town("09244", "Lichtenau", 50.907, 12.928, 1.2),
    Town("09236", "Claußnitz", 50.933, 12.880, 0.5),
    Town("09249", "Taura", 50.925, 12.845, 0.3),
    Town("09306", "Erlau", 51.010, 12.930, 0.4),
    Town("09306", "Wechselburg", 51.005, 12.776, 0.3),
    Town("09111", "Chemnitz", 50.834, 12.924, 4, False),
    Town("09117", "Chemnitz", 50.822, 12.853, 2, False),
    Town("09131", "Chemnitz", 50.862, 12.963, 2, False),
    Town("01067", "Dresden", 51.056, 13.727, 1.5, False),
    Town("01157", "Dresden", 51.062, 13.662, 1, False),
    Town("01683", "Nossen", 51.058, 13.297, 1.5, False),
    Town("01662", "Meißen", 51.163, 13.474, 1, False),
    Town("01705", "Freital", 51.001, 13.649, 1, False),
    Town("01723", "Wilsdruff", 51.052, 13.536, 1, False),
    Town("01737", "Tharandt", 50.985, 13.581, 0.4, False),
    Town("01744", "Dippoldiswalde", 50.893, 13.667, 0.6, False),
    Town("09212", "Limbach-Oberfrohna", 50.859, 12.757, 1.5, False),
    Town("09405", "Zschopau", 50.747, 13.072, 1, False),
    Town("09526", "Olbernhau", 50.660, 13.339, 0.6, False),
    Town("09496", "Marienberg", 50.651, 13.163, 0.8, False),
    Town("04680", "Colditz", 51.130, 12.805, 0.6, False),
    Town("04643", "Geithain", 51.055, 12.697, 0.6, False),
    Town("04668", "Grimma", 51.237, 12.728, 1, False),
    Town("04769", "Mügeln", 51.236, 13.046, 0.5, False),
)


def town(place: str) -> Town:
    """The first town of that name."""
    return next(one for one in TOWNS if one.place == place)
