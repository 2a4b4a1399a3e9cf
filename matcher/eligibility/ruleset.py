"""Many rule trees at once: leaves as table look-ups over a block, trees level by level with min, max and 2 - v.

Built once from the catalogue; `matcher.eligibility.rule.RuleBook` is the readable twin, and a test proves both equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from matcher.catalog.tree import leaves as leaves_of
from matcher.columns import Verdicts
from matcher.eligibility.paths import Paths, find_paths
from matcher.eligibility.rule import COMPARE, RuleBook, in_force
from matcher.facts import Facts, codes_of
from matcher.fields import FIELDS
from matcher.programme import Leaf, Tree
from matcher.results import MET, UNKNOWN

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Level:
    """Nodes of one height and operator: where they go, their children one after the other, where each starts."""

    op: str
    columns: Index
    children: Index
    starts: Index
    least: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """Yes/no and choice leaves: a table row per leaf, a column per code, the last (-1) for unknown."""

    columns: Index
    fields: tuple[str, ...]
    of_field: Index
    table: Verdicts
    rows: Index


@dataclass(frozen=True, slots=True)
class Compared:
    """Number leaves of one operator with their limits."""

    op: str
    columns: Index
    of_field: Index
    limits: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A set of trees, numbered leaves first, children before parents.

    `column` finds a node by identity; `roots` holds the trees so that no identity is ever reused.
    """

    roots: tuple[Tree | Leaf, ...]
    leaves: tuple[Leaf, ...]
    column: dict[int, int]
    coded: Coded
    numbers: tuple[str, ...]
    compared: tuple[Compared, ...]
    other: tuple[int, ...]
    levels: tuple[Level, ...]
    dated: tuple[int, ...]
    width: int
    of_root: NDArray[np.float64]
    by_field: Index
    field_starts: Index
    root_of: dict[int, int]
    paths: Paths

    def open_facts(self, block: Verdicts) -> NDArray[np.int64]:
        """How many distinct facts of each root are unknown for every person, shape (B, roots)."""
        leaves = block[:, self.by_field] == UNKNOWN
        unknown = np.logical_or.reduceat(leaves, self.field_starts, axis=1)
        return np.asarray(unknown.astype(np.float64) @ self.of_root.T, dtype=np.int64)

    def evaluate(self, facts: Facts) -> Verdicts:
        """Verdicts of every leaf and node for every person, shape (B, leaves + nodes)."""
        block = np.empty((len(facts), self.width), dtype=np.uint8)
        if len(self.coded.columns):
            codes = _codes(facts, self.coded.fields)[:, self.coded.of_field]
            block[:, self.coded.columns] = self.coded.table[self.coded.rows, codes]
        if self.numbers:
            numbers = _numbers(facts, self.numbers)
            for group in self.compared:
                values = numbers[:, group.of_field]
                holds = COMPARE[group.op](values, group.limits) * np.uint8(2)
                block[:, group.columns] = np.where(np.isnan(values), UNKNOWN, holds)
        slow = RuleBook(facts)
        for place in self.other:
            block[:, place] = slow.leaf(self.leaves[place])
        out = [place for place in self.dated if not in_force(self.leaves[place], facts.today)]
        if out:
            block[:, out] = MET
        for level in self.levels:
            block[:, level.columns] = _fold(level, block)
        return block


def _codes(facts: Facts, fields: tuple[str, ...]) -> NDArray[np.intp]:
    """Codes of yes/no and choice facts, shape (B, F); -1 unknown."""
    tables = [codes_of(name) for name in fields]
    rows = [
        [codes[value] for codes, value in zip(tables, person.several(fields), strict=True)] for person in facts.persons
    ]
    return np.array(rows, dtype=np.intp)


def _numbers(facts: Facts, fields: tuple[str, ...]) -> NDArray[np.float64]:
    """Number facts, shape (B, F); NaN unknown."""
    rows = [person.several(fields) for person in facts.persons]
    return np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=np.float64)


def _fold(level: Level, block: Verdicts) -> Verdicts:
    below = block[:, level.children]
    if level.op == "not":
        return np.asarray(2 - below, dtype=np.uint8)
    if level.op == "at_least":
        ends = [*level.starts[1:].tolist(), below.shape[1]]
        pairs = zip(level.starts.tolist(), ends, level.least, strict=True)
        return np.stack([np.sort(below[:, start:end], axis=1)[:, -n] for start, end, n in pairs], axis=1)
    fold = np.minimum if level.op == "all" else np.maximum
    return np.asarray(fold.reduceat(below, level.starts, axis=1), dtype=np.uint8)


def build_ruleset(trees: Iterable[Tree | Leaf | None]) -> RuleSet:
    """Number every leaf and node of these trees; equal leaves share one column."""
    roots = tuple(tree for tree in trees if tree is not None)
    leaves: list[Leaf] = []
    column: dict[int, int] = {}
    known: dict[tuple[object, ...], int] = {}
    for root in roots:
        _number_leaves(root, leaves, column, known)
    nodes: list[tuple[int, Tree]] = []
    for root in roots:
        _number_nodes(root, nodes, column, len(leaves))
    numbers = [i for i, leaf in enumerate(leaves) if FIELDS[leaf.field].kind == "number" and leaf.op in COMPARE]
    coded = [i for i, leaf in enumerate(leaves) if FIELDS[leaf.field].kind in {"yes_no", "choice"}]
    names, of_leaf = _fields(leaves, list(range(len(leaves))))
    number_fields = _fields(leaves, numbers)[0]
    return RuleSet(
        roots=roots,
        leaves=tuple(leaves),
        column=column,
        coded=_coded(leaves, coded),
        numbers=number_fields,
        compared=tuple(_compared(leaves, numbers, number_fields)),
        other=tuple(sorted(set(range(len(leaves))) - set(numbers) - set(coded))),
        levels=tuple(_levels(nodes, column)),
        dated=tuple(i for i, leaf in enumerate(leaves) if leaf.valid_from or leaf.valid_to),
        width=len(leaves) + len(nodes),
        of_root=_facts_of(roots, names),
        by_field=np.argsort(of_leaf, kind="stable"),
        field_starts=np.searchsorted(np.sort(of_leaf), np.arange(len(names))),
        root_of={id(root): place for place, root in enumerate(roots)},
        paths=find_paths(roots, column),
    )


def _facts_of(roots: tuple[Tree | Leaf, ...], names: tuple[str, ...]) -> NDArray[np.float64]:
    """Which facts each root reads, shape (roots, facts)."""
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(roots), len(names)))
    for row, root in enumerate(roots):
        table[row, [place[leaf.field] for leaf in leaves_of(root)]] = 1.0
    return table


def _number_leaves(
    node: Tree | Leaf, leaves: list[Leaf], column: dict[int, int], known: dict[tuple[object, ...], int]
) -> None:
    if isinstance(node, Tree):
        for child in node.children:
            _number_leaves(child, leaves, column, known)
        return
    key = (node.field, node.op, type(node.value), node.value, node.valid_from, node.valid_to)
    if key not in known:
        known[key] = len(leaves)
        leaves.append(node)
    column[id(node)] = known[key]


def _number_nodes(node: Tree | Leaf, nodes: list[tuple[int, Tree]], column: dict[int, int], offset: int) -> int:
    """Number a node after its children; returns its height."""
    if isinstance(node, Leaf):
        return 0
    height = 1 + max(_number_nodes(child, nodes, column, offset) for child in node.children)
    if id(node) not in column:
        column[id(node)] = offset + len(nodes)
        nodes.append((height, node))
    return height


def _levels(nodes: list[tuple[int, Tree]], column: dict[int, int]) -> Iterable[Level]:
    ordered = sorted(nodes, key=lambda entry: (entry[0], entry[1].op, column[id(entry[1])]))
    for (_, op), group in groupby(ordered, key=lambda entry: (entry[0], entry[1].op)):
        members = [node for _, node in group]
        children = [column[id(child)] for node in members for child in node.children]
        starts = np.cumsum([0, *(len(node.children) for node in members)])[:-1]
        places = np.array([column[id(node)] for node in members], dtype=np.int64)
        yield Level(op, places, np.array(children, dtype=np.int64), starts, tuple(node.n for node in members))


def _fields(leaves: list[Leaf], places: list[int]) -> tuple[tuple[str, ...], Index]:
    names = tuple(dict.fromkeys(leaves[i].field for i in places))
    return names, np.array([names.index(leaves[i].field) for i in places], dtype=np.int64)


def _coded(leaves: list[Leaf], places: list[int]) -> Coded:
    tables = [_table(leaves[i]) for i in places]
    table = np.full((len(places), max((len(row) for row in tables), default=1)), UNKNOWN, dtype=np.uint8)
    for row, values in enumerate(tables):
        table[row, : len(values)] = values
    rows = np.arange(len(places))[None, :]
    return Coded(np.array(places, dtype=np.int64), *_fields(leaves, places), _with_unknown(table), rows)


def _with_unknown(table: Verdicts) -> Verdicts:
    return np.hstack([table, np.full((len(table), 1), UNKNOWN, dtype=np.uint8)])


def _table(leaf: Leaf) -> list[int]:
    """Verdict of a leaf for every code of its fact."""
    spec = FIELDS[leaf.field]
    if spec.kind == "yes_no":
        wanted = bool(leaf.value) == (leaf.op == "=")
        return [0, 2] if wanted else [2, 0]
    if leaf.op in {">=", ">", "<=", "<"}:
        rank = dict(spec.order)
        here = rank[str(leaf.value)]
        return [UNKNOWN if v not in rank else int(COMPARE[leaf.op](rank[v], here)) * 2 for v in spec.values]
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return [2 if (v in values) == (leaf.op in {"=", "in"}) else 0 for v in spec.values]


def _compared(leaves: list[Leaf], places: list[int], names: tuple[str, ...]) -> Iterable[Compared]:
    for op in COMPARE:
        group = [i for i in places if leaves[i].op == op]
        if group:
            limits = np.array([leaves[i].value for i in group], dtype=np.float64)
            of_field = np.array([names.index(leaves[i].field) for i in group], dtype=np.int64)
            yield Compared(op, np.array(group, dtype=np.int64), of_field, limits)


def book_of(ruleset: RuleSet, facts: Facts) -> RuleBook:
    """A rule book whose answers for the set's trees are computed at once; other trees work as ever."""
    block = ruleset.evaluate(facts)
    return RuleBook(
        facts,
        known=(ruleset.column, block),
        opened=(ruleset.root_of, ruleset.open_facts(block)),
        paths=ruleset.paths,
    )
