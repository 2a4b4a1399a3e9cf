"""Words that nobody shall read about a person, and texts that cannot stand alone: nowhere in what is shown.

Source: TRUST (no verdict on a person: an offer fits or does not fit); FIELD, words of case workers. What quotes or
describes a source (`source`, `note` …) may hold them, and so may patterns that read other people's texts.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.catalog.load import Catalog
from matcher.errors import Problem

AVOIDED = re.compile(r"nicht\s+geeignet|marktfern|zumutbar", re.IGNORECASE)
"""Also as parts of words ("arbeitsmarktfern", "Unzumutbarkeit")."""
LOOSE = re.compile(r"(?:oder|und|sowie)\b", re.IGNORECASE)
"""A text of a rule stands alone after "Zu klären:" and cannot begin so."""
ABOUT_SOURCES = frozenset(
    {"source", "sources", "document", "section", "quote", "note", "notes", "norm", "pattern", "unless"}
)


def word_problems(catalog: Catalog) -> list[Problem]:
    """Every shown text of tables and programmes that holds an avoided word or begins loosely, by file and place."""
    parts: dict[str, Any] = dict(catalog.tables)
    parts |= {f"programmes/{name}": dataclasses.asdict(one) for name, one in catalog.programmes.items()}
    return [
        Problem(
            f"{name}.toml",
            None,
            where,
            None,
            f"shows {found[0]!r}: {text!r}.",
            "Say it in words that stand alone and name what is needed.",
        )
        for name, part in parts.items()
        for where, text in shown_texts(part, "")
        if (found := AVOIDED.search(text) or (LOOSE.match(text) if where.endswith("/text") else None))
    ]


def shown_texts(node: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text below a node with its JSON pointer, except what is about sources."""
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if not _about_sources(str(key)):
                yield from shown_texts(value, f"{where}/{key}")
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from shown_texts(value, f"{where}/{index}")


def _about_sources(key: str) -> bool:
    return key in ABOUT_SOURCES or key.endswith(("_source", "_note"))
