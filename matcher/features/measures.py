"""The ordered registry of measure features; weights in `catalog/weights.toml`, section measures."""

from matcher.columns import Feature
from matcher.features import (
    berufsfeld,
    evidence,
    measure_language,
    measure_schedule,
    measure_support,
    need,
    progress,
    target_group,
    waiting,
)
from matcher.pool.offers import MeasurePool
from matcher.pool.seekers import Seekers

MEASURE_FEATURES: tuple[Feature[Seekers, MeasurePool], ...] = (
    need.FEATURE,
    target_group.NARROWNESS,
    target_group.KIND,
    berufsfeld.FEATURE,
    measure_language.FEATURE,
    progress.FEATURE,
    measure_schedule.FEATURE,
    measure_support.CHILDCARE,
    measure_support.REACH,
    waiting.FEATURE,
    evidence.FEATURE,
)
