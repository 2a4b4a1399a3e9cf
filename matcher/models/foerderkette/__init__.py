"""The planner of the Förderkette: chains of steps to the goal, levers, triggers. Source: DESIGN section 4."""

from matcher.models.foerderkette.plan import chains_behind, plan
from matcher.models.foerderkette.planner import Planner
from matcher.models.foerderkette.render import render_chain, render_lever, render_trigger
from matcher.models.foerderkette.values import Chain, ChainStep, Lever, PlacementNow, Trigger

__all__ = [
    "Chain",
    "ChainStep",
    "Lever",
    "PlacementNow",
    "Planner",
    "Trigger",
    "chains_behind",
    "plan",
    "render_chain",
    "render_lever",
    "render_trigger",
]
