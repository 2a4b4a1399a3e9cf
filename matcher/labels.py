"""German labels and questions of facts, and values as a case worker reads them.

Source: `catalog/fields.toml`. No arithmetic; protected values are shown by the same words, masked at the doors.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EXCHANGE_NAMES = {"available_window": "available_windows", "children_ages": "children", "childcare_window": "children"}
"""Short forms of the exchange format and the fact that holds them."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Label, question and access group of every fact."""

    table: Mapping[str, Mapping[str, Any]]

    def _row(self, field: str) -> Mapping[str, Any] | None:
        """The row of a fact; the exchange format's own names find it too."""
        return self.table.get(EXCHANGE_NAMES.get(field, field))

    def label(self, field: str) -> str:
        """The German noun for a fact, as in "… klären": its topic, else the title of its column."""
        row = self._row(field)
        return field if row is None else str(row.get("topic", row["label"]))

    def question(self, field: str) -> str:
        """The question a case worker asks for it."""
        row = self._row(field)
        return f"{field} klären" if row is None else str(row["question"])

    def group(self, field: str) -> str:
        """The access group a reader's role needs to see the fact."""
        row = self._row(field)
        return "core" if row is None else str(row["group"])


def hours_words(hours: float) -> str:
    """A number of hours in German: "1 Stunde", "1,5 Stunden"."""
    number = f"{hours:g}".replace(".", ",")
    return f"{number} Stunde{'' if number == '1' else 'n'}"


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
