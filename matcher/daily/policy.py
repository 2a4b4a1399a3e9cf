"""The batch's figures and words: `catalog/daily.toml` and `catalog/refusal_reasons.toml` as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalog import Catalog

SCOPES = ("vacancy", "occupation", "employer", "everything")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A closed reason: its German label, what it pauses, for how many days."""

    id: str
    label: str
    scope: str
    pause_days: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody gets nothing today, and the next best action, German with placeholders."""

    id: str
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """One negotiable requirement: features it lifts, rules that may fail on it alone, title and bridge."""

    id: str
    features: tuple[str, ...]
    rules: tuple[str, ...]
    title: str
    bridge: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All thresholds of the batch; shares are of the highest attainable points, periods in days."""

    floor_share: float
    ground_features: tuple[str, ...]
    ground_least: float
    no_bridge: tuple[str, ...]
    longest_minutes: float
    loss_share: float
    open_per_position: int
    open_days: int
    unanswered: int
    unanswered_after_days: int
    pause_days: int
    flow_limit: int
    in_sight: int
    runners_up: int
    sampled_exclusions: int
    least_n: int
    not_with_steps: frozenset[str]
    reasons: Mapping[str, Reason]
    bridges: tuple[Bridge, ...]
    refusals: Mapping[str, Refusal]


def read_policy(catalog: Catalog) -> Policy:
    """The policy of a catalogue that has been checked."""
    daily, refusals = catalog.table("daily"), catalog.table("refusal_reasons")
    pause = daily["employer_pause"]
    return Policy(
        floor_share=float(daily["floor"]["share"]),
        ground_features=tuple(daily["ground"]["features"]),
        ground_least=float(daily["ground"]["least"]),
        no_bridge=tuple(daily["no_bridge"]["kinds"]),
        longest_minutes=float(daily["way"]["longest_minutes"]),
        loss_share=float(daily["loss"]["share"]),
        open_per_position=int(daily["capacity"]["open_per_position"]),
        open_days=int(daily["capacity"]["open_days"]),
        unanswered=int(pause["unanswered"]),
        unanswered_after_days=int(pause["after_days"]),
        pause_days=int(pause["pause_days"]),
        flow_limit=int(daily["household"]["flow_limit"]),
        in_sight=int(daily["page"]["in_sight"]),
        runners_up=int(daily["page"]["runners_up"]),
        sampled_exclusions=int(daily["review"]["sampled_exclusions"]),
        least_n=int(daily["audit"]["least_n"]),
        not_with_steps=frozenset(daily["placed"]["not_with_steps"]),
        reasons={key: Reason(key, row["text"], row["action"]) for key, row in daily["abstention"].items()},
        bridges=tuple(_bridge(key, row) for key, row in daily["near_miss"].items()),
        refusals={
            key: Refusal(key, row["label"], row["scope"], int(row["pause_days"]))
            for key, row in refusals["reason"].items()
        },
    )


def _bridge(key: str, row: Mapping[str, Any]) -> Bridge:
    return Bridge(key, tuple(row["features"]), tuple(row["rules"]), row["title"], row["bridge"], row["source"])
