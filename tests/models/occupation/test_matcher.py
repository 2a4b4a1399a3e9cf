"""The bundled register at work: everyday words, vacancy labels, bad input, one text as a batch of many."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.models.occupation import OccupationMatcher, load_matcher

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("MATCHER_SHARED", ROOT.parent / "shared"))
VACANCIES = SHARED / "data" / "vacancies" / "bamberg_dev.csv"
LABELS = (ROOT / "tests" / "data" / "beruf_labels.csv", Path(__file__).with_name("vacancy_labels.csv"))


@pytest.fixture(scope="module")
def matcher() -> OccupationMatcher:
    return load_matcher(None)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Putzfrau", "541"),
        ("irgendwas im Lager", "513"),
        ("Staplerfahrer", "525"),
        ("Security", "531"),
        ("Kita Ergänzungskraft (w/m/d)", "831"),
        ("Schlosser Instandhaltung (Tagschicht)", "251"),
        ("Bäckereiverk.", "623"),
        ("Kfm. f. Bürom.", "714"),
        ("Altenpflegehelferin", "821"),
        ("Helfer/in - Reinigung (m/w/d) in Teilzeit", "541"),
        ("LKW-Fahrer", "521"),
        ("MFA", "811"),
        ("Kassiererin Supermarkt", "621"),
        ("Helfer/in - Lagerwirtschaft, Transport", "513"),
        ("Fachkraft - Lagerlogistik", "513"),
        ("Altenpfleger/in", "821"),
    ],
)
def test_words_of_jobcenter_practice_find_their_group(matcher: OccupationMatcher, text: str, group: str) -> None:
    best = matcher.match([text])[0].candidates[0]
    assert best.code[:3] == group, best


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "(m/w/d)",
        "😀🎉",
        "Привет мир",
        "工程师",
        "مهندس",
        "x" * 10_000,
        "Koch " * 5_000,
        "<script>alert(1)</script>",
        "<p>Koch</p><br>",
        "\x00\x01",
        "=1+1",
        "&amp;&lt;",
        "\ud800",
    ],
)
def test_bad_input_gives_an_answer_or_unsure(matcher: OccupationMatcher, text: str) -> None:
    answer = matcher.match([text])[0]
    assert answer.text == text
    assert answer.candidates or answer.unsure


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises_and_confidences_are_shares(matcher: OccupationMatcher, text: str) -> None:
    answer = matcher.match([text])[0]
    sure = [found.confidence for found in answer.candidates]
    assert sure == sorted(sure, reverse=True)
    assert sum(sure) <= 1.001
    assert all(len(found.code) == 5 and found.level == int(found.code[4]) for found in answer.candidates)


def test_one_text_alone_and_in_a_batch_get_the_same_answer(matcher: OccupationMatcher) -> None:
    texts = ["Koch", "Verkäuferin", "", "Maurer", "Koch"]
    assert matcher.match(texts) == [matcher.match([text])[0] for text in texts]
    assert matcher.match([]) == []


def test_top_limits_the_candidates(matcher: OccupationMatcher) -> None:
    assert len(matcher.match(["Koch"], top=2)[0].candidates) == 2
    assert len(matcher.match(["Koch"])[0].candidates) == 5


def test_the_register_says_what_it_covers(matcher: OccupationMatcher) -> None:
    row = matcher.register
    assert row.name == "bundled"
    assert "2020" in row.fassung
    assert row.groups == 144
    assert row.titles > 5_000


def test_cached_and_fresh_models_answer_alike(matcher: OccupationMatcher, tmp_path: Path) -> None:
    texts = ["Kassiererin", "Elektroniker/in - Betriebstechnik", "Kraftfahrer", "Altenpflge"]
    first = load_matcher(tmp_path)
    load_matcher.__globals__["_bundled"].cache_clear()
    again = load_matcher(tmp_path)
    assert again is not first
    assert (tmp_path / "cache" / "occupation_bundled.npz").is_file()
    assert matcher.match(texts) == first.match(texts) == again.match(texts)
    assert first.register == again.register


@pytest.mark.skipif(not VACANCIES.is_file(), reason="MATCHER_SHARED does not hold the real vacancies")
@pytest.mark.parametrize("labels", LABELS, ids=["five_digits", "three_digits"])
def test_nine_of_ten_vacancy_labels_find_their_three_digit_group(matcher: OccupationMatcher, labels: Path) -> None:
    with VACANCIES.open(encoding="utf-8", newline="") as file:
        label = {row["refnr"]: row["beruf"] for row in csv.DictReader(file)}
    with labels.open(encoding="utf-8", newline="") as file:
        wanted = [(label[row["refnr"]], row["code"]) for row in csv.DictReader(file)]
    answers = matcher.match([text for text, _ in wanted])
    right = [
        bool(a.candidates) and a.candidates[0].code[:3] == code[:3]
        for a, (_, code) in zip(answers, wanted, strict=True)
    ]
    assert len(wanted) == 300
    assert sum(right) / len(right) >= 0.90
