"""The planner of the Förderkette: chains of steps to the goal, levers, triggers. Source: DESIGN section 4."""

from matcher.models.foerderkette.household import Sharing, plan_household
from matcher.models.foerderkette.kooperationsplan import kooperationsplan_draft
from matcher.models.foerderkette.levers import household_levers, levers
from matcher.models.foerderkette.plan import chains_behind, plan
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.render import mask_chain, render_chain, render_lever, render_sharing, render_trigger
from matcher.models.foerderkette.stage_advice import StageAdvice, stage_advice
from matcher.models.foerderkette.triggers import triggers
from matcher.models.foerderkette.values import Chain, ChainStep, Lever, PlacementNow, Trigger

__all__ = [
    "Chain",
    "ChainStep",
    "Lever",
    "PlacementNow",
    "Planner",
    "Sharing",
    "StageAdvice",
    "Trigger",
    "chains_behind",
    "household_levers",
    "kooperationsplan_draft",
    "levers",
    "mask_chain",
    "plan",
    "plan_household",
    "render_chain",
    "render_lever",
    "render_sharing",
    "render_trigger",
    "stage_advice",
    "triggers",
]
