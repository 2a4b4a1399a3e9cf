"""The store: the only place that knows the database and its schema."""

from matcher.store.saving import Counts
from matcher.store.store import ImportRecord, Store, open_store

__all__ = ["Counts", "ImportRecord", "Store", "open_store"]
