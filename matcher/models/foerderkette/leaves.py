"""Verdict of one leaf or tree on plain values: the scalar twin of `matcher.eligibility.rule`, for changed states.

A test holds both equal. 0 not met, 1 unknown, 2 met; AND is min, OR is max, NOT is 2 - v.
"""

import datetime as dt
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from matcher.eligibility.rule import in_force
from matcher.fields import FIELDS
from matcher.programme import Leaf, Tree
from matcher.results import MET, NOT_MET, UNKNOWN

COMPARE: dict[str, Callable[[Any, Any], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt, "=": eq, "!=": ne}
_ORDERS = {name: dict(spec.order) for name, spec in FIELDS.items() if spec.order}


def leaf_verdict(leaf: Leaf, value: Any, day: dt.date) -> int:
    """Verdict of a leaf for a fact's plain value (None unknown) on a day."""
    if not in_force(leaf, day):
        return MET
    if value is None:
        return UNKNOWN
    kind = FIELDS[leaf.field].kind
    if kind in {"list", "text"}:
        return MET if _sets(leaf, value) else NOT_MET
    if kind == "choice" and leaf.op in {">=", ">", "<=", "<"}:
        order = _ORDERS[leaf.field]
        if value not in order:
            return UNKNOWN
        return MET if COMPARE[leaf.op](order[value], order[str(leaf.value)]) else NOT_MET
    return MET if _holds(leaf, value) else NOT_MET


def _holds(leaf: Leaf, value: Any) -> bool:
    if leaf.op in {"in", "not_in"}:
        values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        return (value in values) == (leaf.op == "in")
    return COMPARE[leaf.op](value, leaf.value)


def _sets(leaf: Leaf, value: Any) -> bool:
    wanted = set(leaf.value) if isinstance(leaf.value, tuple) else {leaf.value}
    have = {value} if isinstance(value, str) else set(value)
    if leaf.op == "has_all":
        return wanted <= have
    overlap = bool(have & wanted)
    return overlap if leaf.op in {"has_any", "=", "in"} else not overlap


def tree_verdict(node: Tree | Leaf, ask: Callable[[Leaf], int]) -> int:
    """Verdict of a tree, asking `ask` for its leaves."""
    if isinstance(node, Leaf):
        return ask(node)
    if node.op == "not":
        return 2 - tree_verdict(node.children[0], ask)
    if node.op == "all":
        worst = MET
        for child in node.children:
            worst = min(worst, tree_verdict(child, ask))
            if worst == NOT_MET:
                break
        return worst
    if node.op == "any":
        best = NOT_MET
        for child in node.children:
            best = max(best, tree_verdict(child, ask))
            if best == MET:
                break
        return best
    return sorted(tree_verdict(child, ask) for child in node.children)[-node.n]
