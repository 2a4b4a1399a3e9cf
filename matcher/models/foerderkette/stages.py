"""Stage logic as data: stages of a programme, which change is documented, its written reason, extension.

Source: `catalog/stages_jps.toml` (documents 000 and 003). Planning works with no stage at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.models.foerderkette.tables import Node, read_rule


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: programme, German title, goals, documented changes, checks in months, when extension is due."""

    id: str
    programme: str
    title: str
    goals: tuple[str, ...]
    next: tuple[str, ...]
    indicators: tuple[str, ...]
    checks: tuple[int, ...]
    needs_consent: bool
    extension: tuple[str, ...]
    extension_when: Node | None
    source: str


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages, and the open steps of every change of stage."""

    title: str
    stages: Mapping[str, Stage]
    open_steps: tuple[str, ...]
    source: str

    def of_programme(self, name: str) -> Stage | None:
        """The stage that a programme is."""
        return next((stage for stage in self.stages.values() if stage.programme == name), None)

    def may_change(self, here: str, there: str) -> bool:
        """Do the documents know this change of stage?"""
        return here in self.stages and there in self.stages[here].next


NO_STAGES = Stages("", {}, (), "")


def read_stages(table: Mapping[str, Any] | None) -> Stages:
    """Read a programme logic file; without one there are no stages."""
    if not table:
        return NO_STAGES
    stages = {name: _stage(name, row) for name, row in table["stage"].items()}
    return Stages(table["title"], stages, tuple(table["change"]["open_steps"]), table["change"]["source"])


def _stage(name: str, row: Mapping[str, Any]) -> Stage:
    when = row.get("extension_when")
    return Stage(
        id=name,
        programme=row["programme"],
        title=row["title"],
        goals=tuple(row["goals"]),
        next=tuple(row["next"]),
        indicators=tuple(row.get("indicators", ())),
        checks=tuple(row.get("checks", ())),
        needs_consent=bool(row.get("needs_consent", True)),
        extension=tuple(row.get("extension", ())),
        extension_when=None if when is None else read_rule(when, "stages_jps.toml", f"/stage/{name}/extension_when"),
        source=row["source"],
    )


def change_reason(stages: Stages, here: str, there: str, steps: tuple[str, ...]) -> str:
    """The written reason for the annex "Begründung Stufenwechsel": what is reached, what follows, by when.

    `steps` are the onward steps with their dates, in German. Nothing protected is named.
    """
    old, new = stages.stages[here], stages.stages[there]
    lines = [
        f"Begründung Stufenwechsel: von {old.title} nach {new.title}",
        "",
        "Ziele der bisherigen Stufe: " + "; ".join(old.goals) + ".",
        "Ziele der neuen Stufe: " + "; ".join(new.goals) + ".",
        "Der Wechsel folgt dem, was als Nächstes trägt; der erreichte Stand geht nicht verloren.",
        "",
        "Vorschlag zum weiteren Vorgehen mit Zeitschiene:",
        *(f"  {number}. {step}" for number, step in enumerate(steps, start=1)),
        "",
        "Noch offen:",
        *(f"  - {step}" for step in stages.open_steps[:2]),
        "",
        f"Grundlage: {stages.source}",
    ]
    return "\n".join(lines)
