"""Speed of one question: ranking with explained top ten once loaded, and the command from a cold start.

    python benchmarks/suggest.py [--vacancies N] [--offers N] [--data FOLDER]

Pool: real vacancies from MATCHER_SHARED where present, else the synthetic demo vacancies, repeated to N rows; demo
offers repeated to N. Baselines in the same run: one distance-and-sort pass in numpy, and starting Python with numpy.
Figures are medians over persons and runs; they hold for this machine and this load only, so compare the ratios.
"""

import argparse
import dataclasses
import datetime as dt
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from matcher.catalog import load_catalog
from matcher.features.vacancies import native_fits
from matcher.models.occupation import load_matcher
from matcher.paths import catalog_path
from matcher.pipeline import Engine, Question, build_engine
from matcher.places import Places
from matcher.pool.vacancy_encode import encode_vacancies
from matcher.read.jobsuche import read_jobsuche
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from matcher.read.profile_file import read_profiles
from matcher.read.vacancies import read_vacancies
from matcher.vacancy import Vacancy

TODAY = dt.date(2022, 5, 2)
DEMO = catalog_path() / "demo"
SHARED = Path(os.environ.get("MATCHER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
RUNS = 3


def vacancies(count: int) -> tuple[list[Vacancy], str]:
    """Vacancies repeated to `count` rows, around the demo places, and the words for what they are."""
    real = SHARED / "data/vacancies/bamberg_dev.csv"
    listed, words = (
        (read_jobsuche(real), "real vacancies, moved to the demo's day and region")
        if real.is_file()
        else (read_vacancies(DEMO / "vacancies.csv"), "synthetic demo vacancies")
    )
    rng = np.random.default_rng(1)
    rows = []
    for i in range(count):
        vacancy = listed[i % len(listed)]
        lat, lon = 50.95 + rng.normal(0, 0.15), 13.1 + rng.normal(0, 0.25)
        rows.append(dataclasses.replace(vacancy, id=f"B{i:06d}", lat=lat, lon=lon, published_on=dt.date(2022, 4, 1),
                                        starts_on=None, open_until=None))  # fmt: skip
    return rows, words


def engine(n_vacancies: int, n_offers: int) -> tuple[Engine, str]:
    """The engine of the benchmark."""
    occupations = load_matcher()
    rows, words = vacancies(n_vacancies)
    offers = read_offers(DEMO / "offers.csv")
    many = [dataclasses.replace(offers[i % len(offers)], id=f"O{i:04d}") for i in range(n_offers)]
    places = [(r.postal_code, r.place, r.lat, r.lon) for r in read_places(DEMO / "places.csv") if r.lat and r.lon]
    located = Places.from_rows(places)
    pool = encode_vacancies(rows, occupations, TODAY, located)
    built = build_engine(load_catalog(), places=located, occupations=occupations, vacancy_pool=pool, offers=many)
    return dataclasses.replace(built, native=native_fits()), words


def median_ms(run: Callable[[], object], times: int) -> float:
    """Median milliseconds of `times` runs after one to warm up."""
    run()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


def in_process(count: int, offers: int) -> None:
    """One person at a time: rank and explain the top ten."""
    built, words = engine(count, offers)
    people = read_profiles(DEMO / "participants.jsonl", today=TODAY)[:60]
    pool = built.vacancy_pool
    assert pool is not None
    lat, lon = np.radians(pool.lat), np.radians(pool.lon)

    def baseline() -> object:
        distance = np.sin((lat - 0.889) / 2) ** 2 + np.cos(lat) * 0.63 * np.sin((lon - 0.228) / 2) ** 2
        return np.argsort(np.arcsin(np.sqrt(distance)))[:10]

    base = median_ms(baseline, 50)
    print(f"pool: {len(pool)} {words}; {offers} synthetic offers; {len(people)} synthetic participants")
    print(f"baseline: distance and sort in numpy {base:.2f} ms")
    for name, question in (
        ("measures and vacancies", Question(today=TODAY)),
        ("vacancies", Question(today=TODAY, measures=False)),
        ("measures", Question(today=TODAY, vacancies=False)),
    ):
        times = [median_ms(lambda p=person, q=question: _told(built, p, q), RUNS) for person in people]
        p95 = float(np.percentile(times, 95))
        middle = statistics.median(times)
        print(f"{name:24s} median {middle:6.2f} ms  p95 {p95:6.2f} ms  {middle / base:5.1f} x baseline")


def _told(built: Engine, person: object, question: Question) -> int:
    answer = built.ask([person], question)[0]  # type: ignore[list-item]
    return len(list(answer.measures.suggestions)) + len(list(answer.vacancies.suggestions))


def cold_start(data: Path) -> None:
    """The command from a cold start on a demo data folder, and Python with numpy alone."""
    subprocess.run(
        [sys.executable, "-m", "matcher.cli", "demo", "--data", data, "--json"], check=True, capture_output=True
    )
    command = [sys.executable, "-m", "matcher.cli", "suggest", "T0001", "--date", str(TODAY), "--data", str(data)]
    bare = [sys.executable, "-c", "import numpy"]
    for name, words in (
        ("python with numpy", bare),
        ("matcher suggest", command),
        ("matcher suggest --json", [*command, "--json"]),
    ):
        took = median_ms(lambda w=words: subprocess.run(w, check=True, capture_output=True), 5)
        print(f"cold start: {name:24s} {took:7.0f} ms")


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--vacancies", type=int, default=5500)
    parser.add_argument("--offers", type=int, default=300)
    parser.add_argument("--data", type=Path, default=Path("demo-office"))
    arguments = parser.parse_args()
    in_process(arguments.vacancies, arguments.offers)
    cold_start(arguments.data)


if __name__ == "__main__":
    main()
