"""Groups of facts about an invented person: work, mobility, hours, children. All in the exchange format."""

import datetime as dt

from training.demo_office.dice import Dice
from training.demo_office.places import DISTRICT, TOWNS
from training.demo_office.trades import FOREIGN, SKILLED, UNSKILLED, Trade

Facts = dict[str, object]
DAY = dt.date(2022, 5, 2)
SCHOOL_ENDS_AT = 17
SCHOOLS_EAST = {"POS": 3.0, "Realschule": 2.0, "HSA": 2.0, "Abitur": 0.4}
SCHOOLS = {"HSA": 4.0, "Realschule": 3.0, "none": 1.0, "Förderschule": 0.6, "Abitur": 0.6, "Fachhochschulreife": 0.3}


def begin(dice: Dice) -> Facts:
    """Where somebody lives and the day on which the facts were noted."""
    where = dice.weighted({one: one.weight for one in TOWNS if one.inside})
    noted = DAY - dt.timedelta(days=dice.whole(0, 24))
    return {
        "as_of": noted.isoformat(),
        "postal_code": where.postal_code,
        "place": where.place,
        "residence_region": DISTRICT,
        "legal_circle": ["SGB II"],
    }


def school(dice: Dice, age: int) -> Facts:
    """The school leaving certificate; the POS ended with the school year 1990/91."""
    return {"school_leaving_level": dice.weighted(SCHOOLS_EAST if age >= 48 else SCHOOLS)}


def native(dice: Dice) -> Facts:
    """Somebody who grew up with German."""
    return {
        "german_level": "native",
        "german_level_evidence": "not_applicable",
        "integration_course": "not_applicable",
        "other_languages": dice.weighted({"": 8.0, "Russisch": 1.0, "Englisch": 2.0}).split(),
    }


def practice(dice: Dice, age: int, months: int, trade: Trade, longest: float = 12) -> Facts:
    """Experience that ended when the unemployment began; `months` since then."""
    last = DAY - dt.timedelta(days=round(months * 30.4))
    room = max(0.0, age - SCHOOL_ENDS_AT - months / 12)
    years = min(dice.step(0.5, longest, 0.5), room)
    if years < 0.25:
        return {"ever_worked": False, "experience": [], "target_occupations": dice.some(trade.wanted, 1)}
    jobs = [{"title": dice.pick(trade.practised), "years": round(years, 1), "last_year": last.year}]
    left = room - years
    if left > 2 and dice.chance(0.5):
        other = dice.pick(UNSKILLED)
        jobs.append(
            {
                "title": dice.pick(other.practised),
                "years": round(min(dice.step(0.5, 4, 0.5), left), 1),
                "last_year": last.year - int(years) - 1,
            }
        )
    return {
        "ever_worked": True,
        "experience": jobs,
        "months_since_last_job": months,
        "target_occupations": dice.some(trade.wanted, dice.whole(1, 2)),
        "certificates": _papers(dice, trade),
    }


def _papers(dice: Dice, trade: Trade) -> list[str]:
    return [f"{one}_expired" if dice.chance(0.15) else one for one in trade.certificates if dice.chance(0.7)]


def trade_of(dice: Dice, level: str) -> Trade:
    """A line of work that goes with a level of qualification."""
    titled = [one for one in FOREIGN if one.title]
    pools = {"recognised": SKILLED, "foreign": FOREIGN, "foreign_unrecognised": titled}
    return dice.weighted({one: one.weight for one in pools.get(level, UNSKILLED)})


def qualification(level: str, trade: Trade) -> Facts:
    """The vocational qualification with its title where there is one."""
    done = level in ("recognised", "academic", "not_usable")
    return {
        "vocational_qualification": level,
        "first_vocational_training_completed": done,
        "vocational_qualification_title": trade.title if level in ("recognised", "foreign_unrecognised") else None,
    }


def mobility(dice: Dice, licence: float, car: float) -> Facts:
    """Licence and car; who has a car drives it, the others take bus and train or the bicycle."""
    if not dice.chance(licence):
        mode = dice.weighted({"public_transport": 6.0, "bike": 1.5, "walk": 0.6})
        return {
            "driving_licences": [],
            "own_car": False,
            "transport_mode": mode,
            "max_commute_minutes": dice.pick((30, 45, 45, 60)),
        }
    own = dice.chance(car)
    return {
        "driving_licences": ["B"],
        "own_car": own,
        "transport_mode": "car" if own else "public_transport",
        "max_commute_minutes": dice.pick((30, 40, 45, 60)),
    }


def full_time(dice: Dice) -> Facts:
    """Wants a full week."""
    return {"desired_hours_min": dice.pick((30, 35, 35, 38)), "desired_hours_max": 40}


def part_time(dice: Dice) -> Facts:
    """Wants part of a week."""
    low = dice.pick((15, 20, 20, 25))
    return {"desired_hours_min": low, "desired_hours_max": low + dice.pick((5, 10))}


def no_children() -> Facts:
    """Lives without children."""
    return {"children_ages": [], "childcare_status": "not_needed", "single_parent": False}


CARE_UNTIL = {"crèche": ("07:30", "14:30"), "kindergarten": ("07:00", "16:00"), "after_school": ("06:30", "16:00")}
CRECHE_BELOW, KINDERGARTEN_BELOW, AFTER_SCHOOL_BELOW = 3, 6.5, 11


def children(dice: Dice, ages: list[int], cared: float) -> Facts:
    """Children with their care contracts; each child below eleven has one in `cared` of all cases."""
    found, covered = [], 0
    for age in ages:
        child: Facts = {"age": age}
        if age < AFTER_SCHOOL_BELOW and dice.chance(cared):
            kind = "crèche" if age < CRECHE_BELOW else "kindergarten" if age < KINDERGARTEN_BELOW else "after_school"
            since, until = CARE_UNTIL[kind]
            child |= {
                "contract_from": since,
                "contract_until": until,
                "days": "mon-fri",
                "fixed": dice.weighted({True: 2.0, False: 3.0, None: 2.0}),
                "holiday_care": dice.chance(0.5),
            }
            covered += 1
        found.append({name: value for name, value in child.items() if value is not None})
    young = sum(age < AFTER_SCHOOL_BELOW for age in ages)
    status = "not_needed" if young == 0 else "secured" if covered == young else "partial" if covered else "missing"
    return {"children": found, "childcare_status": status}
