"""Read `catalog/` into values: programmes now, the other tables by name.

Every problem of every file is reported at once as CatalogProblems. Source: `catalog/README.md`.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from matcher.catalog.check_tree import check_tree
from matcher.catalog.tree import read_node
from matcher.errors import CatalogProblems, Problem
from matcher.paths import catalog_path
from matcher.programme import Programme, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All programmes by id (sorted), the other tables by file stem, and a hash over every byte read."""

    programmes: Mapping[str, Programme]
    tables: Mapping[str, Mapping[str, Any]]
    version: str

    def table(self, name: str) -> Mapping[str, Any]:
        """The content of `catalog/<name>.toml`."""
        return self.tables[name]


@lru_cache(maxsize=4)
def load_catalog(folder: Path | None = None) -> Catalog:
    """Read and validate the catalogue; raises CatalogProblems naming file, place and remedy of everything wrong."""
    root = folder or catalog_path()
    problems: list[Problem] = []
    digest = hashlib.sha256()
    tables: dict[str, Mapping[str, Any]] = {}
    for path in sorted(root.glob("*.toml")):
        tables[path.name.removesuffix(".toml")] = _read_toml(path, digest, problems)
    programmes: dict[str, Programme] = {}
    for path in sorted((root / "programmes").glob("*.toml")):
        programme = read_programme(path, _read_toml(path, digest, problems), problems)
        if programme is not None:
            programmes[programme.id] = programme
    if problems:
        raise CatalogProblems(problems)
    return Catalog(programmes=programmes, tables=tables, version=digest.hexdigest()[:16])


def _read_toml(path: Path, digest: Any, problems: list[Problem]) -> dict[str, Any]:
    raw = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + raw)
    try:
        return tomli.loads(raw.decode("utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, None, None, None, f"is not readable as TOML: {error}.", "Correct the file."))
        return {}


def read_programme(path: Path, data: Mapping[str, Any], problems: list[Problem]) -> Programme | None:
    """One programme from its TOML table; problems are appended, None when the file cannot be used."""
    from pydantic import ValidationError

    before = len(problems)

    def report(where: str, message: str) -> None:
        problems.append(Problem(path.name, None, where, None, message + ".", "See catalog/README.md."))

    _report_unknown_keys(Programme, data, "", report)
    body: dict[str, Any] = {key: value for key, value in data.items() if key != "terms"}
    if "terms" in data:
        tree = read_node(data["terms"], "/terms", report)
        body["terms"] = Tree(op="all", children=(tree,)) if tree is not None and not isinstance(tree, Tree) else tree
        check_tree(tree, "/terms", report)
    if data.get("id") != path.stem:
        report("/id", f"must equal the file name {path.stem!r}")
    if len(problems) > before or not data:
        return None
    try:
        programme: Programme = _adapter().validate_python(body)
        return programme
    except ValidationError as error:
        for issue in error.errors():
            report("/" + "/".join(str(part) for part in issue["loc"]), issue["msg"])
        return None


@lru_cache(maxsize=1)
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Programme)


def _report_unknown_keys(cls: type, data: Mapping[str, Any], where: str, report: Any) -> None:
    known = {field.name: field for field in dataclasses.fields(cls)}
    for key, value in data.items():
        if key not in known:
            report(f"{where}/{key}", f"is not a key of {cls.__name__}")
        elif key != "terms":
            inner = _dataclass_in(known[key].type)
            for index, item in enumerate(value if isinstance(value, list) else [value]):
                if inner is not None and isinstance(item, Mapping):
                    _report_unknown_keys(inner, item, f"{where}/{key}/{index}", report)


def _dataclass_in(hint: Any) -> type | None:
    candidates = (hint, *getattr(hint, "__args__", ()))
    return next((x for x in candidates if isinstance(x, type) and dataclasses.is_dataclass(x)), None)
