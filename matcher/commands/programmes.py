"""`matcher programmes`: the catalogue as a list or as JSON, each programme with terms, sources and state."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from matcher.catalog import load_catalog
from matcher.catalog.tree import leaves
from matcher.programme import Leaf, Programme, Tree
from matcher.settings import data_path

KINDS = {"measure": "Maßnahme", "support_structure": "Begleitstruktur", "instrument": "Förderinstrument"}


@click.command(name="programmes")
@click.option("--kind", type=click.Choice(sorted(KINDS)), help="Only one kind.")
@click.option("--json", "as_json", is_flag=True, help="Everything the catalogue knows, as one JSON list.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder; its own programmes are listed as well.")
def command(kind: str | None, as_json: bool, data: Path | None) -> None:
    """List the programmes of the catalogue and of the office.

    \b
    Example:  matcher programmes --kind measure
              matcher programmes --json > programmes.json
    """
    programmes = [programme for programme in _all(data) if kind in (None, programme.kind)]
    if as_json:
        import orjson

        click.echo(orjson.dumps([render_programme(programme) for programme in programmes], option=orjson.OPT_INDENT_2))
        return
    for programme in programmes:
        state = terms_words(programme)
        click.echo(f"{programme.id:<14}{KINDS[programme.kind]:<18}{programme.title[:70]}  ({state})")
    click.echo(f"{len(programmes)} Programme")


def terms_words(programme: Programme) -> str:
    """How many conditions the terms of a programme name."""
    if not programme.terms_documented:
        return "Bedingungen nicht dokumentiert"
    terms = sum(1 for _ in leaves(programme.terms))
    return "1 Bedingung" if terms == 1 else f"{terms} Bedingungen"


def _all(data: Path | None) -> list[Programme]:
    known = dict(load_catalog().programmes)
    folder = data_path(data)
    if folder.is_dir():
        from matcher.office import open_office

        with open_office(folder) as store:
            known |= {programme.id: programme for programme in store.programmes()}
    return [known[name] for name in sorted(known)]


def render_programme(programme: Programme) -> dict[str, Any]:
    """Every documented field; empty ones are left out, terms in the form of the catalogue."""
    body = {key: value for key, value in asdict(programme).items() if value not in (None, (), "")}
    body = {key: _compact(value) for key, value in body.items()}
    body["terms"] = None if programme.terms is None else _node(programme.terms)
    body["terms_documented"] = programme.terms_documented
    return {key: value for key, value in body.items() if value != {} or key == "terms"}


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _compact(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, tuple | list):
        return [_compact(inner) for inner in value]
    return value


def _node(node: Tree | Leaf) -> dict[str, Any]:
    if isinstance(node, Leaf):
        return {key: value for key, value in asdict(node).items() if value is not None}
    if node.op == "not":
        return {"not": _node(node.children[0])}
    children = [_node(child) for child in node.children]
    return {"at_least": {"n": node.n, "of": children}} if node.op == "at_least" else {node.op: children}
