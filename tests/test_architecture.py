"""The dependency rule: a module imports only from earlier in the flow (ARCHITECTURE.md, table "The map")."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "matcher"


def _order() -> list[str]:
    """The map of ARCHITECTURE.md: one `matcher/...` path per line of its code block, in flow order."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    block = text.split("```text", 1)[1].split("```", 1)[0]
    return re.findall(r"^(matcher/\S+)", block, re.MULTILINE)


def _place(path: str, order: list[str]) -> int:
    fitting = [entry for entry in order if path == entry or (entry.endswith("/") and path.startswith(entry))]
    assert fitting, f"{path} is missing from the map in ARCHITECTURE.md"
    return order.index(max(fitting, key=len))


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _typing_only(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for inner in ast.walk(node):
                if isinstance(inner, ast.ImportFrom) and inner.module:
                    found.add(inner.module)
                    found |= {f"{inner.module}.{alias.name}" for alias in inner.names}
    return found


def _file_of(module: str) -> str | None:
    if not module.startswith("matcher."):
        return None
    path = ROOT / module.replace(".", "/")
    if path.with_suffix(".py").is_file():
        return f"{module.replace('.', '/')}.py"
    return f"{module.replace('.', '/')}/__init__.py" if (path / "__init__.py").is_file() else None


FILES = sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES)
def test_imports_only_from_earlier_in_the_flow(file: str) -> None:
    order = _order()
    place = _place(file, order)
    path = ROOT / file
    for module in sorted(_imports(path) - _typing_only(path)):
        target = _file_of(module)
        if target is not None and target != "matcher/__init__.py":
            assert _place(target, order) <= place, f"{file} imports {target}, which comes later in the map"


LIBRARIES = {
    "flask": ("matcher/api.py", "matcher/http/", "matcher/pages/"),
    "sqlalchemy": ("matcher/store/",),
    "alembic": ("matcher/store/",),
    "pandas": ("matcher/read/", "matcher/demand", "training/"),
    "sklearn": ("training/", "matcher/models/occupation/"),
    "click": ("matcher/commands/",),
    "rich": ("matcher/commands/",),
    "openpyxl": ("matcher/read/", "matcher/render/"),
}


@pytest.mark.parametrize("file", FILES)
def test_libraries_stay_where_they_belong(file: str) -> None:
    for module in _imports(ROOT / file):
        allowed = LIBRARIES.get(module.split(".")[0])
        assert allowed is None or file.startswith(allowed), f"{file} imports {module}; allowed in {allowed}"


PURE = (
    "features/",
    "eligibility/",
    "answering/",
    "explanation/",
    "models/score.py",
    "pool/",
    "requirements/",
    "pipeline.py",
    "ranking.py",
    "facts.py",
    "needs.py",
    "participant_time.py",
)
CLOCK = re.compile(r"\b(date\.today|datetime\.now|time\.time|utcnow|random\.random|urlopen|requests\.)\b")


@pytest.mark.parametrize("file", [file for file in FILES if file.removeprefix("matcher/").startswith(PURE)])
def test_the_core_has_no_clock_and_no_network(file: str) -> None:
    assert not CLOCK.search((ROOT / file).read_text("utf-8")), file


def _names(path: Path) -> set[str]:
    """Every name, attribute and import that the code itself uses; comments and docstrings aside."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | _imports(path)


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_unpickled_and_training_is_not_imported(file: str) -> None:
    roots = {name.split(".")[0] for name in _imports(ROOT / file)}
    assert not roots & {"pickle", "joblib", "shelve", "marshal", "training"}, file
    for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            assert isinstance(node.value, ast.Constant) and node.value.value is False, file


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("matcher/features/")])
def test_features_never_see_protected_facts(file: str) -> None:
    assert not _names(ROOT / file) & {"Protected", "ProtectedColumns", "protected", "People", "MeasurePeople"}, file


def test_needs_read_no_protected_fact() -> None:
    from matcher.catalog import load_catalog
    from matcher.fields import FIELDS
    from matcher.needs import read_needs

    table = read_needs(load_catalog().table("needs"))
    protected_derived = {
        "health_limitation",
        "psychological_limitation",
        "addiction_problem",
        "has_migration_background",
        "in_rehab",
        "contact_lost",
        "long_term_benefit",
    }
    for k, name in enumerate(table.names):
        for field in table.fields(k):
            assert FIELDS[field].owner != "protected" and field not in protected_derived, (name, field)
