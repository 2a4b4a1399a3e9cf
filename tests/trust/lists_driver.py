"""Prints the SHA-256 of every list of an office: answers, chains, and the day. The hash seed comes from outside.

python -m tests.trust.lists_driver URL SEED...        URL: an empty database, for one seed; "": an embedded one per seed

One line per seed: rows are saved in an order drawn from it, and the questions are asked in such an order too.
"""

import hashlib
import random
import sys
import tempfile
from pathlib import Path

import orjson

from matcher.answer_json import render_answer
from matcher.daily.answer_json import render_abstention, render_proposal
from matcher.daily.morning import Morning
from matcher.daily.plan import plan_day
from matcher.daily.policy import read_policy
from matcher.demo import DEMO_DATE
from matcher.office import build_office_engine
from matcher.participant import Profile
from matcher.paths import catalog_path
from matcher.pipeline import Engine, Question
from matcher.read.offers import read_offers
from matcher.read.places import read_places
from matcher.read.profile_file import read_profiles
from matcher.read.vacancies import read_employers, read_vacancies
from matcher.store import Store, open_store

DEMO = catalog_path() / "demo"
ASKED = 40
WITH_CHAINS = 3


def fill(store: Store, rng: random.Random) -> None:
    """The demo office, every list in an order of its own."""
    lists = (
        (store.save_places, read_places(DEMO / "places.csv")),
        (store.save_employers, read_employers(DEMO / "employers.csv")),
        (store.save_vacancies, read_vacancies(DEMO / "vacancies.csv")),
        (store.save_offers, read_offers(DEMO / "offers.csv")),
        (store.save_participants, read_profiles(DEMO / "participants.jsonl", today=DEMO_DATE)),
    )
    for save, rows in rng.sample(lists, len(lists)):
        save(rng.sample(list(rows), len(rows)))  # type: ignore[operator]


def lists(store: Store, folder: Path, rng: random.Random) -> str:
    """The hash of all lists."""
    engine = build_office_engine(store, folder, DEMO_DATE)
    people = store.participants()
    found = _answers(engine, rng.sample(people, len(people))) | {"day": _day(store, engine, people, rng)}
    return hashlib.sha256(orjson.dumps(found, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _answers(engine: Engine, people: list[Profile]) -> dict[str, object]:
    asked = sorted(one.id for one in people)[:ASKED]
    chosen = [one for one in people if one.id in asked]
    some = [one for one in people if one.id in asked[:WITH_CHAINS]]
    answers = engine.ask(chosen, Question(today=DEMO_DATE))
    chains = engine.ask(some, Question(today=DEMO_DATE, chains=True, top=3))
    return {
        f"{kind}:{one.participant_id}": render_answer(one)
        for kind, group in (("list", answers), ("chain", chains))
        for one in group
    }


def _day(store: Store, engine: Engine, people: list[Profile], rng: random.Random) -> object:
    morning = Morning(
        engine=engine,
        profiles=rng.sample(people, len(people)),
        today=DEMO_DATE,
        policy=read_policy(engine.catalog),
        positions={one.id: one.positions for one in store.vacancies()},
    )
    day = plan_day(morning)
    told = (
        [render_proposal(one, None) for one in day.proposals],
        [render_abstention(one, None) for one in day.abstentions],
    )
    return [*told, day.report]


def main() -> None:
    """One line per seed."""
    url = sys.argv[1] or None
    for seed in sys.argv[2:]:
        rng = random.Random(int(seed))
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), url) as store:
            fill(store, rng)
            print(lists(store, Path(folder), rng), flush=True)


if __name__ == "__main__":
    main()
