"""The two commands end to end on the demo office, called as they are from a shell."""

import dataclasses
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.commands.candidates import command as candidates
from matcher.commands.daily import command as daily
from matcher.demo import import_demo
from matcher.errors import MatcherError
from matcher.store import open_store


@pytest.fixture
def office(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        import_demo(store)
    return tmp_path


def call(command: object, office: Path, *arguments: str) -> str:
    found = CliRunner().invoke(
        command,  # type: ignore[arg-type]
        [*arguments, "--date", "2022-05-02", "--data", str(office)],
        catch_exceptions=False,
        standalone_mode=False,
    )
    assert found.exit_code == 0, found.output
    return found.stdout


def test_a_day_from_dry_run_to_the_second_call(office: Path) -> None:
    dry = json.loads(call(daily, office, "--dry-run", "--json"))
    assert {"proposals", "abstentions", "report"} <= set(dry)
    assert {"participant", "vacancy", "reasons", "runners_up"} <= set(dry["proposals"][0])
    assert {"participant", "reason", "next_action"} <= set(dry["abstentions"][0])
    assert not (office / "daily").exists()
    first = json.loads(call(daily, office, "--json"))
    second = json.loads(call(daily, office, "--json"))
    assert first == second and first["proposals"] == dry["proposals"]
    files = sorted(path.name for path in (office / "daily" / "2022-05-02").iterdir())
    assert any(name.endswith(".xlsx") for name in files) and any(name.endswith(".html") for name in files)
    text = call(daily, office)
    assert "recorded before" in text and f"{len(first['proposals'])} von 200" in text
    one = first["proposals"][0]
    told = json.loads(call(daily, office, "--explain", one["participant"], "--json"))
    assert told["proposal"]["vacancy"] == one["vacancy"] and told["steps"]["vacancies"] > 400
    assert "Vorschlag, keine Entscheidung" in call(daily, office, "--explain", one["participant"])


def test_caseload_and_office(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "caseload.csv"
    file.write_text(
        "Kundennummer;Dienststelle;Integrationsfachkraft;Nächster Termin\nT0001;Nord;IFK 1;03.05.2022\nT0002;Süd;IFK 2;\n",
        "utf-8",
    )
    day = json.loads(call(daily, office, "--caseload", str(file), "--office", "Nord", "--json"))
    named = day["proposals"] + day["abstentions"]
    assert [(one["participant"], one["case_worker"], one["appointment_on"]) for one in named] == [
        ("T0001", "IFK 1", "2022-05-03")
    ]
    with pytest.raises(MatcherError, match="Nobody is in the caseload"):
        call(daily, office, "--office", "West")


def test_candidates_are_neutral_and_follow_no_forbidden_wish(office: Path) -> None:
    with open_store(office) as store:
        wanted = next(one for one in store.vacancies() if one.id == "10001-2022000129-S")
        before = json.loads(call(candidates, office, wanted.id, "--top", "all", "--json"))
        asking = dataclasses.replace(wanted, description="Wir suchen nur Männer unter 40 Jahren, nur Deutsche.")
        store.save_vacancies([asking])
    after = json.loads(call(candidates, office, wanted.id, "--top", "all", "--json"))
    assert before["candidates"] and after["candidates"] == before["candidates"]
    assert not before["notes"] and len(after["notes"]) == 3
    words = json.dumps(after["candidates"], ensure_ascii=False)
    for word in ("Kind", "Betreuung", "Wunsch", "arbeitslos", "Minuten", "Jahre alt", "Schulden", "Einschränkung"):
        assert word not in words, word
    with pytest.raises(MatcherError, match="no such vacancy"):
        call(candidates, office, "unknown")
