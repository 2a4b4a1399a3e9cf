"""Read rule trees from TOML nodes: `all`, `any`, `not`, `at_least` and leaves.

Format: `catalog/README.md`, section Terms. Every problem is collected with its JSON pointer.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matcher.programme import Leaf, Scalar, Tree

Report = Callable[[str, str], None]
"""Called with a JSON pointer and a message for everything that is wrong."""

NODES = ("all", "any", "not", "at_least")
LEAF_KEYS = {"field", "op", "value", "text", "source", "valid_from", "valid_to"}


def read_node(node: object, where: str, report: Report) -> Tree | Leaf | None:
    """Return the tree below `node`, or None after reporting what is wrong with it."""
    if not isinstance(node, Mapping):
        report(where, "must be a table with all, any, not, at_least or a leaf")
        return None
    inner = [key for key in NODES if key in node]
    if inner and len(node) > 1:
        report(where, f"has {', '.join(sorted(node))}: a node holds exactly one of {', '.join(NODES)}")
        return None
    if not inner:
        return _leaf(node, where, report)
    return _branch(inner[0], node[inner[0]], f"{where}/{inner[0]}", report)


def _branch(op: str, body: Any, where: str, report: Report) -> Tree | None:
    if op == "not":
        child = read_node(body, where, report)
        return None if child is None else Tree(op="not", children=(child,))
    n = 0
    if op == "at_least":
        if not isinstance(body, Mapping) or set(body) != {"n", "of"} or not isinstance(body["n"], int):
            report(where, "must be { n = number, of = [ … ] }")
            return None
        n, body = body["n"], body["of"]
    if not isinstance(body, list) or not body:
        report(where, "must be a list with at least one node")
        return None
    children = [read_node(child, f"{where}/{i}", report) for i, child in enumerate(body)]
    if op == "at_least" and not 1 <= n <= len(children):
        report(where, f"n = {n} must lie between 1 and the {len(children)} listed nodes")
    return Tree(op=op, children=tuple(child for child in children if child is not None), n=n)


def _leaf(node: Mapping[str, Any], where: str, report: Report) -> Leaf | None:
    missing = {"field", "op", "value", "text", "source"} - set(node)
    unknown = set(node) - LEAF_KEYS
    if missing or unknown:
        report(where, f"leaf lacks {sorted(missing) or 'nothing'}, has unknown keys {sorted(unknown) or 'none'}")
        return None
    value = node["value"]
    fixed: Scalar | tuple[Scalar, ...] = tuple(value) if isinstance(value, list) else value
    if isinstance(fixed, int) and not isinstance(fixed, bool):
        fixed = float(fixed)
    dates = {key: node.get(key) for key in ("valid_from", "valid_to")}
    if any(date is not None and not isinstance(date, dt.date) for date in dates.values()):
        report(where, "valid_from and valid_to are dates")
        return None
    return Leaf(
        field=str(node["field"]),
        op=str(node["op"]),
        value=fixed,
        text=str(node["text"]),
        source=str(node["source"]),
        valid_from=dates["valid_from"],
        valid_to=dates["valid_to"],
    )


def leaves(tree: Tree | Leaf | None) -> Iterator[Leaf]:
    """All leaves of a tree, left to right."""
    if tree is None:
        return
    if isinstance(tree, Leaf):
        yield tree
        return
    for child in tree.children:
        yield from leaves(child)
