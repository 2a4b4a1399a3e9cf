"""The catalogue: programmes, steps, needs, weights, questions, read once and validated."""

from matcher.catalog.load import Catalog, load_catalog

__all__ = ["Catalog", "load_catalog"]
