"""Admission: a programme's own terms for a block of persons, and which leaves decided.

Source: terms of `catalog/programmes/*.toml`, each leaf with document and section (DESIGN section 4, Rules).
"""

from collections.abc import Sequence

import numpy as np

from matcher.columns import Verdicts
from matcher.eligibility.rule import RuleBook
from matcher.labels import plain
from matcher.programme import Leaf, Programme, Tree
from matcher.results import MET, NOT_MET, UNKNOWN, Verdict

UNDOCUMENTED = "Aufnahmebedingungen sind nicht dokumentiert: beim Träger klären"


def check_admission(book: RuleBook, programmes: Sequence[Programme]) -> Verdicts:
    """Verdict per person and programme, shape (B, P); what documents no terms is unknown."""
    verdicts = book.matrix([programme.terms for programme in programmes])
    documented = np.array([programme.terms_documented for programme in programmes], dtype=np.bool_)
    return np.where(documented[None, :], verdicts, np.minimum(verdicts, UNKNOWN)).astype(np.uint8)


def failed_terms(book: RuleBook, programme: Programme, b: int) -> tuple[Verdict, ...]:
    """The terms that keep this person out, in the order of the source; alternatives as one sentence."""
    return tuple(_failed(book, programme.terms, programme.id, b))


def _failed(book: RuleBook, node: Tree | Leaf | None, name: str, b: int) -> list[Verdict]:
    if node is None or book.tree(node)[b] != NOT_MET:
        return []
    if isinstance(node, Leaf):
        return [_verdict(book, node, name, b, NOT_MET, f"Vorausgesetzt: {node.text}")]
    if node.op == "all":
        return [verdict for child in node.children for verdict in _failed(book, child, name, b)]
    return [_joined(book, node, name, b)]


def _joined(book: RuleBook, node: Tree, name: str, b: int) -> Verdict:
    """One verdict for `any`, `at_least` or `not`: all its leaves together."""
    leaves = list(_leaves(node))
    texts = list(dict.fromkeys(leaf.text for leaf in leaves))
    if node.op == "not":
        text = "Ausgeschlossen: " + ", ".join(texts)
    else:
        count = "eines" if node.op == "any" else str(node.n)
        text = f"Vorausgesetzt ist mindestens {count} von: " + "; ".join(texts)
    seen = tuple((leaf.field, plain(book.facts.value(leaf.field, b))) for leaf in leaves)
    return Verdict(
        rule=f"{name}:{leaves[0].field}",
        verdict=NOT_MET,
        text=text,
        source=leaves[0].source,
        fields=tuple(dict.fromkeys(leaf.field for leaf in leaves)),
        seen=tuple(dict.fromkeys(seen)),
    )


def open_leaves(book: RuleBook, programme: Programme, b: int) -> list[Leaf]:
    """Unknown leaves that can still decide: what to ask before this programme can be judged."""
    return book.reached(programme.terms, b, UNKNOWN)


def open_text(leaf: Leaf) -> str:
    """What an open leaf says."""
    return f"Zu klären: {leaf.text}"


def open_terms(book: RuleBook, programme: Programme, b: int) -> tuple[Verdict, ...]:
    """The same as verdicts with their words."""
    leaves = open_leaves(book, programme, b)
    return tuple(_verdict(book, leaf, programme.id, b, UNKNOWN, open_text(leaf)) for leaf in leaves)


def met_terms(book: RuleBook, programme: Programme, b: int) -> tuple[Verdict, ...]:
    """Leaves that are met and carry the admission, for the reasons."""
    leaves = book.reached(programme.terms, b, MET)
    return tuple(_verdict(book, leaf, programme.id, b, MET, leaf.text) for leaf in leaves)


def _verdict(book: RuleBook, leaf: Leaf, name: str, b: int, verdict: int, text: str) -> Verdict:
    return Verdict(
        rule=f"{name}:{leaf.field}",
        verdict=verdict,
        text=text,
        source=leaf.source,
        fields=(leaf.field,),
        seen=((leaf.field, plain(book.facts.value(leaf.field, b))),),
    )


def _leaves(node: Tree | Leaf) -> list[Leaf]:
    return [node] if isinstance(node, Leaf) else [leaf for child in node.children for leaf in _leaves(child)]
