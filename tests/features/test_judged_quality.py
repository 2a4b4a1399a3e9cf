"""The judged vacancies of the reference material: figures that must not fall (benchmarks/judged.py prints them)."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def judged() -> ModuleType:
    """The benchmark as a module; skips where the reference material is absent."""
    spec = importlib.util.spec_from_file_location("benchmark_judged", ROOT / "benchmarks/judged.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["benchmark_judged"] = module
    spec.loader.exec_module(module)
    if not (module.shared() / "data/vacancies/judged/dev/judgments.csv").is_file():
        pytest.skip("the judged vacancies are not here; set MATCHER_SHARED to the reference material")
    return module


def test_figures_on_the_judged_vacancies(judged: ModuleType) -> None:
    profiles = judged.read_profiles(judged.shared() / "data/vacancies/judged/dev/profiles.jsonl", today=judged.DAY)
    suggested, excluded = judged.engine_run(judged.engine(None), profiles)
    judge = judged.evaluator()
    judgments = judge.load_judgments("dev")
    per, _ = judge.evaluate(suggested, judgments, "pool")
    mean = judge.mean(per)
    assert mean["ndcg@10"] >= 0.85
    assert sum(one["p@1"] for one in per.values()) >= 15
    assert mean["violation@10"] <= 0.08
    good = [(p, ref) for p, known in judgments.items() for ref, (grade, _) in known.items() if grade >= judged.GOOD]
    assert sum(ref in set(excluded[p]) for p, ref in good) <= 0.02 * len(good)
