"""The figures of a recorded day without anybody's own: few persons are not told, not even as what a sum leaves.

Source: `figures` in catalog/access.toml; TRUST 37 asks more of questions with free filters, which there are none here.
"""

from collections.abc import Mapping
from typing import Any

PLAIN = ("persons", "proposals", "coverage")
UNNAMED = ("vacancies", "assignment")
"""Figures of vacancies and of the solver, of no person."""
SPREADS = ("loss_against_first_choice", "distance_minutes", "hours_per_week")
OTHER = "other"
"""Reasons of few, together."""


def shown(report: Mapping[str, Any], least_together: int, least_persons: int) -> dict[str, Any]:
    """What of a report is told; whatever else it holds may name somebody.

    Of fewer than `least_persons`, or where only a few got something or nothing, the number of persons alone.
    """
    persons, proposals = report.get("persons", 0), report.get("proposals", 0)
    if persons < least_persons or _few(proposals, least_together) or _few(persons - proposals, least_together):
        return {"persons": persons}
    found = {key: report[key] for key in (*PLAIN, *UNNAMED) if key in report}
    if "abstentions" in report:
        found["abstentions"] = folded(report["abstentions"], least_together)
    for key in SPREADS:
        if key in report:
            found[key] = _spread(report[key], proposals, least_together, least_persons)
    return found


def folded(reasons: Mapping[str, int], least: int) -> dict[str, int]:
    """Reasons with their numbers; those of few together as `other`, with the next ones until they are enough."""
    told = {name: count for name, count in reasons.items() if name != OTHER and not _few(count, least)}
    rest = sum(reasons.values()) - sum(told.values())
    while _few(rest, least) and told:
        rest += told.pop(min(told, key=lambda name: (told[name], name)))
    return told if not rest or _few(rest, least) else {**told, OTHER: rest}


def _spread(spread: Mapping[str, Any], proposals: int, together: int, persons: int) -> dict[str, Any]:
    """Mean of several, median of many, never the highest; numbers where neither they nor what they leave are few."""
    known, found = spread.get("n", 0), dict[str, Any]()
    if not _few(known, together) and not _few(spread.get("unknown", 0), together):
        found |= {key: spread[key] for key in ("n", "unknown") if key in spread}
    first = spread.get("first_choice")
    if first is not None and not _few(first, together) and not _few(proposals - first, together):
        found |= {key: spread[key] for key in ("first_choice", "share_first_choice") if key in spread}
    if known >= together and "mean" in spread:
        found["mean"] = spread["mean"]
    if known >= persons and "median" in spread:
        found["median"] = spread["median"]
    return found


def _few(count: int, least: int) -> bool:
    return 0 < count < least
