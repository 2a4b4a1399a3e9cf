"""Approved texts: wording changes show in review. Renew with `MATCHER_RENEW_GOLDEN=1 pytest tests/test_golden.py`."""

import os
from pathlib import Path

import orjson
import pytest

from matcher.answer_json import render_answer
from matcher.demo import WORKED_CASES
from matcher.explanation.text import explain
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from tests.test_personas import TODAY

FOLDER = Path(__file__).parent / "golden"
CASES = [name for name, _ in WORKED_CASES] + ["T0004", "T0006", "T0007", "T0010"]


def _approved(file: Path, text: str) -> None:
    if os.environ.get("MATCHER_RENEW_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text("utf-8") == text, f"{file.name} differs from the approved text"


@pytest.mark.parametrize("name", CASES)
def test_text_for_the_case_worker(engine: Engine, demo_people: list[Profile], name: str) -> None:
    person = next(profile for profile in demo_people if profile.id == name)
    answer = engine.ask([person], Question(today=TODAY, top=3))[0]
    _approved(FOLDER / f"{name}.txt", explain(answer) + "\n")


@pytest.mark.parametrize("name", CASES[:2])
def test_json_answer(engine: Engine, demo_people: list[Profile], name: str) -> None:
    person = next(profile for profile in demo_people if profile.id == name)
    body = render_answer(engine.ask([person], Question(today=TODAY, top=2))[0])
    body["versions"] = sorted(body["versions"])
    for part in ("measures", "vacancies"):
        body[part]["others"] = len(body[part]["others"])
        body[part]["excluded"] = body[part]["excluded"][:3]
    body["open_questions"] = body["open_questions"][:3]
    text = orjson.dumps(body, option=orjson.OPT_INDENT_2).decode() + "\n"
    _approved(FOLDER / f"{name}.json", text)


def test_no_forbidden_word_reaches_the_case_worker(engine: Engine, demo_people: list[Profile]) -> None:
    forbidden = (
        "nicht geeignet",
        "marktfern",
        "zumutbar",
        "Gini",
        "Sie haben Anspruch",
        "Sanktion",
        "Leistungsminderung",
    )
    for answer in engine.ask(demo_people[:40], Question(today=TODAY, top=5)):
        shown = [*answer.measures.suggestions, *answer.vacancies.suggestions]
        texts = [answer.outcome_reason, *(text for item in shown for text in (*item.reasons, *item.near_miss))]
        for text in texts:
            assert not any(word in text for word in forbidden), text
            assert "%" not in text or "Teilnehmenden" in text or "Integrationen" in text, text
