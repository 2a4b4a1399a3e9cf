"""The commands of the four events and of legal reasons, as they are typed; and that nothing else ever sees them."""

import dataclasses
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from matcher.commands import cli
from matcher.demo import import_demo
from matcher.errors import MatcherError
from matcher.store import open_store
from matcher.store.engine import reading
from matcher.store.service import open_service

DAY, NEXT = "2022-05-02", "2022-05-03"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    with open_store(folder) as store:
        import_demo(store)
    return folder


def run(office: Path, *words: str, day: str = DAY) -> str:
    found = CliRunner().invoke(
        cli, [*words, "--date", day, "--data", str(office)], catch_exceptions=False, standalone_mode=False
    )
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="module")
def proposals(office: Path) -> list[dict[str, str]]:
    return list(json.loads(run(office, "daily", "--json"))["proposals"])


def planned(office: Path, day: str) -> dict[str, dict[str, object]]:
    """What would be proposed on a day, by person."""
    plan = json.loads(run(office, "daily", "--dry-run", "--json", day=day))
    return {one["participant"]: one for one in plan["proposals"]} | {
        one["participant"]: one for one in plan["abstentions"]
    }


def test_each_event_says_what_was_recorded(office: Path, proposals: list[dict[str, str]]) -> None:
    pair = (proposals[0]["participant"], proposals[0]["vacancy"])
    assert "von IFK 1 ausgegeben" in run(office, "decide", *pair, "issued", "--by", " IFK 1 ")
    assert "nicht ausgegeben" in run(office, "decide", *pair, "not-issued", "--by", "IFK 1")
    assert "eingeladen" in run(office, "answer", *pair, "invited")
    assert json.loads(run(office, "answer", *pair, "none", "--json")) == {
        "event": "answer",
        "participant": pair[0],
        "vacancy": pair[1],
        "answer": "none",
        "on": DAY,
    }
    assert "Arbeit aufgenommen" in run(office, "result", *pair, "employed")
    assert "andere Arbeitszeiten" in run(office, "wish", *pair, "--reason", "times")
    assert json.loads(run(office, "wish", *pair, "--json"))["until"] == "2022-05-05"
    assert "gelöscht" in run(office, "wish", *pair, "--withdraw")


def test_wrong_input_says_what_is_possible(office: Path, proposals: list[dict[str, str]]) -> None:
    pair = (proposals[0]["participant"], proposals[0]["vacancy"])
    with pytest.raises(MatcherError, match="occupation \\(anderer Beruf"):
        run(office, "wish", *pair, "--reason", "lazy")
    with pytest.raises(MatcherError, match="no such proposal"):
        run(office, "answer", pair[0], "nowhere", "none")
    with pytest.raises(MatcherError, match="no such participant"):
        run(office, "result", "nobody", pair[1], "employed")
    with pytest.raises(MatcherError, match="needs the person who decides"):
        run(office, "decide", *pair, "issued", "--by", "  ")
    with pytest.raises(click.UsageError, match="decided_by"):
        run(office, "decide", *pair, "issued")
    with pytest.raises(click.UsageError, match="invited"):
        run(office, "answer", *pair, "maybe")


def test_a_wish_pauses_and_is_deleted_when_the_pause_is_over(office: Path, proposals: list[dict[str, str]]) -> None:
    one = proposals[1]
    run(office, "wish", one["participant"], one["vacancy"], "--reason", "not_now")
    assert planned(office, NEXT)[one["participant"]]["reason"] == "cool_down"
    assert planned(office, "2022-05-17").get(one["participant"], {}).get("reason") != "cool_down"
    run(office, "daily", "--json", day="2022-05-17")
    assert planned(office, NEXT)[one["participant"]].get("reason") != "cool_down"


def test_a_restriction_counts_only_with_a_recorded_reason(office: Path) -> None:
    with open_store(office) as store:
        wanted = next(one for one in store.vacancies() if one.id == "10001-2022000129-S")
        store.save_vacancies([dataclasses.replace(wanted, description="Wir suchen Männer ab 30 Jahren.")])
        sexes = ("female", "male", None)
        changed = [
            dataclasses.replace(one, protected=dataclasses.replace(one.protected, gender=sexes[number % 3]))
            for number, one in enumerate(store.participants())
        ]
        store.save_participants(changed)
        known = {one.id: (one.protected.gender, one.participant.age) for one in changed}

    def listed() -> tuple[set[str], list[str]]:
        found = json.loads(run(office, "candidates", wanted.id, "--top", "all", "--json", day="2022-06-20"))
        return {one["participant"] for one in found["candidates"]}, found["notes"]

    everybody, notes = listed()
    assert all("nicht beachtet" in note for note in notes) and len(notes) == 2
    said = ("--norm", "§ 8 AGG", "--reason", "Beratung in einer Männerwohngruppe")
    assert "§ 8 AGG" in run(office, "legal-reason", wanted.id, "sex", *said, "--by", "AGS 2")
    left, notes = listed()
    assert left < everybody and left == {one for one in everybody if known[one][0] in ("male", None)}
    assert any("§ 8 AGG" in note for note in notes)
    run(office, "legal-reason", wanted.id, "age", *said, "--by", "AGS 2")
    assert listed()[0] == {one for one in left if known[one][1] is None or known[one][1] >= 30}  # type: ignore[operator]
    assert {one["restriction"] for one in json.loads(run(office, "legal-reason", wanted.id, "--json"))} == {
        "sex",
        "age",
    }
    for restriction in ("sex", "age"):
        run(office, "legal-reason", wanted.id, restriction, "--withdraw")
    assert listed()[0] == everybody
    with pytest.raises(MatcherError, match="needs a norm"):
        run(office, "legal-reason", wanted.id, "sex", "--norm", "§ 8 AGG", "--reason", " ", "--by", "AGS 2")
    with pytest.raises(MatcherError, match="no such vacancy"):
        run(office, "legal-reason", "nowhere", "sex", *said, "--by", "AGS 2")


def test_a_health_reason_is_told_and_compares_nobody(office: Path) -> None:
    vacancy = "10001-2022000129-S"
    before = json.loads(run(office, "candidates", vacancy, "--json", day="2022-06-20"))["candidates"]
    run(office, "legal-reason", vacancy, "health", "--norm", "§ 8 AGG", "--reason", "Tauglichkeit", "--by", "AGS 2")
    after = json.loads(run(office, "candidates", vacancy, "--json", day="2022-06-20"))
    assert after["candidates"] == before and any("Integrationsfachkraft" in note for note in after["notes"])


def test_where_there_are_accounts_a_person_with_one_decides(office: Path, proposals: list[dict[str, str]]) -> None:
    with open_service(office) as service:
        ada = service.accounts.create("ada", None, "case_worker", ["nord"], "Ada")
        service.accounts.create("nightly", None, "administrator", [], "N", kind="machine")
        service.accounts.deactivate(service.accounts.create("gone", None, "planner", [], "G").id)
    pair = (proposals[2]["participant"], proposals[2]["vacancy"])
    for wrong in ("IFK 1", "nightly", "gone"):
        with pytest.raises(MatcherError, match="not the login of an open account of a person"):
            run(office, "decide", *pair, "issued", "--by", wrong)
    with pytest.raises(MatcherError, match="needs the person who decides"):
        run(office, "decide", *pair, "issued", "--by", " ")
    assert json.loads(run(office, "decide", *pair, "issued", "--by", " ADA ", "--json"))["by"] == "ada"
    with open_store(office) as store, reading(store.engine) as connection:
        query = text("SELECT decided_by, actor FROM proposal_decisions WHERE account_id = :id")
        assert connection.execute(query, {"id": ada.id}).all() == [("ada", "human")]
