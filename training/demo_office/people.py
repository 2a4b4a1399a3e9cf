"""The participants of the demo office: worked cases first, then people invented from life situations."""

from training.demo_office.dice import Dice
from training.demo_office.life_situations import SITUATIONS
from training.demo_office.people_facts import Facts
from training.demo_office.worked_cases import CASES

GAPS: dict[str, float] = {
    "max_commute_minutes": 0.12,
    "target_occupations": 0.06,
    "desired_hours_min": 0.1,
    "school_leaving_level": 0.06,
    "driving_licences": 0.08,
    "own_car": 0.08,
    "transport_mode": 0.12,
    "market_distance": 0.3,
    "other_languages": 0.3,
    "benefit_months_last_24": 0.15,
    "months_since_last_job": 0.4,
    "certificates": 0.15,
    "childcare_status": 0.1,
    "first_vocational_training_completed": 0.4,
    "experience": 0.03,
    "vocational_qualification": 0.04,
}
"""Share of people in whose record a fact is missing; a missing fact is unknown, not "no"."""


def invent_people(seed: str) -> list[Facts]:
    """All participants in id order."""
    situations = [one for one, count in SITUATIONS for _ in range(count)]
    order = Dice(seed, "order").some(situations, len(situations))
    records = [dict(case) for case in CASES]
    for number, situation in enumerate(order, len(CASES) + 1):
        dice = Dice(seed, "person", str(number))
        records.append(_with_gaps(dice, situation(dice)))
    return [{"id": f"T{number:04d}"} | _known(record) for number, record in enumerate(records, 1)]


def _with_gaps(dice: Dice, record: Facts) -> Facts:
    return {name: value for name, value in record.items() if not dice.chance(GAPS.get(name, 0.0))}


def _known(record: Facts) -> Facts:
    return {name: value for name, value in record.items() if value is not None}
