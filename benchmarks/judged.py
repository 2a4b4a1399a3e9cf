"""Quality of vacancy rankings on the judged participants, with a text-and-distance baseline in the same run.

    MATCHER_SHARED=../shared python benchmarks/judged.py [--per-profile] [--pool-cache FILE]

Runs the engine as the command line does (date of the judgments), prints NDCG@10, first answer good, unsuitable
among the first ten (judged/evaluate.py, modes pool, near, full), how many good ones were excluded, and the same
figures for text similarity with a distance filter.
"""

import argparse
import csv
import datetime as dt
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

from matcher.catalog import load_catalog
from matcher.features import reach, text
from matcher.models.occupation import load_matcher
from matcher.participant import Profile
from matcher.pipeline import Engine, Question, build_engine
from matcher.places import Places
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancy_encode import encode_vacancies
from matcher.pool.vacancy_files import load_pool, save_pool
from matcher.read.jobsuche import read_jobsuche
from matcher.read.profile_file import read_profiles

DAY = dt.date(2025, 9, 20)
GOOD = 2
Run = dict[str, list[str]]


def shared() -> Path:
    """The folder of the reference material."""
    return Path(os.environ.get("MATCHER_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def evaluator() -> ModuleType:
    """The scorer that comes with the judgments."""
    path = shared() / "data/vacancies/judged/evaluate.py"
    spec = importlib.util.spec_from_file_location("judged_evaluate", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is missing; set MATCHER_SHARED to the folder with the reference material.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places() -> Places:
    """Postal codes of the shared list."""
    with (shared() / "data/geo/plz_geocoord.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0]]
    return Places.from_rows((code, None, float(lat), float(lon)) for code, lat, lon in rows)


def engine(cache: Path | None) -> Engine:
    """The engine over the development vacancies; `cache` keeps the encoded pool between runs."""
    occupations, located = load_matcher(None), places()
    if cache and cache.is_file():
        pool = load_pool(cache)
    else:
        listed = read_jobsuche(shared() / "data/vacancies/bamberg_dev.csv")
        pool = encode_vacancies(listed, occupations, DAY, located)
        if cache:
            save_pool(pool, cache)
    return build_engine(load_catalog(), places=located, occupations=occupations, vacancy_pool=pool)


def engine_run(asked: Engine, profiles: list[Profile]) -> tuple[Run, Run]:
    """Suggested and excluded vacancies per participant, in the engine's order."""
    answers = asked.ask(profiles, Question(today=DAY, measures=False, top=None))
    suggested = {answer.participant_id: [one.id for one in answer.vacancies.suggestions] for answer in answers}
    excluded = {answer.participant_id: [one.id for one in answer.vacancies.excluded] for answer in answers}
    return suggested, excluded


def baseline_run(asked: Engine, profiles: list[Profile]) -> Run:
    """Text similarity of wishes and titles, nothing beyond 1.35 times the limit."""
    people, pool = encode_people(profiles, asked.places, asked.occupations, DAY).open, asked.vacancy_pool
    assert pool is not None
    fit = np.where(reach.reach_ratio(people, pool) > 1.35, -1.0, text.compute(people, pool))
    orders = np.argsort(-fit, axis=1, kind="stable")
    return {
        str(people.ids[b]): [str(pool.ids[row]) for row in orders[b] if fit[b, row] >= 0] for b in range(len(people))
    }


def report(name: str, run: Run, judge: ModuleType, per_profile: bool) -> None:
    """Print the figures of one run."""
    judgments = judge.load_judgments("dev")
    for mode in ("pool", "near", "full"):
        per, obstacles = judge.evaluate(run, judgments, mode)
        mean = judge.mean(per)
        first = sum(one["p@1"] for one in per.values())
        print(
            f"{name:9} {mode}: NDCG@10 {mean['ndcg@10']:.3f}  first good {first:.0f} of {len(per)}  "
            f"unsuitable@10 {mean['violation@10']:.3f}  unjudged@10 {mean['unjudged@10']:.2f}"
        )
        if per_profile and mode == "pool":
            for profile, one in per.items():
                print(f"    {profile}  NDCG {one['ndcg@10']:.2f}  unsuitable {one['violation@10']:.2f}")
            print("    because of:", ", ".join(f"{key} {value}" for key, value in obstacles.most_common()))


def report_exclusions(suggested: Run, excluded: Run, judge: ModuleType) -> None:
    """Print how many good vacancies are excluded, and how many only stand among the others."""
    good = out = other = 0
    for profile, judged in judge.load_judgments("dev").items():
        gone, shown = set(excluded[profile]), set(suggested[profile])
        for reference, (grade, _) in judged.items():
            if grade >= GOOD:
                good += 1
                out += reference in gone
                other += reference not in gone and reference not in shown
    print(f"good ones (grade 2-3): {good}; wrongly excluded {out} ({out / good:.1%}); among the others {other}")


def main() -> None:
    """Run engine and baseline and print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-profile", action="store_true")
    parser.add_argument("--pool-cache", type=Path, help="npz file that keeps the encoded pool between runs")
    arguments = parser.parse_args()
    judge = evaluator()
    profiles = read_profiles(shared() / "data/vacancies/judged/dev/profiles.jsonl", today=DAY)
    asked = engine(arguments.pool_cache)
    suggested, excluded = engine_run(asked, profiles)
    report("engine", suggested, judge, arguments.per_profile)
    report_exclusions(suggested, excluded, judge)
    report("baseline", baseline_run(asked, profiles), judge, False)


if __name__ == "__main__":
    main()
