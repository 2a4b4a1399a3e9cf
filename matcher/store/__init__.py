"""The store: the only place that knows the database and its schema."""

from matcher.store import daily_tables as _daily_tables  # noqa: F401  (registers its tables with the metadata)
from matcher.store.store import Counts, ImportRecord, Store, open_store

__all__ = ["Counts", "ImportRecord", "Store", "open_store"]
