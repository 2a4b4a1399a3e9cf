"""Speed of the daily batch, its stages apart, as ratios to reference kernels in the same process.

    MATCHER_SHARED=../shared python benchmarks/daily.py synth [PEOPLE VACANCIES]    default 10000 5500
    MATCHER_SHARED=../shared python benchmarks/daily.py real [PEOPLE VACANCIES] [--method columns]
    MATCHER_SHARED=../shared python benchmarks/daily.py growth                      synth at 1x, 2x, 4x the pairs

`synth` maps the columns of ../shared/perf/synth.py into our pool and times candidates beside its kernel k3; `real` runs
the whole day on persons put together from the demo office and the real vacancies, replicated under new numbers.
"""

import argparse
import dataclasses
import datetime as dt
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from matcher.daily.blocks import people_rows
from matcher.daily.columns import Columns
from matcher.daily.match import bar_of
from matcher.daily.methods import weigher_of
from matcher.daily.morning import Morning
from matcher.daily.plan import plan_day
from matcher.daily.policy import read_policy
from matcher.daily.weigh import Bar
from matcher.models.assignment import assign, greedy
from matcher.models.assignment.flow import solve
from matcher.participant import Profile
from matcher.pool.people import LEARNED, PRACTISED, TARGET, People, PersonColumns, ProtectedColumns
from matcher.pool.people_encode import encode_people
from matcher.pool.vacancies import VacancyPool
from matcher.render.day_files import write_day

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.judged import DAY, places, shared  # noqa: E402

KM_PER_DEGREE = 111.19492664455873
LATITUDE, LONGITUDE = 50.0, 10.0


def best_of(run: Callable[[], Any], times: int) -> tuple[float, Any]:
    """The least processor time (all threads) of some runs, and the last answer: other work does not count."""
    best, answer = np.inf, None
    for _ in range(times):
        start = time.process_time()
        answer = run()
        best = min(best, time.process_time() - start)
    return best, answer


def peak_mb() -> float:
    """Peak memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def synth_module() -> Any:
    """The generator and kernels of the reference material."""
    folder = shared() / "perf"
    if not folder.is_dir():
        sys.exit(f"{folder} is missing; set MATCHER_SHARED to the folder with the reference material.")
    sys.path.insert(0, str(folder))
    import kern
    import kern3
    import synth

    return synth, kern, kern3


def degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres of a plane as degrees."""
    lat = LATITUDE + y.astype(np.float64) / KM_PER_DEGREE
    return lat, LONGITUDE + x.astype(np.float64) / KM_PER_DEGREE / np.cos(np.radians(LATITUDE))


def synth_people(p: dict[str, np.ndarray], codes: np.ndarray, template: PersonColumns) -> People:
    """Persons of synth.py in our columns: limit in minutes by car, three slots of the one occupation."""
    size = len(p["x"])
    lat, lon = degrees(p["x"], p["y"])
    formal = p["formal"] == 1
    slot = np.stack([codes[p["occ"]]] * 3, axis=1)
    slot[~formal, 1] = ""
    years = np.full((size, 3), np.nan)
    years[:, 2] = np.round(np.minimum(p["exp"], 6.0))
    free = np.where(p["slots"] >> np.uint64(0) & np.uint64(1), 6 * 60, 8 * 60)
    late = np.where(p["slots"] >> np.uint64(3) & np.uint64(1), 22 * 60, 16 * 60)
    columns: dict[str, Any] = {}
    for field in dataclasses.fields(PersonColumns):
        value = getattr(template, field.name)
        columns[field.name] = np.repeat(value[:1], size, axis=0) if isinstance(value, np.ndarray) else ((),) * size
    week = np.arange(7)[None, :] < 7
    columns |= {
        "ids": np.array([f"P{number:07d}" for number in range(size)]),
        "lat": lat,
        "lon": lon,
        "km_per_hour": np.full(size, 50.0),
        "extra_minutes": np.full(size, 5.0),
        "mode": np.zeros(size, np.int8),
        "max_commute_minutes": np.rint((p["maxd"].astype(np.float64) * 1.3 / 50 * 60 + 5) / 1.35),
        "occ_code": slot,
        "occ_role": np.broadcast_to(np.array([TARGET, LEARNED, PRACTISED], np.int8), (size, 3)).copy(),
        "occ_weight": np.where(slot == "", 0.0, 1.0),
        "occ_years": years,
        "occ_last_year": np.full((size, 3), np.nan),
        "occ_text": slot.astype("U80"),
        "targets_known": np.ones(size, np.bool_),
        "qualification": np.where(formal, 2, 0).astype(np.int8),
        "language": p["lang"].astype(np.int8),
        "has_experience": np.ones(size, np.int8),
        "licences": p["lic"].astype(np.uint64),
        "licences_known": np.ones(size, np.bool_),
        "hours_min": p["hmin"].astype(np.float64),
        "hours_max": p["hmax"].astype(np.float64),
        "free_from": np.where(week, free[:, None], -1).astype(np.int16),
        "free_until": np.where(week, late[:, None], -1).astype(np.int16),
        "needs_care": np.zeros(size, np.int8),
        "no_proposals_until": np.full(size, np.datetime64("NaT", "D")),
    }
    health = (255 - p["health"]).astype(np.uint64)
    protected = ProtectedColumns(
        health,
        np.ones(size, np.bool_),
        np.full(size, np.nan),
        np.full(size, 2, np.int8),
        np.full(size, np.datetime64("NaT", "D")),
    )
    return People(PersonColumns(**columns), protected)


def synth_pool(v: dict[str, np.ndarray], codes: np.ndarray, near: np.ndarray, template: VacancyPool) -> VacancyPool:
    """Vacancies of synth.py in our columns; the similarity table becomes the pool's nearness."""
    size = len(v["x"])
    lat, lon = degrees(v["x"], v["y"])
    per_row = {
        field.name: np.repeat(getattr(template, field.name)[:1], size, axis=0)
        for field in dataclasses.fields(VacancyPool)
        if len(getattr(template, field.name)) == len(template) and field.name not in ("codes", "near_codes")
    }
    code_of = np.full((size, 3), -1, np.int32)
    code_of[:, 0] = v["occ"]
    weight = np.zeros((size, 3))
    weight[:, 0] = 1.0
    changes: dict[str, Any] = per_row | {
        "ids": np.array([f"V{number:07d}" for number in range(size)]),
        "lat": lat,
        "lon": lon,
        "codes": codes,
        "near_codes": codes,
        "near": near,
        "near_field": near,
        "code_of": code_of,
        "code_weight": weight,
        "level": (v["level"] + 1).astype(np.int8),
        "entry": np.full(size, 0.3),
        "entry_academic": np.full(size, 0.4),
        "hours_min": v["hmin"].astype(np.float64),
        "hours_max": v["hmax"].astype(np.float64),
        "full_time": np.where(v["hmax"] >= 35, 1, 0).astype(np.int8),
        "part_time": np.where(v["hmin"] < 35, 1, 0).astype(np.int8),
        "licences": v["lic"].astype(np.uint64),
        "demands": v["health"].astype(np.uint64),
        "demands_possible": v["hsoft"].astype(np.uint64),
        "language": v["lang"].astype(np.int8),
        "language_stated": np.ones(size, np.bool_),
        "stated": np.zeros(size, np.uint64),
        "derived": np.zeros(size, np.uint64),
        "open_until": np.full(size, np.datetime64("NaT", "D")),
        "paused_until": np.full(size, np.datetime64("NaT", "D")),
        "evidence_start": np.zeros(size + 1, np.int32),
    }
    return dataclasses.replace(template, **changes)


def synth_case(people: int, vacancies: int) -> tuple[People, VacancyPool, Bar, Any]:
    """Our columns of synth.py, the bar of the day, and the raw columns for k3."""
    synth, _, _ = synth_module()
    p, v, similar, _, _ = synth.gen(people, vacancies)
    morning = real_morning(8, 50)
    codes = np.array([f"{number:04d}{1 + number % 4}" for number in range(synth.NOCC)])
    order = np.argsort(codes)
    assert (order == np.arange(len(codes))).all()
    near = np.clip(similar.astype(np.float64), 0.0, 1.0)
    template = morning.engine.vacancy_pool
    assert template is not None
    few = encode_people(morning.profiles, morning.engine.places, morning.engine.occupations, DAY)
    mine = synth_people(p, codes, few.open)
    return mine, synth_pool(v, codes, near, template), bar_of(morning), (p, v, similar)


def k3_seconds(raw: Any) -> float:
    """Seconds of the reference kernel on the same raw columns."""
    synth, kern, kern3 = synth_module()
    p, v, similar = raw
    packed, other = kern.pack(p, synth.PK), kern.pack(v, synth.VK)
    lanes, mine = kern3.lanes(p, v)

    def run() -> Any:
        return kern3.k3(lanes, mine, packed, other, similar, synth.W, synth.CT, 10, 0, len(p["x"]), False)

    run()
    return best_of(run, 7)[0]


def run_synth(people: int, vacancies: int, *, methods: tuple[str, ...] = ("fused", "columns")) -> None:
    """Candidates on synth.py's columns beside k3, every way in turn; memory is the process's peak so far."""
    mine, pool, bar, raw = synth_case(people, vacancies)
    reference = k3_seconds(raw)
    pairs = people * vacancies
    print(
        f"\n{people} x {vacancies}: k3 {reference:.3f} s ({pairs / reference / 1e6:.0f} Mpairs/s), {peak_mb():.0f} MB"
    )
    edges = None
    for method in methods:
        make = weigher_of(method)
        make(mine, pool, bar).candidates()
        prepare, weigher = best_of(lambda make=make: make(mine, pool, bar), 3)
        seconds, edges = best_of(weigher.candidates, 5)
        print(
            f"  {method:8} prepare {prepare:5.2f} s  candidates {seconds:5.2f} s = {seconds / reference:5.2f} x k3, "
            f"{pairs / seconds / 1e6:6.0f} Mpairs/s, {len(edges)} kept, {seconds / max(len(edges), 1) * 1e9:.0f} ns each, "
            f"peak {peak_mb():.0f} MB"
        )
        report_stages(weigher, reference)
    assert edges is not None
    report_assignment(edges)


def report_stages(weigher: Any, reference: float) -> None:
    """The tables of classes and what is left for the pass over pairs."""
    if isinstance(weigher, Columns):
        chunks = list(weigher.chunks()) if not hasattr(weigher, "table") else [np.arange(len(weigher.people))]
        tables, _ = best_of(lambda: [weigher.answers(people_rows(weigher.people, rows)) for rows in chunks], 3)
        print(f"           tables of classes by the registries {tables:5.2f} s = {tables / reference:5.2f} x k3")


def report_assignment(edges: Any) -> None:
    """Bare solver, whole assignment, greedy."""
    capacity = np.random.default_rng(1).choice([3, 6, 9, 15], edges.vacancies, p=[0.72, 0.17, 0.07, 0.04])
    bare, _ = best_of(lambda: solve(edges, capacity, "flow"), 3)
    whole, found = best_of(lambda: assign(edges, capacity), 3)
    share = edges.points[greedy(edges, capacity)].sum() / max(found.total, 1)
    print(
        f"  assignment {whole:.2f} s = {whole / bare:.2f} x its solver, {int(found.chosen.sum())} placed, "
        f"gap {found.gap:.1e}, greedy {share:.1%} of the optimum"
    )


def mixed_people(count: int, base: list[Profile], seed: int = 1) -> list[Profile]:
    """Synthetic persons around Bamberg from the facts of the demo office."""
    rng = random.Random(seed)
    codes = [
        f"96{number:03d}" for number in (47, 49, 50, 52, 103, 114, 117, 120, 123, 129, 135, 138, 142, 148, 155, 163)
    ]
    found = []
    for number in range(count):
        own, wish, work = (rng.choice(base) for _ in range(3))
        facts = own.participant
        experience = work.participant.experience if rng.random() < 0.5 else facts.experience
        person = dataclasses.replace(
            facts,
            id=f"S{number:06d}",
            as_of=DAY,
            postal_code=rng.choice(codes),
            place=None,
            target_occupations=wish.participant.target_occupations if rng.random() < 0.5 else facts.target_occupations,
            experience=experience,
            max_commute_minutes=rng.choice([30, 40, 45, 60, 75, 90, None]),
            transport_mode=rng.choice(["car", "public_transport", "bike", facts.transport_mode]),
            desired_hours_min=rng.choice([10, 15, 20, 25, 30, 35]),
            desired_hours_max=rng.choice([35, 40]),
            no_proposals_until=None,
        )
        found.append(dataclasses.replace(own, participant=person, household=rng.choice(base).household))
    return found


def real_morning(people: int, vacancies: int, method: str = "auto") -> Morning:
    """A morning with real vacancies, replicated under new numbers until there are enough."""
    from matcher.catalog import load_catalog
    from matcher.models.occupation import load_matcher
    from matcher.pipeline import build_engine
    from matcher.pool.vacancy_encode import encode_vacancies
    from matcher.read.jobsuche import read_jobsuche
    from matcher.read.profile_file import read_profiles

    occupations = load_matcher(None)
    listed = read_jobsuche(shared() / "data/vacancies/bamberg_dev.csv")
    copies = -(-vacancies // len(listed))
    every = [dataclasses.replace(one, id=f"{one.id}-{copy}") for copy in range(copies) for one in listed][:vacancies]
    catalog, located = load_catalog(), places()
    engine = build_engine(
        catalog,
        places=located,
        occupations=occupations,
        vacancy_pool=encode_vacancies(every, occupations, DAY, located),
    )
    base = read_profiles(ROOT / "catalog/demo/participants.jsonl", today=DAY)
    return Morning(
        engine=engine,
        profiles=mixed_people(people, base),
        today=DAY,
        policy=read_policy(catalog),
        positions=dict.fromkeys((one.id for one in every), 1),
        weigher=weigher_of(method),
    )


def run_real(people: int, vacancies: int, method: str) -> None:
    """The whole day, stage by stage."""
    start = time.perf_counter()
    morning = real_morning(people, vacancies, method)
    pool = morning.engine.vacancy_pool
    assert pool is not None
    print(f"{people} persons x {len(pool)} vacancies, set up in {time.perf_counter() - start:.1f} s (not counted)")
    began, used = time.perf_counter(), time.process_time()

    def stage(text: str, total: int) -> Callable[[int], None]:
        print(
            f"  {time.perf_counter() - began:6.1f} s, {time.process_time() - used:6.1f} s processor  {text} ({total})"
        )
        return lambda _done: None

    plan = plan_day(dataclasses.replace(morning, progress=stage))
    stage("done", people)
    made = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_day(plan, {}, {}, Path(folder), morning.policy.in_sight)
    print(f"  files: {time.perf_counter() - made[0]:.1f} s, {time.process_time() - made[1]:.1f} s processor")
    print(f"  peak {peak_mb():.0f} MB")
    report = plan.report
    for name in ("persons", "proposals", "coverage", "abstentions", "vacancies", "assignment"):
        print(f"  {name}: {report[name]}")
    print(f"  loss_against_first_choice: {report['loss_against_first_choice']}")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("synth", "real", "growth"))
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--method", default="auto")
    given = parser.parse_args()
    print(f"{dt.date.today()} on {os.cpu_count()} cores, numpy {np.__version__}")
    if given.what == "real":
        run_real(*(given.sizes or (10_000, 5_500)), given.method)
    elif given.what == "synth":
        people, vacancies = given.sizes or (10_000, 5_500)
        run_synth(people, vacancies)
    else:
        for people, vacancies in ((10_000, 5_500), (14_142, 7_778), (20_000, 11_000)):
            run_synth(people, vacancies, methods=("fused",))


if __name__ == "__main__":
    main()
