"""`matcher doctor`: is everything in place — catalogue, register, data folder, database, places, caches?"""

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import matcher
from matcher.catalog import load_catalog
from matcher.catalog.lint import lint
from matcher.errors import MatcherError
from matcher.settings import SETTINGS, data_path, setting

if TYPE_CHECKING:
    from matcher.store.store import Store

Check = tuple[bool | None, str]
"""True fine, False wrong, None worth knowing; and the words for it."""


@click.command(name="doctor")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def command(data: Path | None, as_json: bool) -> None:
    """Check the installation and a data folder; exit code 1 when something is wrong.

    \b
    Example:  matcher doctor --data demo-office
    """
    folder = data_path(data)
    checks = [*_installation(), *_catalogue(), *_register(folder), *_store(folder), *_settings(folder)]
    if as_json:
        import orjson

        names = {True: "ok", False: "wrong", None: "note"}
        click.echo(orjson.dumps([{"state": names[state], "text": text} for state, text in checks]))
    else:
        for state, text in checks:
            click.echo(f"{ {True: 'ok   ', False: 'WRONG', None: 'note '}[state] } {text}")
    if any(state is False for state, _ in checks):
        raise click.exceptions.Exit(1)


def _installation() -> Iterator[Check]:
    yield True, f"matcher {matcher.__version__}, Python {platform.python_version()}"
    for name, use in (("numba", "fast batch kernels"), ("ortools", "daily assignment"), ("pyarrow", "survey priors")):
        from importlib.util import find_spec

        if find_spec(name) is None:
            yield None, f"optional package {name} is not installed ({use})"


def _catalogue() -> Iterator[Check]:
    try:
        catalog = load_catalog()
    except MatcherError as error:
        yield False, f"catalogue: {error}"
        return
    problems = lint(catalog)
    yield not problems, f"catalogue {catalog.version}: {len(catalog.programmes)} programmes, {len(problems)} findings"
    for problem in problems[:20]:
        yield False, str(problem)


def _register(folder: Path) -> Iterator[Check]:
    from matcher.models.occupation import load_matcher

    try:
        info = load_matcher(folder if folder.is_dir() else None).register
    except MatcherError as error:
        yield False, f"occupation register: {error}"
        return
    yield True, f"occupation register {info.name}, {info.fassung}: {info.titles} titles, {info.codes} codes"


def _store(folder: Path) -> Iterator[Check]:
    place = f"data folder {folder}"
    try:
        if not folder.is_dir():
            yield None, f"{place} does not exist yet (matcher demo or matcher import … makes one)"
            if not setting("database_url"):
                return
            place = "database"
        from matcher.store.store import KINDS, open_configured

        with open_configured(folder, create=folder.is_dir()) as store:
            counts = {kind: store.count(kind) for kind in KINDS}
            located = _located(store)
            findings = _database(store)
    except MatcherError as error:
        yield False, f"{place}: {error}"
        return
    yield from findings
    yield True, f"{place}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items())
    if counts["participants"] and counts["places"] == 0:
        yield None, "no places imported: travel cannot be estimated (matcher import places FILE)"
    elif counts["participants"]:
        yield (
            (None if located < counts["participants"] else True),
            (f"{located} of {counts['participants']} participants have a known place"),
        )


def _database(store: "Store") -> list[Check]:
    """Schema, hardening of the embedded file; role and isolation on PostgreSQL."""
    from matcher.store.health import login_faults, schema_and_faults

    schema, faults = schema_and_faults(store.engine)
    found: list[Check] = [(True, f"database schema {schema}"), *((False, f"database: {text}") for text in faults)]
    found += [(False, f"database: {text}; see docs/operation.md") for text in login_faults(store.engine)]
    return found


def _located(store: "Store") -> int:
    places = store.places()
    return sum(
        places.find(profile.participant.postal_code, profile.participant.place) is not None
        for profile in store.participants()
    )


def _settings(folder: Path) -> Iterator[Check]:
    for row in SETTINGS:
        try:
            value = setting(row.name, folder if folder.is_dir() else None)
        except MatcherError as error:
            yield False, str(error)
            continue
        if value != row.default:
            shown = "(set)" if row.secret else value
            yield None, f"setting {row.name} = {shown}: {row.help}"
