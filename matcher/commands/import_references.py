"""Programmes that an imported list may name or must not take: those of the catalogue and the office's own."""

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import MatcherError

if TYPE_CHECKING:
    from matcher.store import Store


def catalogue_programmes() -> frozenset[str]:
    """Ids of the catalogue's programmes."""
    from matcher.catalog import load_catalog

    return frozenset(load_catalog().programmes)


def own_programmes(store: "Store | None", folder: Path) -> frozenset[str]:
    """Ids of the office's own programmes; a dry run (no store) looks into a database that is there and makes none."""
    if store is not None:
        return frozenset(programme.id for programme in store.programmes())
    from matcher.store.store import open_configured

    try:
        with open_configured(folder, create=False) as existing:
            return own_programmes(existing, folder)
    except MatcherError:  # nothing has been imported yet
        return frozenset()
