"""What the stage logic says about one person: change with its written reason, extension, checks at months 12 and 24.

Source: `catalog/stages_jps.toml` (documents 000 and 003); without that file there is no advice. Only a draft: the
Regionalbüro assesses again and Agentur or Jobcenter consent.
"""

from dataclasses import dataclass

from matcher.catalog.tree import leaves
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.stages import change_reason
from matcher.models.foerderkette.values import Chain
from matcher.participant import Profile
from matcher.participant_time import advance
from matcher.results import MET

CHECK_WINDOW_MONTHS = 2.0
"""A yearly check is named from one month before to two months after its month (step:unaccompanied_training)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAdvice:
    """Advice about the stage: `kind` is change, extension or check; `reason` is the text for the annex or the file."""

    kind: str
    stage: str
    to_stage: str | None
    reason: str
    open_steps: tuple[str, ...]
    source: str


def stage_advice(planner: Planner, profile: Profile, chains: tuple[Chain, ...]) -> tuple[StageAdvice, ...]:
    """All advice about the person's stage; empty without a stage."""
    person = advance(profile, planner.today)
    stage = planner.stages.stages.get(person.participant.jps_stage or "")
    if stage is None:
        return ()
    found = [_change(planner, stage.id, chain) for chain in chains]
    return (*_first_of_each(found), *_extension(planner, person), *_check(planner, person))


def _first_of_each(found: list[StageAdvice | None]) -> list[StageAdvice]:
    kept: dict[str | None, StageAdvice] = {}
    for advice in found:
        if advice is not None:
            kept.setdefault(advice.to_stage, advice)
    return list(kept.values())


def _change(planner: Planner, here: str, chain: Chain) -> StageAdvice | None:
    """The change of stage that a chain contains, with its written reason."""
    for step in chain.steps:
        there = planner.stages.of_programme(step.id)
        if there is not None and planner.stages.may_change(here, there.id):
            plan = tuple(f"{s.title} (ab {s.starts_on:%d.%m.%Y}, bis etwa {s.ends_on:%m/%Y})" for s in chain.steps)
            needed = planner.stages.open_steps if planner.stages.stages[here].needs_consent else ()
            return StageAdvice(
                kind="change",
                stage=here,
                to_stage=there.id,
                reason=change_reason(planner.stages, here, there.id, plan),
                open_steps=needed,
                source=planner.stages.source,
            )
    return None


def _extension(planner: Planner, person: Profile) -> list[StageAdvice]:
    stage = planner.stages.stages[person.participant.jps_stage or ""]
    if stage.extension_when is None:
        return []
    if RuleBook(Facts([person], planner.today)).tree(stage.extension_when)[0] != MET:
        return []
    open_goals = [leaf.text for leaf in leaves(stage.extension_when)][1:]
    reason = "Verlängerung prüfen: Ziele der Stufe sind noch offen (" + ", ".join(open_goals) + ")"
    return [
        StageAdvice(kind="extension", stage=stage.id, to_stage=None, reason=reason, open_steps=(), source=stage.source)
    ]


def _check(planner: Planner, person: Profile) -> list[StageAdvice]:
    stage = planner.stages.stages[person.participant.jps_stage or ""]
    months = person.participant.jps_months_in_stage
    due = [] if months is None else [month for month in stage.checks if -1 <= months - month < CHECK_WINDOW_MONTHS]
    text = "Wechsel in QAB dual, unbegleitete oder assistierte betriebliche Ausbildung prüfen"
    return [
        StageAdvice(
            kind="check",
            stage=stage.id,
            to_stage=None,
            reason=f"Monat {month}: {text}",
            open_steps=planner.stages.open_steps,
            source=stage.source,
        )
        for month in due
    ]
