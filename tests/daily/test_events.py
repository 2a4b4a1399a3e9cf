"""Four events apart: none of them reaches features, training, cohorts, pages for employers or anybody's points."""

import ast
import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

from matcher.daily.answer_json import render_day
from matcher.daily.for_vacancy import candidates_for
from matcher.daily.plan import plan_day
from matcher.daily.policy import SCOPES, read_policy
from matcher.daily.run import run_day
from matcher.demo import DEMO_DATE
from matcher.paths import catalog_path
from matcher.render.day_files import write_day
from matcher.store import Store
from matcher.store.daily import DailyStore
from tests.daily.conftest import Demo

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2022, 5, 2, 4, 0, tzinfo=dt.UTC)
NEXT = DEMO_DATE + dt.timedelta(days=1)
CANARY = "ZZCANARYZZ"
EVENT_NAMES = ("DecisionRow", "WishRow", "AnswerRow", "ResultRow")


def recorded(store: Store, demo: Demo) -> DailyStore:
    store.save_participants(demo.profiles)
    daily = DailyStore(store.engine)
    run_day(daily, "", DEMO_DATE, lambda history: plan_day(demo.morning(history=history)), NOW)
    return daily


def test_events_of_others_change_nothing_but_pauses_and_places(store: Store, demo: Demo, tmp_path: Path) -> None:
    daily = recorded(store, demo)
    day = daily.recorded("", DEMO_DATE)
    assert day is not None
    before = plan_day(demo.morning(today=NEXT, history=daily.history(NEXT)))
    quiet = [one for one in day.proposals if one.participant not in {two.participant for two in before.proposals}]
    for one in quiet[:3]:
        key = daily.proposal_id(one.participant, one.vacancy)
        daily.decide(key, issued=True, decided_by=CANARY, on=DEMO_DATE)
        daily.wish(key, reason=CANARY, scope="vacancy", said_on=DEMO_DATE, until=NEXT)
        daily.result(key, kind="not_employed", on=DEMO_DATE)
    history = daily.history(NEXT)
    assert CANARY not in repr(history)
    after = plan_day(demo.morning(today=NEXT, history=replace(history, past=before_past(daily, history))))
    assert {one.participant: one.body for one in after.proposals} == {
        one.participant: one.body for one in before.proposals
    }
    files = write_day(after, {}, {}, tmp_path / "out", 10)
    assert CANARY not in str(render_day(after, {}))
    assert not any(CANARY.encode() in file.read_bytes() for file in files)
    vacancy = next(one for one in store_vacancies(demo) if one.id == quiet[0].vacancy)
    assert CANARY not in str(candidates_for(demo.morning(today=NEXT, history=history), vacancy, None))


def before_past(daily: DailyStore, history: object) -> list[object]:
    """The same proposals, their places still taken."""
    return [replace(one, closed=False, withdrawn=False) for one in history.past]  # type: ignore[attr-defined]


def store_vacancies(demo: Demo) -> list[object]:
    from matcher.office import open_office

    with open_office(demo.folder) as opened:
        return list(opened.vacancies())


def test_only_the_repository_knows_the_tables_of_events() -> None:
    allowed = {"matcher/store/daily.py", "matcher/store/daily_tables.py", "matcher/store/days.py"}
    for path in [*ROOT.glob("matcher/**/*.py"), *ROOT.glob("training/**/*.py")]:
        names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        if names & set(EVENT_NAMES):
            assert path.relative_to(ROOT).as_posix() in allowed, path


def test_features_and_training_know_nothing_of_the_batch() -> None:
    for folder in ("matcher/features", "matcher/eligibility", "matcher/pool", "training"):
        for path in (ROOT / folder).rglob("*.py"):
            assert "matcher.daily" not in path.read_text("utf-8"), path


def test_the_batch_reads_wishes_only_for_pauses() -> None:
    readers = {
        path.name
        for path in (ROOT / "matcher" / "daily").glob("*.py")
        if "wishes" in {n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
    }
    assert readers == {"past.py"}


def test_refusal_reasons_are_neutral_and_dated(demo: Demo) -> None:
    table = tomllib.loads((catalog_path() / "refusal_reasons.toml").read_text("utf-8"))
    policy = read_policy(demo.engine.catalog)
    assert table["source"] and table["as_of"] and set(table["reason"]) == set(policy.refusals)
    for refusal in policy.refusals.values():
        assert refusal.scope in SCOPES and 0 < refusal.pause_days <= 365
        assert not any(word in refusal.label.lower() for word in ("verweiger", "unwillig", "motiv", "krank"))
