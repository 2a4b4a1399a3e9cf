"""Steps that are not measures: which ones the rules trigger, as suggestions with a fixed base.

Source: `catalog/steps.toml`. A protected fact may trigger a step; its base is the same for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalog.tree import leaves, read_node
from matcher.eligibility.rule import RuleBook
from matcher.errors import CatalogProblems, Problem
from matcher.programme import Leaf, Tree
from matcher.results import MET, POINTS_PER_UNIT, Score, Suggestion, Verdict


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the exchange format: id without prefix, German title, base in points, trigger."""

    id: str
    title: str
    outcome: str
    base: int
    reason: str
    source: str
    when: Tree | Leaf | None


def read_rule(node: object, file: str, where: str) -> Tree | Leaf:
    """A rule tree of one of the catalogue's own tables; raises CatalogProblems."""
    problems: list[Problem] = []
    tree = read_node(
        node,
        where,
        lambda at, text: problems.append(Problem(file, None, at, None, f"{text}.", "See catalog/README.md.")),
    )
    if tree is None or problems:
        raise CatalogProblems(problems)
    return tree


def read_steps(table: Mapping[str, Any]) -> tuple[Step, ...]:
    """All steps, highest base first, ties by id."""
    steps = [
        Step(
            id=name,
            title=row["title"],
            outcome=row["outcome"],
            base=round(float(row["points"]) * POINTS_PER_UNIT),
            reason=row["reason"],
            source=row["source"],
            when=read_rule(row["when"], "steps.toml", f"/step/{name}/when") if "when" in row else None,
        )
        for name, row in table["step"].items()
    ]
    return tuple(sorted(steps, key=lambda step: (-step.base, step.id)))


def triggered(steps: tuple[Step, ...], book: RuleBook, b: int) -> list[Step]:
    """Steps whose rule is met for one person."""
    return [step for step in steps if step.when is not None and book.tree(step.when)[b] == MET]


def suggest_step(step: Step) -> Suggestion:
    """A step as a suggestion: base only, its reason and the fields its trigger read."""
    fields = tuple(dict.fromkeys(leaf.field for leaf in leaves(step.when)))
    verdict = Verdict(rule=f"step:{step.id}", verdict=MET, text=step.reason, source=step.source, fields=fields)
    return Suggestion(
        id=f"step:{step.id}",
        title=step.title,
        score=Score(base=step.base, contributions=()),
        eligibility="met",
        reasons=(f"{step.reason}.",),
        verdicts=(verdict,),
    )
