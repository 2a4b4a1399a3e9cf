"""The commands as a user types them, on the demo office in a fresh data folder (everything synthetic)."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.commands import cli
from matcher.demo import WORKED_CASES
from matcher.errors import MatcherError

DAY = ["--date", "2022-05-02"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo office, made by the command itself."""
    folder = tmp_path_factory.mktemp("office")
    assert _run("demo", "--data", str(folder), "--json").exit_code == 0
    return folder


def _run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=True)


def _json(*words: str) -> dict[str, object]:
    result = _run(*words)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_demo_shows_three_worked_cases_and_changes_nothing_the_second_time(office: Path) -> None:
    result = _run("demo", "--data", str(office))
    assert result.exit_code == 0
    for name, title in WORKED_CASES:
        assert name in result.output and title in result.output
    assert "synthetisch" in result.output
    again = _json("demo", "--data", str(office), "--json")
    assert {(c["new"], c["changed"]) for c in again["imported"].values()} == {(0, 0)}  # type: ignore[attr-defined]
    lines = Path(str(again["results"])).read_text("utf-8").splitlines()
    assert len(lines) == 200 and all(json.loads(line)["outcome"] for line in lines)


def test_answer_has_the_agreed_form(office: Path) -> None:
    answer = _json("suggest", "T0002", *DAY, "--data", str(office), "--json")
    assert {"outcome", "measures", "vacancies", "chains", "open_questions", "versions"} <= set(answer)
    for part in ("measures", "vacancies"):
        lists = answer[part]
        assert set(lists) == {"suggestions", "others", "excluded"}  # type: ignore[call-overload]
        for item in lists["suggestions"]:  # type: ignore[index]
            assert item["score"] == item["base"] + sum(c["points"] for c in item["contributions"])
            assert item["eligibility"] in {"met", "unknown"}
            assert item["reasons"] and isinstance(item["open_questions"], list)
        for item in lists["excluded"]:  # type: ignore[index]
            assert {"id", "rule", "text", "source", "rules"} <= set(item)
            assert item["rules"][0]["rule"] == item["rule"]
    vacancies = answer["vacancies"]["suggestions"]  # type: ignore[index]
    assert all(isinstance(item["travel_minutes"], int) for item in vacancies)
    versions = answer["versions"]
    assert {"matcher", "catalogue", "occupations", "vacancies"} <= set(versions)  # type: ignore[arg-type]


@pytest.mark.parametrize(("flag", "empty"), [("--measures", "vacancies"), ("--vacancies", "measures")])
def test_one_half_alone(office: Path, flag: str, empty: str) -> None:
    answer = _json("suggest", "T0001", *DAY, "--data", str(office), flag, "--json")
    assert answer[empty] == {"suggestions": [], "others": [], "excluded": []}


def test_top_cuts_and_all_lists_everything(office: Path) -> None:
    short = _json("suggest", "T0001", *DAY, "--data", str(office), "--top", "3", "--json")
    whole = _json("suggest", "T0001", *DAY, "--data", str(office), "--top", "all", "--json")
    for part in ("measures", "vacancies"):
        ids = {name: [item["id"] for item in answer[part]["suggestions"]]  # type: ignore[index]
               for name, answer in (("short", short), ("whole", whole))}  # fmt: skip
        assert len(ids["short"]) == 3 and ids["whole"][:3] == ids["short"]


def test_catalogue_only_ignores_offers_and_closed_periods(office: Path) -> None:
    after = ["--date", "2024-05-02", "--data", str(office), "--measures", "--top", "all", "--json"]
    normal, catalogue = _json("suggest", "T0001", *after), _json("suggest", "T0001", *after, "--catalogue-only")
    closed = {item["id"] for item in normal["measures"]["excluded"] if item["rule"].endswith(":period")}  # type: ignore[index]
    assert {"p002_sam", "p002_tandem"} <= closed
    rules = {item["rule"] for item in catalogue["measures"]["excluded"]}  # type: ignore[index]
    assert not any(rule.endswith(":period") or rule.startswith("offer.") for rule in rules)
    assert all("offer_id" not in item for item in catalogue["measures"]["suggestions"])  # type: ignore[index]


def test_documented_periods_close_projects_when_asked(office: Path) -> None:
    words = ["suggest", "T0001", *DAY, "--data", str(office), "--measures", "--catalogue-only", "--json"]
    rules = {item["rule"] for item in _json(*words, "--documented-periods")["measures"]["excluded"]}  # type: ignore[index]
    assert "p001_29:period" in rules


def test_without_a_current_offer_nothing_is_suggested(office: Path) -> None:
    answer = _json("suggest", "T0002", *DAY, "--data", str(office), "--measures", "--top", "all", "--json")
    for item in answer["measures"]["suggestions"]:  # type: ignore[index]
        assert item["id"].startswith("step:") or item["offer_id"]
    notes = [text for item in answer["measures"]["others"] for text in item["reasons"]]  # type: ignore[index]
    assert any("Fortbestand ungeklärt" in text for text in notes)


def test_a_profile_file_and_many_profiles(office: Path, tmp_path: Path) -> None:
    person = {
        "id": "x1",
        "age": 40,
        "german_level": "B2",
        "employment_status": "unemployed",
        "legal_circle": ["SGB II"],
    }
    one, many = tmp_path / "one.json", tmp_path / "many.jsonl"
    one.write_text(json.dumps(person), encoding="utf-8")
    many.write_text("\n".join(json.dumps({**person, "id": f"x{i}"}) for i in (1, 2)), encoding="utf-8")
    single = _json("suggest", "--profile", str(one), *DAY, "--data", str(office), "--json")
    result = _run("suggest", "--profiles", str(many), *DAY, "--data", str(office), "--json")
    both = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["participant"] for answer in both] == ["x1", "x2"] and both[0] == single


WRONG: list[tuple[list[str], int, str]] = [
    (["suggest"], 2, "exactly one"),
    (["suggest", "T1", "--profile", "x.json"], 2, "exactly one"),
    (["suggest", "T1", "--top", "0"], 2, "--top"),
    (["suggest", "T1", "--date", "gestern"], 2, "date"),
    (["suggest", "T1", "--date", "9999-12-31"], 2, "outside 1900-01-01 to 2200-12-31"),
    (["suggest", "T1", "--date", "1899-12-31"], 2, "outside 1900-01-01 to 2200-12-31"),
    (["import", "offers", "x.csv", "--date", "9999-12-31"], 2, "outside"),
    (["triggers", "--date", "9999-12-31"], 2, "outside"),
    (["candidates", "v", "--date", "9999-12-31"], 2, "outside"),
    (["daily", "--date", "9999-12-31"], 2, "outside"),
    (["answer", "T1", "v", "--date", "9999-12-31"], 2, "outside"),
    (["serve", "--date", "9999-12-31"], 2, "outside"),
    (["frobnicate"], 2, "No such command"),
]


@pytest.mark.parametrize(("words", "code", "says"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_wrong_usage_says_what_to_do(words: list[str], code: int, says: str) -> None:
    result = _run(*words)
    assert result.exit_code == code and says in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["suggest", "T1", "--data", "nowhere"],
        ["suggest", "--profile", "missing.json"],
        ["import", "offers", "missing.csv"],
    ],
)
def test_missing_things_are_named_with_a_remedy(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(*words)
    assert result.exit_code == 1
    said = str(result.exception) if isinstance(result.exception, MatcherError) else result.output
    assert words[-1].split("/")[-1] in said or "no such participant" in said


def test_an_unknown_participant_is_not_repeated_in_the_error(office: Path) -> None:
    result = _run("suggest", "KD-4711-geheim", "--data", str(office))
    assert result.exit_code == 1 and "geheim" not in result.output + str(result.exception)


def test_programmes_and_doctor(office: Path) -> None:
    listed = _run("programmes", "--data", str(office))
    assert "118 Programme" in listed.output
    everything = json.loads(_run("programmes", "--json", "--data", str(office)).stdout)
    assert len(everything) == 118 and all(item["sources"] and "terms" in item for item in everything)
    healthy = _run("doctor", "--data", str(office))
    assert healthy.exit_code == 0 and "200 participants" in healthy.output and "WRONG" not in healthy.output
