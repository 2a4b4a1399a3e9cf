"""Steps as actions of the search: what each needs, changes, takes and how it went before.

Source: `catalog/effects.toml` (numbers and their sources) beside the programmes' own terms and the triggers of
`catalog/steps.toml`. Success is shrunken by n towards the kind's prior; durations grow by the kind's absences.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.catalog import Catalog
from matcher.models.foerderkette.tables import Kind, Node, Tables, read_rule
from matcher.models.foerderkette.values import DAYS_PER_MONTH
from matcher.programme import Programme

SEARCHED = ("step", "bridge", "gap")


@dataclass(frozen=True, slots=True)
class Action:
    """One step of the search; masks are bits of gains, days are whole days, `rate` is shrunken.

    `trees` must all hold (terms, trigger, further requirements); `odds` names the table of a final step whose rate
    depends on what has been gained. `only_certain`: an unknown trigger does not trigger. `follows`: it goes on where the
    step before was taken, no other offer is looked for. A variant shares its id.
    """

    id: str
    variant: str
    title: str
    why: str
    role: str
    kind: str
    gains: int
    needs: int
    trees: tuple[Node, ...]
    documented: bool
    days: tuple[int, int, int]
    rate: float
    odds: str | None
    beside: bool
    present: bool
    fields: frozenset[str]
    wait_days: int
    repeat_days: int
    stage_change: bool
    assumed: bool
    only_certain: bool
    follows: bool
    offer_level: str | None
    offer_words: tuple[str, ...]
    offer_words_not: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str

    @property
    def key(self) -> tuple[str, str]:
        """Id and variant: the order in which ties are broken."""
        return self.id, self.variant

    @property
    def is_step(self) -> bool:
        """Is it a step that needs no offer (steps.toml)?"""
        return self.id.startswith("step:")


def days_of(months: float) -> int:
    """Whole days of a number of months."""
    return round(months * DAYS_PER_MONTH)


def shrunken(success: Mapping[str, Any] | None, kind: Kind, weight: float) -> float:
    """The share that got through, pulled towards the kind's prior by `weight` participants."""
    if success is None:
        return kind.success
    n = float(success["n"])
    return (float(success["count"]) + kind.success * weight) / (n + weight)


def read_actions(catalog: Catalog, tables: Tables, programmes: Mapping[str, Programme]) -> tuple[Action, ...]:
    """Every searched step and variant, by id and variant; programmes without a row of their own are no steps."""
    effects = catalog.table("effects")
    steps = catalog.table("steps")["step"]
    found = []
    for name, row in effects.items():
        if row["role"] not in SEARCHED and row["role"] != "tail":
            continue
        programme = programmes.get(name)
        if programme is None and not name.startswith("step:"):
            continue
        step = steps.get(name.removeprefix("step:"), {}) if programme is None else {}
        for variant in row.get("variant", [{}]):
            merged = {**{k: v for k, v in row.items() if k != "variant"}, **variant}
            found.append(_action(name, merged, tables, programme, step))
    return tuple(sorted(found, key=lambda action: action.key))


def _action(
    name: str, row: Mapping[str, Any], tables: Tables, programme: Programme | None, step: Mapping[str, Any]
) -> Action:
    kind = tables.kinds[row["kind"]]
    least, typical, most = (float(months) for months in row["months"])
    return Action(
        id=name,
        variant=str(row.get("id", "")),
        title=programme.title if programme is not None else str(step["title"]),
        why=str(row.get("why", "")),
        role=row["role"],
        kind=row["kind"],
        gains=tables.mask(row["gains"]),
        needs=tables.mask(row.get("needs", ())),
        trees=_trees(name, row, tables, programme, step),
        documented=programme is None or programme.terms_documented,
        days=(days_of(least), max(1, days_of(typical * kind.absence)), days_of(most * kind.absence)),
        rate=shrunken(row.get("success"), kind, tables.numbers.shrink_n),
        odds=row.get("odds"),
        beside=bool(row.get("beside", False)),
        present=bool(row.get("present", kind.present)),
        fields=frozenset(row.get("fields", ())),
        wait_days=days_of(float(row.get("wait_months", kind.wait_months))),
        repeat_days=max(1, days_of(float(row.get("repeat_months", kind.repeat_months)))),
        stage_change=bool(row.get("stage_change", False)),
        assumed="success" not in row,
        only_certain=programme is None and not row.get("ask", False),
        follows=bool(row.get("follows", False)),
        offer_level=row.get("offer_level"),
        offer_words=tuple(row.get("offer_words", ())),
        offer_words_not=tuple(row.get("offer_words_not", ())),
        valid_from=programme.valid_from if programme is not None else None,
        valid_to=programme.valid_to if programme is not None else None,
        source=str(row.get("source", row.get("months_source", ""))),
    )


def _trees(
    name: str, row: Mapping[str, Any], tables: Tables, programme: Programme | None, step: Mapping[str, Any]
) -> tuple[Node, ...]:
    trees: list[Node] = []
    if programme is not None and programme.terms is not None:
        trees.append(programme.terms)
    if "when" in step and not row.get("replaces_trigger", False):
        trees.append(read_rule(step["when"], "steps.toml", f"/step/{name}/when"))
    if "requires" in row:
        trees.append(read_rule(row["requires"], "effects.toml", f"/{name}/requires"))
    return tuple(trees)


def titles_of(catalog: Catalog, programmes: Mapping[str, Programme]) -> dict[str, str]:
    """Title of every programme and step."""
    steps = {f"step:{name}": str(row["title"]) for name, row in catalog.table("steps")["step"].items()}
    return steps | {name: programme.title for name, programme in programmes.items()}


def index_of(actions: Sequence[Action], name: str) -> int:
    """Number of the first action with this id."""
    return next(i for i, action in enumerate(actions) if action.id == name)
