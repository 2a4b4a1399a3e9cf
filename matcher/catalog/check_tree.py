"""Static checks of rule trees: known facts, fitting operators and values, and terms that exclude each other."""

import datetime as dt
import math
from collections import defaultdict

from matcher.catalog.tree import Report, leaves
from matcher.fields import FIELDS, FieldSpec
from matcher.programme import Leaf, Tree

COMPARE = {">=", ">", "<=", "<"}
OPS: dict[str, set[str]] = {
    "yes_no": {"=", "!="},
    "number": COMPARE | {"=", "!=", "in", "not_in"},
    "choice": {"=", "!=", "in", "not_in"},
    "list": {"has_any", "has_all", "has_none"},
    "date": COMPARE | {"=", "!="},
    "text": {"=", "!=", "in", "not_in"},
    "value": set(),
}


def check_leaf(leaf: Leaf, where: str, report: Report) -> None:
    """Report an unknown fact, an operator that does not fit its kind, or a value it can never have."""
    spec = FIELDS.get(leaf.field)
    if spec is None:
        report(where, f"unknown fact {leaf.field!r}; see matcher.fields.FIELDS")
        return
    allowed = OPS[spec.kind] | (COMPARE if spec.order else set())
    if leaf.op not in allowed:
        report(where, f"{leaf.field} ({spec.kind}) does not take {leaf.op!r}; it takes {sorted(allowed)}")
        return
    many = leaf.op in {"in", "not_in", "has_any", "has_all", "has_none"}
    if many != isinstance(leaf.value, tuple):
        report(where, f"{leaf.op} takes {'a list' if many else 'one value'}")
        return
    for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
        _check_value(spec, value, where, report)
    if not leaf.text.strip() or not leaf.source.strip():
        report(where, "text and source must not be empty")


def _check_value(spec: FieldSpec, value: object, where: str, report: Report) -> None:
    types: dict[str, tuple[type, ...]] = {
        "yes_no": (bool,),
        "number": (float, int),
        "date": (dt.date,),
        "choice": (str,),
        "list": (str,),
        "text": (str,),
    }
    if not isinstance(value, types[spec.kind]) or (spec.kind == "number" and isinstance(value, bool)):
        report(where, f"{spec.name} is a {spec.kind}, not {value!r}")
    elif spec.values and value not in spec.values:
        report(where, f"{spec.name} never is {value!r}; it is one of {', '.join(spec.values)}")
    elif spec.order and value not in dict(spec.order):
        report(where, f"{spec.name}: {value!r} has no place in its order")


def check_contradictions(tree: Tree | Leaf, where: str, report: Report) -> None:
    """Report facts whose required values exclude each other within one `all`."""
    if isinstance(tree, Leaf):
        return
    if tree.op == "all":
        direct = [child for child in tree.children if isinstance(child, Leaf)]
        by_field: dict[str, list[Leaf]] = defaultdict(list)
        for leaf in direct:
            by_field[leaf.field].append(leaf)
        for name, group in by_field.items():
            if not _satisfiable(FIELDS.get(name), group):
                report(where, f"no person can meet all terms on {name}: {[(x.op, x.value) for x in group]}")
    for index, child in enumerate(tree.children):
        check_contradictions(child, f"{where}/{index}", report)


def _satisfiable(spec: FieldSpec | None, group: list[Leaf]) -> bool:
    if spec is None or any(leaf.valid_from or leaf.valid_to for leaf in group):
        return True
    if spec.kind == "number":
        return _interval_open(group)
    if spec.kind in {"choice", "yes_no"}:
        values: set[object] = set(spec.values) if spec.values else {True, False}
        rank = dict(spec.order)
        return any(all(_holds(leaf, value, rank) for leaf in group) for value in values)
    return True


def _holds(leaf: Leaf, value: object, rank: dict[str, int]) -> bool:
    if leaf.op in {"=", "!="}:
        return (value == leaf.value) == (leaf.op == "=")
    if leaf.op in {"in", "not_in"}:
        return (value in leaf.value) == (leaf.op == "in")  # type: ignore[operator]
    if str(value) not in rank:
        return False
    a, b = rank[str(value)], rank[str(leaf.value)]
    return {">=": a >= b, ">": a > b, "<=": a <= b, "<": a < b}[leaf.op]


def _interval_open(group: list[Leaf]) -> bool:
    low, high, strict_low, strict_high = -math.inf, math.inf, False, False
    for leaf in group:
        if not isinstance(leaf.value, float | int):
            continue
        value = float(leaf.value)
        if leaf.op in {">=", ">", "="} and (value > low or (value == low and leaf.op == ">")):
            low, strict_low = value, leaf.op == ">"
        if leaf.op in {"<=", "<", "="} and (value < high or (value == high and leaf.op == "<")):
            high, strict_high = value, leaf.op == "<"
    return low < high or (low == high and not strict_low and not strict_high)


def check_tree(tree: Tree | Leaf | None, where: str, report: Report) -> None:
    """All static checks of one tree."""
    if tree is None:
        return
    for index, leaf in enumerate(leaves(tree)):
        check_leaf(leaf, f"{where}/leaf {index} ({leaf.field})", report)
    check_contradictions(tree, where, report)
