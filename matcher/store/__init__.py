"""The store: the only place that knows the database and its schema."""

from matcher.store.store import Counts, ImportRecord, Store, open_store

__all__ = ["Counts", "ImportRecord", "Store", "open_store"]
