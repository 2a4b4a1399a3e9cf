"""Programmes as columns: what they address, for whom, how well documented; one row per programme.

Source: DESIGN section 4; encodings section 6 (sets as uint64 masks).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.catalog.tree import leaves
from matcher.programme import Evidence, Programme
from matcher.vocabulary import PROTECTED_NEEDS

NARROW_FACTS = 4
"""So many distinct facts in the terms make a target group narrowly drawn (fit 1.0)."""

KIND_FIT = {"measure": 1.0, "support_structure": 0.5, "instrument": 0.2}


@dataclass(frozen=True, slots=True)
class ProgrammeColumns:
    """P programmes; `addresses` is (P, K) yes/no over the need table, protected needs apart.

    `leads_to[a, b]`: a documents b as a next step. `requires[a, b]`: a documents b as the step before.
    `asks_german`: what a programme asks of a learner's German (language, teaching, practice, other).
    """

    programmes: Sequence[Programme]
    addresses: NDArray[np.bool_]
    protected_only: NDArray[np.bool_]
    kind: NDArray[np.float64]
    narrowness: NDArray[np.float64]
    berufsfelder: Sequence[frozenset[str]]
    field_names: Sequence[str]
    field_table: NDArray[np.bool_]
    leads_to: NDArray[np.bool_]
    requires: NDArray[np.bool_]
    asks_german: Sequence[str]
    evidence: NDArray[np.float64]
    evidence_shown: Sequence[Evidence | None]
    part_time: NDArray[np.int8]
    childcare: NDArray[np.int8]


def encode_programmes(
    programmes: Sequence[Programme], needs: Sequence[str], evidence: Mapping[str, Any]
) -> ProgrammeColumns:
    """Encode programmes once; `needs` are the columns of the need table, `evidence` is catalog/evidence.toml."""
    index = {name: k for k, name in enumerate(needs)}
    names = sorted({name for programme in programmes for name in programme.berufsfelder})
    addresses = np.zeros((len(programmes), len(needs)), dtype=np.bool_)
    for row, programme in enumerate(programmes):
        for need in programme.addresses:
            if need in index:
                addresses[row, index[need]] = True
    return ProgrammeColumns(
        programmes=tuple(programmes),
        addresses=addresses,
        protected_only=np.array([bool(p.addresses) and set(p.addresses) <= PROTECTED_NEEDS for p in programmes]),
        kind=np.array([KIND_FIT[p.kind] for p in programmes]),
        narrowness=np.array([_narrowness(p) for p in programmes]),
        berufsfelder=tuple(frozenset(p.berufsfelder) for p in programmes),
        field_names=names,
        field_table=np.array([[name in p.berufsfelder for name in names] for p in programmes]).reshape(
            len(programmes), len(names)
        ),
        leads_to=_links(programmes, "next_steps"),
        requires=_links(programmes, "prerequisites"),
        asks_german=tuple(asks_german(p) for p in programmes),
        evidence_shown=tuple(best_evidence(p.evidence, evidence) for p in programmes),
        evidence=np.array([shrunken_share(p.evidence, evidence) for p in programmes]),
        part_time=np.array([_flag(p.hours.part_time) for p in programmes], dtype=np.int8),
        childcare=np.array([-1 if p.childcare is None else 1 for p in programmes], dtype=np.int8),
    )


TEACHING = frozenset({"qualification", "partial_qualification", "training_entry", "training_support", "school_leaving"})
PRACTICE = frozenset({"work_habituation", "subsidised_job", "placement", "application", "job_retention"})


def asks_german(programme: Programme) -> str:
    """What a programme does with language, from what it addresses: language, teaching, practice or other."""
    needs = set(programme.addresses)
    if "language" in needs:
        return "language"
    if needs & TEACHING:
        return "teaching"
    return "practice" if needs & PRACTICE else "other"


def _links(programmes: Sequence[Programme], key: str) -> NDArray[np.bool_]:
    index = {programme.id: row for row, programme in enumerate(programmes)}
    table = np.zeros((len(programmes), len(programmes)), dtype=np.bool_)
    for row, programme in enumerate(programmes):
        for link in getattr(programme, key):
            if link.id in index:
                table[row, index[link.id]] = True
    return table


def _flag(value: bool | None) -> int:
    return -1 if value is None else int(value)


def _narrowness(programme: Programme) -> float:
    facts = {leaf.field for leaf in leaves(programme.terms)} - {"legal_circle"}
    return min(1.0, len(facts) / NARROW_FACTS)


def best_evidence(items: Sequence[Evidence], table: Mapping[str, Any]) -> Evidence | None:
    """The published result that counts: the highest share among the outcomes of the table, then the larger n.

    Programmes have different goals: a stage that prepares for further measures is not judged by jobs.
    """
    usable = [item for item in items if item.value is not None and item.n and item.outcome in table["outcomes"]]
    return max(usable, key=lambda item: (item.value or 0.0, item.n or 0), default=None)


def shrunken_share(items: Sequence[Evidence], table: Mapping[str, Any]) -> float:
    """Share of the best result, shrunken by n towards the prior; NaN without a usable result."""
    item = best_evidence(items, table)
    if item is None or item.value is None or not item.n:
        return float("nan")
    weight = float(table["shrink_n"])
    return (item.value * item.n + float(table["prior_share"]) * weight) / (item.n + weight)
