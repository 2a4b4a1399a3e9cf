"""Rule trees over a block of persons: every distinct leaf once, trees combined by min, max and 2 - v.

Source: DESIGN section 4 (Rules) and 6 (Encodings). A leaf outside its own validity asks for nothing (met).
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.catalog.tree import leaves
from matcher.columns import Verdicts, tri
from matcher.eligibility.paths import Paths
from matcher.facts import Facts
from matcher.fields import FIELDS
from matcher.programme import Leaf, Tree
from matcher.results import MET, UNKNOWN

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">=": np.greater_equal,
    ">": np.greater,
    "<=": np.less_equal,
    "<": np.less,
    "=": np.equal,
    "!=": np.not_equal,
}


class RuleBook:
    """Evaluates trees for one block of persons, remembering every leaf it has answered."""

    def __init__(
        self,
        facts: Facts,
        known: tuple[Mapping[int, int], Verdicts] | None = None,
        opened: tuple[Mapping[int, int], NDArray[np.int64]] | None = None,
        paths: Paths | None = None,
    ) -> None:
        """`known` brings columns by node identity and their verdicts, `opened` the open facts (B, T) of whole trees.

        `paths` are the leaves of whole trees.
        """
        self.facts = facts
        self._columns: Mapping[int, int] = known[0] if known is not None else {}
        self._block: Verdicts | None = known[1] if known is not None else None
        self._leaves: dict[tuple[object, ...], NDArray[np.uint8]] = {}
        self._root_of: Mapping[int, int] = opened[0] if opened is not None else {}
        self._opened = opened[1] if opened is not None else np.zeros((len(facts), 0), dtype=np.int64)
        self._trees: dict[int, tuple[Tree, NDArray[np.uint8]]] = {}
        self._paths = paths
        self._reached: dict[tuple[int, int], dict[int, list[Leaf]]] = {}

    def tree(self, node: Tree | Leaf | None) -> NDArray[np.uint8]:
        """Verdict of a tree for every person, shape (B,); no tree at all is met."""
        if node is None:
            return np.full(len(self.facts), MET, dtype=np.uint8)
        column = self._columns.get(id(node))
        if column is not None and self._block is not None:
            return self._block[:, column]
        if isinstance(node, Leaf):
            return self.leaf(node)
        found = self._trees.get(id(node))
        if found is None:
            found = self._trees[id(node)] = (node, self._combine(node))
        return found[1]

    def _combine(self, node: Tree) -> NDArray[np.uint8]:
        parts = [self.tree(child) for child in node.children]
        if node.op == "not":
            return np.asarray(2 - parts[0], dtype=np.uint8)
        block = np.stack(parts)
        if node.op == "all":
            return np.asarray(block.min(axis=0), dtype=np.uint8)
        if node.op == "any":
            return np.asarray(block.max(axis=0), dtype=np.uint8)
        return np.asarray(np.sort(block, axis=0)[-node.n], dtype=np.uint8)

    def leaf(self, leaf: Leaf) -> NDArray[np.uint8]:
        """Verdict of one leaf for every person, shape (B,)."""
        key = (leaf.field, leaf.op, leaf.value, leaf.valid_from, leaf.valid_to)
        if key not in self._leaves:
            self._leaves[key] = self._evaluate(leaf)
        return self._leaves[key]

    def _evaluate(self, leaf: Leaf) -> NDArray[np.uint8]:
        if not in_force(leaf, self.facts.today):
            return np.full(len(self.facts), MET, dtype=np.uint8)
        spec = FIELDS[leaf.field]
        column = self.facts.column(leaf.field)
        if spec.kind == "yes_no":
            answer = tri(column)
            return answer if bool(leaf.value) == (leaf.op == "=") else np.asarray(2 - answer, dtype=np.uint8)
        if spec.kind in {"list", "text"}:
            return _sets(leaf, column)
        if spec.kind == "choice":
            return _choice(leaf, column, self.facts)
        unknown = np.isnat(column) if spec.kind == "date" else np.isnan(column)
        return _verdicts(unknown, _numbers(leaf, column))

    def open_counts(self, trees: Sequence[Tree | Leaf | None], b: int) -> NDArray[np.int64]:
        """How many distinct facts of each tree are unknown for one person, shape (len(trees),)."""
        row, place = self._opened[b].tolist(), self._root_of
        found = [
            0 if tree is None else row[place[id(tree)]] if id(tree) in place else int(self._open_count(tree)[b])
            for tree in trees
        ]
        return np.array(found, dtype=np.int64)

    def reached(self, tree: Tree | Leaf | None, b: int, verdict: int) -> list[Leaf]:
        """Leaves of a tree that are open or met for one person, and everything above them too, in their order.

        Open leaves are what to ask; met ones carry the admission, so that nothing above them may negate.
        """
        if tree is None:
            return []
        if self._paths is None or self._block is None or id(tree) not in self._paths.roots:
            return self._walked(tree, b, verdict)
        if (b, verdict) not in self._reached:
            find = self._paths.met if verdict == MET else self._paths.open
            self._reached[b, verdict] = find(self._block[b])
        return self._reached[b, verdict].get(id(tree), [])

    def _walked(self, node: Tree | Leaf, b: int, verdict: int) -> list[Leaf]:
        if self.tree(node)[b] != verdict:
            return []
        if isinstance(node, Leaf):
            return [node]
        if node.op == "not" and verdict == MET:
            return []
        return [leaf for child in node.children for leaf in self._walked(child, b, verdict)]

    def _open_count(self, tree: Tree | Leaf | None) -> NDArray[np.int64]:
        by_fact: dict[str, NDArray[np.bool_]] = {}
        for leaf in leaves(tree):
            unknown = self.tree(leaf) == UNKNOWN
            by_fact[leaf.field] = by_fact[leaf.field] | unknown if leaf.field in by_fact else unknown
        counts = np.zeros(len(self.facts), dtype=np.int64)
        for unknown in by_fact.values():
            counts += unknown
        return counts

    def matrix(self, trees: Sequence[Tree | Leaf | None]) -> Verdicts:
        """Block × programmes: the verdict of every tree for every person, shape (B, len(trees))."""
        if not trees:
            return np.empty((len(self.facts), 0), dtype=np.uint8)
        places = [-1 if tree is None else self._columns.get(id(tree), -2) for tree in trees]
        if self._block is None or -2 in places:
            return np.stack([self.tree(tree) for tree in trees], axis=1)
        found = np.array(places, dtype=np.intp)
        return np.where(found < 0, np.uint8(MET), self._block[:, found])


def in_force(leaf: Leaf, today: dt.date) -> bool:
    """Does the leaf apply on this day?"""
    return (leaf.valid_from is None or leaf.valid_from <= today) and (leaf.valid_to is None or today <= leaf.valid_to)


def _verdicts(unknown: NDArray[np.bool_], holds: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(unknown, UNKNOWN, np.where(holds, 2, 0)).astype(np.uint8)


def _numbers(leaf: Leaf, column: NDArray[Any]) -> NDArray[np.bool_]:
    if leaf.op in {"in", "not_in"}:
        inside = np.isin(column, np.array(leaf.value))
        return inside if leaf.op == "in" else ~inside
    value: Any = np.datetime64(leaf.value) if isinstance(leaf.value, dt.date) else leaf.value
    return np.asarray(COMPARE[leaf.op](column, value), dtype=np.bool_)


def _choice(leaf: Leaf, codes: NDArray[np.int16], facts: Facts) -> NDArray[np.uint8]:
    spec = FIELDS[leaf.field]
    if leaf.op in COMPARE and leaf.op not in {"=", "!="}:
        rank = dict(spec.order)
        table = np.array([rank.get(value, -1) for value in spec.values] + [-1])
        ranks = table[codes]
        return _verdicts(ranks < 0, np.asarray(COMPARE[leaf.op](ranks, rank[str(leaf.value)]), dtype=np.bool_))
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    answer = tri(facts.choice_in(leaf.field, [str(value) for value in values]))
    return answer if leaf.op in {"=", "in"} else np.asarray(2 - answer, dtype=np.uint8)


def _sets(leaf: Leaf, raw: list[Any]) -> NDArray[np.uint8]:
    wanted = set(leaf.value) if isinstance(leaf.value, tuple) else {leaf.value}
    answers = []
    for value in raw:
        have = None if value is None else ({value} if isinstance(value, str) else set(value))
        answers.append(UNKNOWN if have is None else (2 if _set_holds(leaf.op, have, wanted) else 0))
    return np.array(answers, dtype=np.uint8)


def _set_holds(op: str, have: set[Any], wanted: set[Any]) -> bool:
    if op == "has_all":
        return wanted <= have
    overlap = bool(have & wanted)
    return overlap if op in {"has_any", "=", "in"} else not overlap
