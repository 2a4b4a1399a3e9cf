"""Speed of the Förderkette planner: time per participant, the whole demo caseload, levers; ratios to one admission pass.

    python benchmarks/chains.py [--offers N] [--people N]

Demo participants, demo offers repeated with later dates to N. Baseline in the same run: asking the terms of all
programmes once for the same person. Processor time, single core; figures hold for this machine and load, so compare
the ratios. The last line gives the twin's verdict: share of small random problems solved to the optimum (1.0 is all).
"""

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from matcher.catalog import load_catalog
from matcher.eligibility.admission import check_admission
from matcher.eligibility.rule import RuleBook
from matcher.facts import Facts
from matcher.models.foerderkette import Planner, levers, plan, triggers
from matcher.participant import Profile
from matcher.paths import catalog_path
from matcher.places import Places
from matcher.programme import Offer
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from matcher.read.profile_file import read_profiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

TODAY = dt.date(2022, 5, 2)
DEMO = catalog_path() / "demo"
TWIN_SEEDS = range(500, 540)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=300)
    parser.add_argument("--people", type=int, default=200)
    asked = parser.parse_args()
    people = read_profiles(DEMO / "participants.jsonl", today=TODAY)[: asked.people]
    rows = read_places(DEMO / "places.csv")
    places = Places.from_rows(
        (r.postal_code, r.place, r.lat, r.lon) for r in rows if r.lat is not None and r.lon is not None
    )
    offers = repeated(read_offers(DEMO / "offers.csv"), asked.offers)
    planner = Planner(load_catalog(), offers, TODAY, places=places)
    base = times(people, admission)
    planned = times(people, lambda person: plan(planner, person, today=TODAY))
    levered = times(people[::10], lambda person: levers(planner, person, today=TODAY))
    print(
        f"{len(people)} participants, {len(planner.offers)} current offers of {len(offers)}, {len(planner.actions)} steps"
    )
    show("plan", planned, base)
    show("levers", levered, base)
    started = time.process_time()
    found = triggers(planner, people, today=TODAY)
    print(f"triggers of the caseload: {time.process_time() - started:.2f} s, {len(found)} due")
    print(f"whole caseload planned: {planned.sum():.1f} s on one core")
    print(f"optimal on small random problems: {optimal_share():.3f} of {len(TWIN_SEEDS)}")


def repeated(offers: Sequence[Offer], count: int) -> list[Offer]:
    """The offers again and again, each round a month later."""
    found: list[Offer] = []
    shift = 0
    while len(found) < count:
        days = dt.timedelta(days=31 * shift)
        found += [
            replace(
                offer,
                id=f"{offer.id}-{shift}",
                starts_on=None if offer.starts_on is None else offer.starts_on + days,
                ends_on=None if offer.ends_on is None else offer.ends_on + days,
            )
            for offer in offers
        ]
        shift += 1
    return found[:count]


def admission(person: Profile) -> object:
    """The baseline: every programme's terms once."""
    return check_admission(RuleBook(Facts([person], TODAY)), list(load_catalog().programmes.values()))


def times(people: Sequence[Profile], ask: Callable[[Profile], object]) -> np.ndarray:
    """Processor seconds per person, after one question to warm up."""
    ask(people[0])
    found = []
    for person in people:
        started = time.process_time()
        ask(person)
        found.append(time.process_time() - started)
    return np.array(found)


def show(name: str, seconds: np.ndarray, base: np.ndarray) -> None:
    """Median, 95th percentile and ratio to the baseline."""
    p50, p95 = np.quantile(seconds, (0.5, 0.95)) * 1000
    print(f"{name}: median {p50:.0f} ms, p95 {p95:.0f} ms, worst {seconds.max() * 1000:.0f} ms; "
          f"{np.median(seconds) / np.median(base):.1f} × one admission pass ({np.median(base) * 1000:.1f} ms)")  # fmt: skip


def optimal_share() -> float:
    """How often the search and its slow twin agree on every first step."""
    from matcher.models.foerderkette.plan import searches
    from tests.models.foerderkette.brute_force import BruteForce, fast_per_root
    from tests.models.foerderkette.instances import instance

    right = 0
    for seed in TWIN_SEEDS:
        planner, profile = instance(seed, current=seed % 2 == 0)
        view = planner.view(profile)
        same = True
        for goal, search in searches(view):
            slow, fast = BruteForce(planner, view.profile, goal.bit).best_per_root(), fast_per_root(search)
            same = same and set(fast) == set(slow) and all(abs(fast[n] - slow[n]) <= 1e-9 * slow[n] for n in slow)
        right += same
    return right / len(TWIN_SEEDS)


if __name__ == "__main__":
    main()
