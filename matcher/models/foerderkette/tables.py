"""The planner's tables as values: gains, goals, what comes first, odds, kinds, and the numbers of the value.

Source: `catalog/chains.toml`; every row there cites its document or is marked as an assumption with a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalog.tree import read_node
from matcher.errors import CatalogProblems, Problem
from matcher.programme import Leaf, Tree

Node = Tree | Leaf


@dataclass(frozen=True, slots=True)
class Gain:
    """What a step can change: bit number, German label, facts it writes, rule who has it from the start.

    Beside a gain of `implied_by` it goes without saying.
    """

    id: str
    bit: int
    label: str
    sets: tuple[tuple[str, Any], ...]
    when: Node | None
    implied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the gain that reaches it, its title, who wants it (`when` met, `unless` not met); `alone`: no other beside."""

    id: str
    bit: int
    title: str
    when: Node | None
    unless: Node | None
    alone: bool


@dataclass(frozen=True, slots=True)
class First:
    """While the rule is met and the gain is missing, only this step (and nothing else) may come."""

    bit: int
    step: str
    when: Node


@dataclass(frozen=True, slots=True)
class Shut:
    """Kinds of step that stay closed while the rule is met."""

    kinds: frozenset[str]
    when: Node


@dataclass(frozen=True, slots=True)
class OddsFact:
    """A factor on the odds from an unprotected fact, and the factor where the fact is unknown."""

    factor: float
    unknown: float
    when: Node


@dataclass(frozen=True, slots=True)
class Odds:
    """Odds of a final step: base, factors per gain bit, factors per fact."""

    base: float
    factors: tuple[tuple[int, float], ...]
    facts: tuple[OddsFact, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Defaults of a kind of step: prior rate, absence factor, wait, interval of starts, presence."""

    success: float
    absence: float
    wait_months: float
    repeat_months: float
    present: bool
    if_it_fails: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a chain's value (`[value]`) and the office's own setting."""

    per_month: float
    most_steps: int
    horizon_months: float
    shrink_n: float
    unknown_share: float
    undocumented_share: float
    clarify_months: float
    full_wait_months: float
    historic_years: int
    gap_months: float
    used_within: int
    shown_from: float
    repeat_factor: float
    aftercare_months: float
    placement_first: float
    fitting_vacancy: float
    bridge_vacancy: float


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything of chains.toml that planning reads."""

    gains: tuple[Gain, ...]
    goals: tuple[Goal, ...]
    firsts: tuple[First, ...]
    odds: Mapping[str, Odds]
    kinds: Mapping[str, Kind]
    numbers: Numbers
    presence: Node
    shuts: tuple[Shut, ...]

    def mask(self, names: Any) -> int:
        """Bits of the named gains."""
        bits = {gain.id: gain.bit for gain in self.gains}
        return sum(1 << bits[name] for name in dict.fromkeys(names))

    def bit(self, name: str) -> int:
        """Bit number of one gain."""
        return next(gain.bit for gain in self.gains if gain.id == name)


def read_rule(node: object, file: str, where: str) -> Node:
    """A rule of one of the planner's tables; raises CatalogProblems naming file and place."""
    problems: list[Problem] = []
    tree = read_node(
        node,
        where,
        lambda at, text: problems.append(Problem(file, None, at, None, f"{text}.", "See catalog/README.md.")),
    )
    if tree is None or problems:
        raise CatalogProblems(problems)
    return tree


def read_tables(table: Mapping[str, Any]) -> Tables:
    """Read `catalog/chains.toml`."""
    gains = tuple(_gain(bit, name, row) for bit, (name, row) in enumerate(table["gain"].items()))
    bits = {gain.id: gain.bit for gain in gains}
    return Tables(
        gains=gains,
        goals=tuple(
            Goal(
                row["id"],
                bits[row["gain"]],
                row["title"],
                _optional(row, "when", f"/goal/{row['id']}"),
                _optional(row, "unless", f"/goal/{row['id']}"),
                row.get("alone", False),
            )
            for row in table["goal"]
        ),
        firsts=tuple(
            First(bits[row["gain"]], row["step"], _rule(row["when"], f"/first/{row['step']}")) for row in table["first"]
        ),
        odds={name: _odds(name, row, bits) for name, row in table["odds"].items()},
        kinds={name: _kind(row) for name, row in table["kind"].items()},
        numbers=_numbers(table),
        presence=_rule(table["presence"]["excluded"], "/presence/excluded"),
        shuts=tuple(
            Shut(frozenset(row["kinds"]), _rule(row["when"], f"/shut/{i}"))
            for i, row in enumerate(table.get("shut", ()))
        ),
    )


def _optional(row: Mapping[str, Any], key: str, where: str) -> Node | None:
    return _rule(row[key], f"{where}/{key}") if key in row else None


def _rule(node: object, where: str) -> Node:
    return read_rule(node, "chains.toml", where)


def _gain(bit: int, name: str, row: Mapping[str, Any]) -> Gain:
    return Gain(
        name,
        bit,
        row["label"],
        tuple(row.get("sets", {}).items()),
        _optional(row, "when", f"/gain/{name}"),
        tuple(row.get("implied_by", ())),
    )


def _odds(name: str, row: Mapping[str, Any], bits: Mapping[str, int]) -> Odds:
    facts = tuple(
        OddsFact(float(item["factor"]), float(item["unknown"]), _rule(item["when"], f"/odds/{name}/facts/{i}"))
        for i, item in enumerate(row["facts"])
    )
    factors = tuple((bits[item["gain"]], float(item["factor"])) for item in row["factors"])
    return Odds(float(row["base"]), factors, facts)


def _kind(row: Mapping[str, Any]) -> Kind:
    return Kind(
        success=float(row["success"]),
        absence=float(row["absence"]),
        wait_months=float(row["wait_months"]),
        repeat_months=float(row["repeat_months"]),
        present=bool(row["present"]),
        if_it_fails=row["if_it_fails"],
    )


def _numbers(table: Mapping[str, Any]) -> Numbers:
    value, office, placement = table["value"], table["office"], table["odds"]["placement"]
    return Numbers(
        per_month=float(value["per_month"]),
        most_steps=int(value["most_steps"]),
        horizon_months=float(value["horizon_months"]),
        shrink_n=float(value["shrink_n"]),
        unknown_share=float(value["unknown_share"]),
        undocumented_share=float(value["undocumented_share"]),
        clarify_months=float(value["clarify_months"]),
        full_wait_months=float(value["full_wait_months"]),
        historic_years=int(value["historic_years"]),
        gap_months=float(value["gap_months"]),
        used_within=int(value["used_within"]),
        shown_from=float(value["shown_from"]),
        repeat_factor=float(value["repeat_factor"]),
        aftercare_months=float(value["aftercare_months"]),
        placement_first=float(office["placement_first"]),
        fitting_vacancy=float(placement["fitting_vacancy"]),
        bridge_vacancy=float(placement["bridge_vacancy"]),
    )
