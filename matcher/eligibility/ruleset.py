"""Many rule trees at once: leaves as table look-ups over a block, trees level by level with min, max and 2 - v.

Built once from the catalogue; `matcher.eligibility.rule.RuleBook` is the readable twin, and a test proves both equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Verdicts
from matcher.eligibility.rule import COMPARE, RuleBook, in_force
from matcher.facts import Facts
from matcher.fields import FIELDS
from matcher.programme import Leaf, Tree
from matcher.results import MET, UNKNOWN

OPS = ("all", "any", "not", "at_least")


@dataclass(slots=True)
class RuleSet:
    """Every distinct leaf and node of a set of trees, numbered leaves first; children before parents.

    `column` finds a node by identity; `keep` holds the trees so that no identity is ever reused.
    """

    leaves: list[Leaf] = field(default_factory=list)
    nodes: list[Tree] = field(default_factory=list)
    children: list[tuple[int, ...]] = field(default_factory=list)
    height: list[int] = field(default_factory=list)
    column: dict[int, int] = field(default_factory=dict)
    keep: list[Tree | Leaf] = field(default_factory=list)

    def index(self, node: Tree | Leaf) -> int | None:
        """Column of a node in `evaluate`'s answer, None when it does not belong to this set."""
        return self.column.get(id(node))

    def evaluate(self, facts: Facts) -> Verdicts:
        """Verdicts of every leaf and node for every person, shape (B, leaves + nodes)."""
        block = np.empty((len(facts), len(self.leaves) + len(self.nodes)), dtype=np.uint8)
        self._leaves(facts, block)
        offset = len(self.leaves)
        for height in range(1, max(self.height, default=0) + 1):
            for op in OPS:
                rows = [i for i, node in enumerate(self.nodes) if node.op == op and self.height[i] == height]
                if rows:
                    block[:, [offset + i for i in rows]] = self._combine(op, rows, block)
        return block

    def _combine(self, op: str, rows: list[int], block: Verdicts) -> Verdicts:
        if op == "at_least":
            parts = [np.sort(block[:, self.children[i]], axis=1)[:, -self.nodes[i].n] for i in rows]
            return np.stack(parts, axis=1)
        flat = [child for i in rows for child in self.children[i]]
        if op == "not":
            return np.asarray(2 - block[:, flat], dtype=np.uint8)
        starts = np.cumsum([0, *(len(self.children[i]) for i in rows)][:-1])
        fold = np.minimum if op == "all" else np.maximum
        return np.asarray(fold.reduceat(block[:, flat], starts, axis=1), dtype=np.uint8)

    def _leaves(self, facts: Facts, block: Verdicts) -> None:
        active = [in_force(leaf, facts.today) for leaf in self.leaves]
        kinds = [FIELDS[leaf.field].kind for leaf in self.leaves]
        groups: dict[str, list[int]] = {"coded": [], "number": [], "other": []}
        for i, (leaf, kind) in enumerate(zip(self.leaves, kinds, strict=True)):
            simple = kind == "number" and leaf.op in COMPARE
            groups["coded" if kind in {"yes_no", "choice"} else "number" if simple else "other"].append(i)
        block[:, groups["coded"]] = _coded([self.leaves[i] for i in groups["coded"]], facts)
        block[:, groups["number"]] = _numbers([self.leaves[i] for i in groups["number"]], facts)
        slow = RuleBook(facts)
        for i in groups["other"]:
            block[:, i] = slow.leaf(self.leaves[i])
        block[:, [i for i, on in enumerate(active) if not on]] = MET


def build_ruleset(trees: Iterable[Tree | Leaf | None]) -> RuleSet:
    """Number every leaf and node of these trees; equal leaves share one column."""
    found, known = RuleSet(), dict[tuple[object, ...], int]()
    roots = [tree for tree in trees if tree is not None]
    found.keep.extend(roots)
    for root in roots:
        _add_leaves(root, found, known)
    for root in roots:
        _add_nodes(root, found)
    return found


def _add_leaves(node: Tree | Leaf, found: RuleSet, known: dict[tuple[object, ...], int]) -> None:
    if isinstance(node, Tree):
        for child in node.children:
            _add_leaves(child, found, known)
        return
    key = (node.field, node.op, type(node.value), node.value, node.valid_from, node.valid_to)
    if key not in known:
        known[key] = len(found.leaves)
        found.leaves.append(node)
    found.column[id(node)] = known[key]


def _add_nodes(node: Tree | Leaf, found: RuleSet) -> int:
    """Number a node after its children; returns its height."""
    if isinstance(node, Leaf):
        return 0
    height = 1 + max(_add_nodes(child, found) for child in node.children)
    if id(node) not in found.column:
        found.column[id(node)] = len(found.leaves) + len(found.nodes)
        found.nodes.append(node)
        found.children.append(tuple(found.column[id(child)] for child in node.children))
        found.height.append(height)
    return height


def _coded(leaves: list[Leaf], facts: Facts) -> Verdicts:
    """Yes/no and choice leaves: one table row per leaf, one column per code, the last for unknown."""
    if not leaves:
        return np.empty((len(facts), 0), dtype=np.uint8)
    tables = [_table(leaf) for leaf in leaves]
    width = max(len(table) for table in tables)
    table = np.full((len(leaves), width), UNKNOWN, dtype=np.uint8)
    for row, values in enumerate(tables):
        table[row, : len(values) - 1] = values[:-1]
    codes = np.stack([facts.column(leaf.field) for leaf in leaves], axis=1).astype(np.int64)
    return table[np.arange(len(leaves))[None, :], np.where(codes < 0, width - 1, codes)]


def _table(leaf: Leaf) -> list[int]:
    spec = FIELDS[leaf.field]
    if spec.kind == "yes_no":
        wanted = bool(leaf.value) == (leaf.op == "=")
        return [0 if wanted else 2, 2 if wanted else 0, UNKNOWN]
    if leaf.op in {">=", ">", "<=", "<"}:
        rank = dict(spec.order)
        here = rank[str(leaf.value)]
        found = [UNKNOWN if v not in rank else int(COMPARE[leaf.op](rank[v], here)) * 2 for v in spec.values]
        return [*found, UNKNOWN]
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    positive = leaf.op in {"=", "in"}
    return [*(2 if (v in values) == positive else 0 for v in spec.values), UNKNOWN]


def _numbers(leaves: list[Leaf], facts: Facts) -> Verdicts:
    """Number leaves with one comparison each, all leaves of one operator at once."""
    block = np.empty((len(facts), len(leaves)), dtype=np.uint8)
    for op, compare in COMPARE.items():
        rows = [i for i, leaf in enumerate(leaves) if leaf.op == op]
        if not rows:
            continue
        values: NDArray[np.float64] = np.stack([facts.column(leaves[i].field) for i in rows], axis=1)
        limits: Any = np.array([leaves[i].value for i in rows], dtype=np.float64)
        block[:, rows] = np.where(np.isnan(values), UNKNOWN, compare(values, limits) * 2)
    return block


def book_of(ruleset: RuleSet, facts: Facts) -> RuleBook:
    """A rule book whose answers for the set's trees are computed at once; other trees work as ever."""
    return RuleBook(facts, known=(ruleset.column, ruleset.evaluate(facts)))
