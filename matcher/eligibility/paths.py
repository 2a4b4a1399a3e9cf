"""Every leaf of many trees with the nodes above it: which leaves are met or open all the way up, found at once.

`matcher.eligibility.admission` walks a tree for the same answer where a tree is not among these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Verdicts
from matcher.programme import Leaf, Tree
from matcher.results import MET, UNKNOWN


@dataclass(frozen=True, slots=True)
class Paths:
    """L leaves in the order of their trees, equal ones as often as they stand there.

    `above` (L, D): columns of the leaf and of every node above it, the leaf's own repeated to the longest path;
    `plain` (L,): no node above negates; `root`: the identity of each leaf's tree, `roots` all of them.
    """

    leaves: tuple[Leaf, ...]
    above: NDArray[np.int64]
    plain: NDArray[np.bool_]
    root: tuple[int, ...]
    roots: frozenset[int]

    def open(self, verdicts: Verdicts) -> dict[int, list[Leaf]]:
        """Leaves that are unknown with everything above them, by their tree, for one person's verdicts (columns,)."""
        return self._grouped((verdicts[self.above] == UNKNOWN).all(axis=1))

    def met(self, verdicts: Verdicts) -> dict[int, list[Leaf]]:
        """Leaves that are met and carry everything above them, by their tree."""
        return self._grouped((verdicts[self.above] == MET).all(axis=1) & self.plain)

    def _grouped(self, wanted: NDArray[np.bool_]) -> dict[int, list[Leaf]]:
        found: dict[int, list[Leaf]] = {}
        for place in np.flatnonzero(wanted).tolist():
            found.setdefault(self.root[place], []).append(self.leaves[place])
        return found


def find_paths(roots: Sequence[Tree | Leaf], column: dict[int, int]) -> Paths:
    """The paths of numbered trees."""
    leaves: list[Leaf] = []
    above: list[list[int]] = []
    plain: list[bool] = []
    own: list[int] = []
    for root in {id(root): root for root in roots}.values():
        for leaf, nodes in _walk(root, ()):
            leaves.append(leaf)
            above.append([column[id(leaf)], *(column[id(node)] for node in nodes)])
            plain.append(all(node.op != "not" for node in nodes))
            own.append(id(root))
    depth = max(map(len, above), default=1)
    padded = [row + row[:1] * (depth - len(row)) for row in above]
    table = np.array(padded, dtype=np.int64).reshape(len(padded), depth)
    return Paths(tuple(leaves), table, np.array(plain, dtype=np.bool_), tuple(own), frozenset(map(id, roots)))


def _walk(node: Tree | Leaf, above: tuple[Tree, ...]) -> Iterator[tuple[Leaf, tuple[Tree, ...]]]:
    if isinstance(node, Leaf):
        yield node, above
        return
    for child in node.children:
        yield from _walk(child, (*above, node))
