"""Triggers of a caseload on a day: what is due for whom, with the recommended step.

Rules and lead times stand in `catalog/chains.toml` (deadlines the documents leave open are settings of the office).
A protected fact may trigger a step by a rule that cites its source; lost contact leads to outreach only.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from matcher.catalog.tree import leaves
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.models.foerderkette.changes import month_later
from matcher.models.foerderkette.plan import plan
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.tables import Node, read_rule
from matcher.models.foerderkette.values import Trigger
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.results import MET

CHAIN = "chain"
"""A trigger that recommends what the best chain begins with."""
ENDS = {"months_until_stage_end": "jps_planned_end", "months_until_course_end": "integration_course_planned_end"}


def triggers(planner: Planner, profiles: Iterable[Profile], *, today: dt.date) -> tuple[Trigger, ...]:
    """Everything due on a day, most urgent first, then by date, participant and trigger."""
    people = [advance(profile, today) for profile in profiles]
    book = RuleBook(Facts(people, today))
    found: list[Trigger] = []
    for row in planner.chains_table["trigger"]:
        when = read_rule(row["when"], "chains.toml", f"/trigger/{row['id']}/when") if "when" in row else None
        for b, person in enumerate(people):
            if is_due(row, when, book, b):
                found.append(_trigger(planner, person, row, when, book, b))
    return tuple(sorted(found, key=_order))


def is_due(row: Mapping[str, Any], when: Node | None, book: RuleBook, b: int) -> bool:
    """Does a trigger apply to one person: its rule, its cycle, its window before or after a date."""
    if when is not None and book.tree(when)[b] != MET:
        return False
    facts = book.facts
    if "every_months" in row:
        months = facts.value(row["field"], b)
        return months is not None and months >= row["every_months"] - row["within_months"] and _near(months, row)
    for key, sign in (("months_until", -1.0), ("months_since", 1.0)):
        if key in row:
            passed = sign * float(facts.months_since(row[key])[b])
            return bool(row["from_months"] <= passed < row["until_months"])
    return when is not None


def _near(months: float, row: Mapping[str, Any]) -> bool:
    every, within = float(row["every_months"]), float(row["within_months"])
    return min(months % every, every - months % every) <= within


def _trigger(
    planner: Planner, person: Profile, row: Mapping[str, Any], when: Node | None, book: RuleBook, b: int
) -> Trigger:
    step, title = str(row["step"]), planner.titles.get(str(row["step"]), "")
    if step == CHAIN:
        step, title = _onward(planner, person)
    return Trigger(
        participant_id=person.id,
        id=row["id"],
        text=row["text"],
        step=step,
        step_title=title,
        urgency=int(row["urgency"]),
        due_on=_due_on(row, when, book, b),
        fields=_fields(row, when),
        source=row["source"],
    )


def _onward(planner: Planner, person: Profile) -> tuple[str, str]:
    """The step after what is running: nobody leaves without an onward step."""
    chains = plan(planner, person, today=planner.today, most=1)
    for chain in chains:
        onward = [step for step in chain.steps if step.id not in ("step:continue_current", "step:clarify_data")]
        if onward:
            return onward[0].id, onward[0].title
    return "step:counselling", planner.titles["step:counselling"]


def _fields(row: Mapping[str, Any], when: Node | None) -> tuple[str, ...]:
    named = [row[key] for key in ("field", "months_until", "months_since") if key in row]
    return tuple(dict.fromkeys([*(leaf.field for leaf in leaves(when)), *named]))


def _due_on(row: Mapping[str, Any], when: Node | None, book: RuleBook, b: int) -> dt.date | None:
    """The date that the trigger is about, where there is one."""
    if "months_until" in row:
        return _date(book, row["months_until"], b)
    ends = [ENDS[field] for field in _fields(row, when) if field in ENDS]
    if ends:
        return _date(book, ends[0], b)
    if row["id"] == "course_right_expires":
        granted = _date(book, "integration_course_right_date", b)
        return month_later(granted, 12) if granted is not None else None
    return None


def _date(book: RuleBook, field: str, b: int) -> dt.date | None:
    found = book.facts.value(field, b)
    return found if isinstance(found, dt.date) else None


def _order(trigger: Trigger) -> tuple[int, dt.date, str, str]:
    return trigger.urgency, trigger.due_on or dt.date.max, trigger.participant_id, trigger.id
