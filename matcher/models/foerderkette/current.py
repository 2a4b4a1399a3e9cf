"""The running measure of a person: until when, what it brings, and what may come beside it.

Source: fields of the exchange format (`jps_stage`, `jps_planned_end`, `integration_course`); typical lengths of
effects.toml where no end is recorded. Onward steps are planned before it ends (003 Aufgaben BDL; 004 AG 2).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.participant import Profile
from matcher.pool.seekers import CURRENT_STAGE

if TYPE_CHECKING:
    from matcher.models.foerderkette.planner import Planner

COURSE = "p004_ik"
TRAINING = {"training": "Ausbildung", "retraining": "Umschulung"}
LIKE_TRAINING = "p000_qab"
"""Length and rate of a training whose own are not recorded: those of QAB (document 000), as an assumption."""


@dataclass(frozen=True, slots=True)
class Current:
    """What is running: programme, days until its end, what it brings, its rate of getting through the rest, whether a stage."""

    id: str
    title: str
    days: int
    gains: int
    rate: float
    in_stage: bool
    end_known: bool


def current_measure(planner: "Planner", profile: Profile) -> Current | None:
    """The running stage or language course, None where nothing is known to run."""
    person = profile.participant
    stage = CURRENT_STAGE.get(person.jps_stage or "")
    if stage is not None and planner.knows(stage):
        ended = person.jps_planned_end is not None and person.jps_planned_end <= planner.today
        return None if ended else _running(planner, stage, _days_left(planner, profile, stage), True)
    if person.integration_course == "running" and planner.knows(COURSE):
        planned = person.integration_course_planned_end
        if planned is not None and planned <= planner.today:
            return None
        days = (planned - planner.today).days if planned is not None else None
        return _running(planner, COURSE, days, False)
    return _training(planner, profile) if planner.knows(LIKE_TRAINING) else None


def _training(planner: "Planner", profile: Profile) -> Current | None:
    """A training or retraining that runs or is signed: it leads to a qualification; its end is not recorded."""
    person = profile.participant
    title = TRAINING.get(person.employment_status or "")
    if title is None and person.training_contract is not True:
        return None
    typical = planner.actions[planner.number(LIKE_TRAINING)]
    start = person.training_contract_start
    ahead = (start - planner.today).days if start is not None else -typical.days[1] // 2
    days = max(planner.month_days, ahead + typical.days[1])
    rate = typical.rate ** min(1.0, days / typical.days[1])
    return Current("", title or "Ausbildung (Vertrag liegt vor)", days, typical.gains, rate, False, False)


def _days_left(planner: "Planner", profile: Profile, stage: str) -> int | None:
    person = profile.participant
    if person.jps_planned_end is not None:
        return (person.jps_planned_end - planner.today).days
    if person.jps_months_in_stage is None:
        return None
    typical = planner.actions[planner.number(stage)].days[1]
    return max(planner.month_days, typical - round(person.jps_months_in_stage * planner.month_days))


def _running(planner: "Planner", name: str, days: int | None, in_stage: bool) -> Current:
    action = planner.actions[planner.number(name)]
    left = max(planner.month_days, action.days[1] // 2) if days is None else days
    rate = action.rate ** min(1.0, left / action.days[1])
    return Current(name, action.title, left, action.gains, rate, in_stage, days is not None)
