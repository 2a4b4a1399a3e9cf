"""The whole Bedarfsgemeinschaft: whose childcare or job changes whose chain, planned together and compared.

Every way of sharing is planned again for every member, so that what helps one and closes another is seen; nothing is
assumed about who should care: fathers and mothers are asked alike. Source: 001 TEIL 1 Nr. 2 (R-A-09), 002
Chancengleichheit (R-B-20).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from matcher.models.foerderkette.plan import plan
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.values import Chain
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.vocabulary import ChildcareStatus

GOAL = "work"
AT_HOME = ("unemployed", "parental_leave")
"""Could look after children for a time; to be asked, never assumed."""
CARE_UNTIL_AGE = 12
NOT_SETTLED = ("missing", "partial", None)


@dataclass(frozen=True, slots=True)
class Sharing:
    """One way to share care and work: German words, who changes, each member's best chain to work (None: no way).

    `value` is the product of the chains' values, a figure to compare ways of one household, never shown on a page.
    `opens` and `closes` name the members whose chain becomes better or worse than today.
    """

    id: str
    text: str
    who: str | None
    chains: tuple[tuple[str, Chain | None], ...]
    value: float
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    to_clarify: str


@dataclass(frozen=True, slots=True)
class _Variant:
    id: str
    text: str
    who: str | None
    members: tuple[Profile, ...]
    to_clarify: str


def plan_household(
    planner: Planner, members: Sequence[Profile], *, today: dt.date, catalogue_only: bool = False
) -> tuple[Sharing, ...]:
    """Ways to share care and work in one Bedarfsgemeinschaft, the best for all together first, ties by id.

    The first of equals is today's state. Raises ValueError for fewer than two members or the same id twice.
    """
    people = [advance(member, today) for member in members]
    if len({one.id for one in people}) < max(len(people), 2):
        raise ValueError("A Bedarfsgemeinschaft is planned for at least two different members.")
    planned: dict[Profile, Chain | None] = {}

    def best(person: Profile) -> Chain | None:
        if person not in planned:
            chains = plan(planner, person, today=today, catalogue_only=catalogue_only, most=1)
            found = [chain for chain in chains if chain.goal == GOAL]
            planned[person] = max(found, key=lambda chain: chain.value, default=None)
        return planned[person]

    now = {person.id: best(person) for person in people}
    found = [_sharing(variant, {one.id: best(one) for one in variant.members}, now) for variant in _variants(people)]
    return tuple(sorted(found, key=lambda one: (-one.value, one.id != "as_now", one.id)))


def _sharing(variant: _Variant, chains: dict[str, Chain | None], now: dict[str, Chain | None]) -> Sharing:
    values = {name: _value(chain) for name, chain in chains.items()}
    return Sharing(
        id=variant.id,
        text=variant.text,
        who=variant.who,
        chains=tuple(chains.items()),
        value=prod(values.values()),
        opens=tuple(name for name, value in values.items() if value > _value(now[name])),
        closes=tuple(name for name, value in values.items() if value < _value(now[name])),
        to_clarify=variant.to_clarify,
    )


def _value(chain: Chain | None) -> float:
    return chain.value if chain is not None else 0.0


def _variants(people: Sequence[Profile]) -> list[_Variant]:
    """Today's state, care outside the family for all who lack it, each adult caring, each adult in work."""
    found = [_Variant("as_now", "Alles bleibt, wie es ist", None, tuple(people), "")]
    if any(_lacks_care(person) for person in people):
        cared = tuple(_with_care(person, "secured") if _lacks_care(person) else person for person in people)
        found.append(
            _Variant("care_outside", "Kinderbetreuung außerhalb der Familie gesichert", None, cared,
                     "Platz in Kita, Hort oder Tagespflege und Zeiten klären")
        )  # fmt: skip
    for one in people:
        if _could_care(one) and any(_lacks_care(other) for other in people if other.id != one.id):
            found.append(_caring(people, one))
        if _could_care(one):
            found.append(_working(people, one))
    return found


def _caring(people: Sequence[Profile], carer: Profile) -> _Variant:
    members = tuple(
        _with_care(person, "missing")
        if person.id == carer.id
        else _with_care(person, "secured")
        if _lacks_care(person)
        else person
        for person in people
    )
    return _Variant(
        f"care_by:{carer.id}",
        f"{carer.id} betreut die Kinder, während andere Mitglieder einen Schritt gehen",
        carer.id,
        members,
        f"Mit {carer.id} besprechen, ob und wie lange das gewünscht ist; nichts davon wird vorausgesetzt",
    )


def _working(people: Sequence[Profile], worker: Profile) -> _Variant:
    members = tuple(person if person.id == worker.id else _beside_work(person) for person in people)
    return _Variant(
        f"work_of:{worker.id}",
        f"{worker.id} nimmt Arbeit auf; Betreuung durch {worker.id} entfällt",
        worker.id,
        members,
        "Betreuungszeiten und Arbeitszeiten aufeinander abstimmen",
    )


def _beside_work(person: Profile) -> Profile:
    """What another member's job changes: the partner is no longer unemployed, care by the partner falls away."""
    household = person.household
    if household.partner_long_term_unemployed:
        household = replace(household, partner_long_term_unemployed=False)
    person = replace(person, household=household)
    return _with_care(person, "missing") if _lacks_care(person) else person


def _with_care(person: Profile, status: ChildcareStatus) -> Profile:
    return replace(person, household=replace(person.household, childcare_status=status))


def _lacks_care(person: Profile) -> bool:
    """Has young children whose care is not settled."""
    children = person.household.children or ()
    young = any(child.age is None or child.age < CARE_UNTIL_AGE for child in children)
    return young and person.household.childcare_status in NOT_SETTLED


def _could_care(person: Profile) -> bool:
    return person.participant.employment_status in AT_HOME
