"""Catalogue linter: missing sources, unreachable programmes, contradictory terms, figures that do not add up.

Run as `python -m matcher.catalog.lint` (also part of `matcher doctor` and of the tests).
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from matcher.catalog.lint_words import word_problems
from matcher.catalog.load import Catalog, load_catalog
from matcher.catalog.tree import leaves
from matcher.errors import CatalogProblems, Problem
from matcher.programme import Evidence, Programme
from matcher.vocabulary import PROTECTED_NEEDS

ROUNDING = 0.006
"""A printed share may differ from count / n by the rounding of a whole percentage."""


def lint(catalog: Catalog) -> list[Problem]:
    """Everything worth mending in a catalogue that loads."""
    steps = set(catalog.tables.get("steps", {}).get("step", {}))
    fields = set(catalog.tables.get("berufsfelder", {}).get("berufsfeld", {}))
    known = set(catalog.programmes) | {f"step:{name}" for name in steps}
    problems: list[Problem] = []
    for programme in catalog.programmes.values():
        problems += _sources(programme) + _terms(programme) + _links(programme, known) + _figures(programme)
        if fields:
            problems += [
                _problem(programme, "/berufsfelder", f"{name!r} is not in berufsfelder.toml.")
                for name in programme.berufsfelder
                if name not in fields
            ]
    return problems + _unreachable(catalog.programmes) + word_problems(catalog)


def _problem(programme: Programme, where: str, message: str) -> Problem:
    return Problem(f"{programme.id}.toml", None, where, None, message, "Check against the source text.")


def _sources(programme: Programme) -> list[Problem]:
    found = []
    if not programme.sources:
        found.append(_problem(programme, "/sources", "has no source."))
    if any(source.checked_on is None for source in programme.sources):
        found.append(_problem(programme, "/sources", "a source lacks checked_on."))
    return found


def _terms(programme: Programme) -> list[Problem]:
    found = []
    has_leaves = any(True for _ in leaves(programme.terms))
    if has_leaves and not programme.terms_documented:
        found.append(_problem(programme, "/terms_documented", "is false, yet there are terms."))
    if programme.valid_from and programme.valid_to and programme.valid_from > programme.valid_to:
        found.append(_problem(programme, "/valid_to", "lies before valid_from."))
    if not programme.addresses and programme.kind == "measure" and programme.goals:
        found.append(_problem(programme, "/addresses", "is empty although goals are documented."))
    if (
        programme.addresses
        and set(programme.addresses) <= PROTECTED_NEEDS
        and not has_leaves
        and programme.terms_documented
    ):
        found.append(
            _problem(programme, "/addresses", "only protected needs and no term: it could never be suggested.")
        )
    return found


def _links(programme: Programme, known: set[str]) -> list[Problem]:
    links = (*programme.prerequisites, *programme.next_steps)
    return [
        _problem(programme, "/prerequisites|next_steps", f"link to unknown id {link.id!r}.")
        for link in links
        if link.id not in known
    ]


def _figures(programme: Programme) -> list[Problem]:
    return [
        _problem(programme, "/evidence", f"{item.value} is not {item.count} of {item.n} ({item.text}).")
        for item in programme.evidence
        if _wrong_share(item) and not item.note
    ]


def _wrong_share(item: Evidence) -> bool:
    if item.value is None or item.count is None or not item.n:
        return False
    return abs(item.value - item.count / item.n) > ROUNDING


def _unreachable(programmes: Mapping[str, Programme]) -> list[Problem]:
    """Programmes all of whose prerequisites wait, directly or not, for themselves."""
    reachable: set[str] = set()
    while True:
        more = {p.id for p in programmes.values() if p.id not in reachable and _enterable(p, reachable)}
        if not more:
            break
        reachable |= more
    return [
        _problem(p, "/prerequisites", "is unreachable: every way in leads through itself.")
        for p in programmes.values()
        if p.id not in reachable
    ]


def _enterable(programme: Programme, reachable: set[str]) -> bool:
    needed = [link.id for link in programme.prerequisites if link.id.startswith("p")]
    return not needed or any(name in reachable for name in needed)


def main(arguments: Iterable[str] = ()) -> int:
    """Print every finding; 0 when there is none, 1 otherwise."""
    folder = next((Path(argument) for argument in arguments), None)
    try:
        catalog = load_catalog(folder)
        problems = lint(catalog)
    except CatalogProblems as error:
        problems = list(error.problems)
        print(f"The catalogue does not load: {len(problems)} problems.")
    else:
        print(f"{len(catalog.programmes)} programmes, version {catalog.version}: {len(problems)} problems.")
    for problem in problems:
        print(f"  - {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
