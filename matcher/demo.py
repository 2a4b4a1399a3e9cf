"""The demo office: import the synthetic lists of `catalog/demo/` into a data folder and answer for everybody.

Everything in it is synthetic. Running it twice changes nothing. Source: DESIGN section 6 (the demo lives on 2022-05-02).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from matcher.answer_json import render_answer
from matcher.office import build_office_engine, open_office
from matcher.participant import Profile
from matcher.paths import catalog_path
from matcher.pipeline import Engine, Question
from matcher.results import Answer
from matcher.store.store import Counts, Store

DEMO_DATE = dt.date(2022, 5, 2)
WORKED_CASES: tuple[tuple[str, str], ...] = (
    ("T0001", "Bereit für Arbeit: zuerst eine Stelle"),
    ("T0002", "Eine Maßnahme ist der nächste Schritt"),
    ("T0003", "Keine Maßnahme, zuerst Beratung"),
)
BLOCK = 16


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What was imported, the answers of the worked cases, and the file with everybody's answers."""

    counts: dict[str, Counts]
    worked: Sequence[tuple[str, Answer]]
    results: Path
    outcomes: dict[str, int]


def import_demo(store: Store) -> dict[str, Counts]:
    """Read the demo lists with the ordinary readers and save them; the same again changes nothing."""
    from matcher.read.offers import read_offers
    from matcher.read.places import read_places
    from matcher.read.profile_file import read_profiles
    from matcher.read.vacancies import read_employers, read_vacancies

    folder = catalog_path() / "demo"
    return {
        "places": store.save_places(read_places(folder / "places.csv")),
        "employers": store.save_employers(read_employers(folder / "employers.csv")),
        "offers": store.save_offers(read_offers(folder / "offers.csv")),
        "vacancies": store.save_vacancies(read_vacancies(folder / "vacancies.csv")),
        "participants": store.save_participants(read_profiles(folder / "participants.jsonl", today=DEMO_DATE)),
    }


def run_demo(data_dir: Path) -> DemoResult:
    """Set up the demo office in `data_dir` and answer for every participant on the demo's day."""
    data_dir.mkdir(parents=True, exist_ok=True)
    question = Question(today=DEMO_DATE)
    with open_office(data_dir) as store:
        counts = import_demo(store)
        engine = build_office_engine(store, data_dir, DEMO_DATE)
        people = store.participants()
    folder = data_dir / "results"
    folder.mkdir(exist_ok=True)
    results = folder / f"suggestions-{DEMO_DATE}.jsonl"
    wanted, worked, outcomes = dict(WORKED_CASES), {}, dict[str, int]()
    part = results.with_suffix(".part")
    with part.open("wb") as file:
        for answer in _answers(engine, people, question):
            file.write(orjson.dumps(render_answer(answer)) + b"\n")
            outcomes[answer.outcome] = outcomes.get(answer.outcome, 0) + 1
            if answer.participant_id in wanted:
                worked[answer.participant_id] = answer
    part.replace(results)
    shown = [(title, worked[name]) for name, title in WORKED_CASES]
    return DemoResult(counts, shown, results, dict(sorted(outcomes.items())))


def _answers(engine: Engine, people: Sequence[Profile], question: Question) -> Iterator[Answer]:
    for start in range(0, len(people), BLOCK):
        yield from engine.ask(people[start : start + BLOCK], question)
