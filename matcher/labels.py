"""German labels and questions of facts, and values as a case worker reads them.

Source: `catalog/fields.toml`. No arithmetic; protected values are shown by the same words, masked at the doors.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Labels:
    """Label, question and access group of every fact."""

    table: Mapping[str, Mapping[str, Any]]

    def label(self, field: str) -> str:
        """The German name of a fact."""
        return str(self.table[field]["label"]) if field in self.table else field

    def question(self, field: str) -> str:
        """The question a case worker asks for it."""
        return str(self.table[field]["question"]) if field in self.table else f"{field} klären"

    def group(self, field: str) -> str:
        """The access group a reader's role needs to see the fact."""
        return str(self.table[field]["group"]) if field in self.table else "core"


def plain(value: Any) -> str:
    """A value in German: ja/nein, numbers without needless decimals, German dates, lists with commas."""
    if value is None:
        return "unbekannt"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, tuple | list):
        return ", ".join(plain(item) for item in value) or "keine"
    return str(value)
