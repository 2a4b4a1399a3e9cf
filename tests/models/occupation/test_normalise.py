"""Folding of titles: gender forms, marks, abbreviations and prose leave the same words."""

import pytest

from matcher.models.occupation.forms import both_forms
from matcher.models.occupation.gender import GenderWords, learn_pairs
from matcher.models.occupation.normalise import naming_part, query_words

PAIRS = learn_pairs(
    [("Koch", "Köchin"), ("Kaufmann", "Kauffrau"), ("Pfleger", "Pflegerin"), ("Verkäufer", "Verkäuferin")]
)


@pytest.mark.parametrize(
    "written",
    [
        "Verkäufer",
        "Verkäuferin",
        "Verkäufer/in",
        "Verkäufer/-in",
        "Verkäufer*in",
        "Verkäufer:in",
        "Verkäufer_in",
        "VerkäuferIn",
        "Verkäufer(in)",
        "Verkäufer (m/w/d)",
        "VERKÄUFER",
        "Verkaeufer",
        "verkaufer",
        "Verkäufer/innen",
        "gelernter Verkäufer",
        "Verkäufer gesucht",
        "Verkäufer in Teilzeit",
        "<b>Verkäufer</b>",
        "Job als Verkäuferin",
        "Verkäufer ( w / m / d )",
        "Verkäufer (all genders)",
        "Ausbildung zum Verkäufer",
        "Verk.",
    ],
)
def test_every_spelling_of_a_title_gives_the_same_words(written: str) -> None:
    assert query_words(written, PAIRS) == ["verkaufer"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Kfm. f. Bürom.", ["kaufmann", "buromanagement"]),
        ("Medizinische/r Fachangestellte/r", ["medizinisch", "fachangestellter"]),
        ("Kaufmann/-frau - Büromanagement", ["kaufmann", "buromanagement"]),
        ("Koch/Köchin", ["koch"]),
        ("Milchtechnologe/-technologin", ["milchtechnologe"]),
        ("Sachbearbeiter (m/w/d) Buchhaltung", ["sachbearbeiter", "buchhaltung"]),
        ("Koch (m/w/d) in Bamberg", ["koch"]),
        ("C++ Entwickler", ["c++", "entwickler"]),
        ("Steuerbeamt(er/in)", ["steurbeamter"]),
    ],
)
def test_titles_fold_to_the_words_that_name_the_occupation(written: str, words: list[str]) -> None:
    assert query_words(written, PAIRS) == words


@pytest.mark.parametrize("text", ["", "(m/w/d)", "😀😀", "Привет", "12345", "   ", "!!!"])
def test_texts_without_an_occupation_fold_to_nothing(text: str) -> None:
    assert query_words(text, GenderWords({})) == []


def test_recruiting_prose_after_the_title_is_cut_off() -> None:
    text = "Pflegefachhelfer (m/w/d) – Starte durch bei einem unserer Top-Gesundheitsversorger für medizinische Berufe"
    assert naming_part(text).split() == ["Pflegefachhelfer"]


@pytest.mark.parametrize(
    ("neutral", "male", "female"),
    [
        ("Verkäufer/in - Lebensmittel", "Verkäufer - Lebensmittel", "Verkäuferin - Lebensmittel"),
        ("Kaufmann/-frau - Büromanagement", "Kaufmann - Büromanagement", "Kauffrau - Büromanagement"),
        ("Medizinische/r Fachangestellte/r", "Medizinischer Fachangestellter", "Medizinische Fachangestellte"),
        ("Koch/Köchin", "Koch", "Köchin"),
        ("Krankenschwester/-pfleger", "Krankenpfleger", "Krankenschwester"),
        ("Facharzt/-ärztin - Innere Medizin", "Facharzt - Innere Medizin", "Fachärztin - Innere Medizin"),
        ("Florist", "Florist", "Florist"),
    ],
)
def test_forms_are_derived_by_rule(neutral: str, male: str, female: str) -> None:
    assert both_forms(neutral) == (male, female)


def test_pairs_that_do_not_resemble_each_other_are_not_learned() -> None:
    assert learn_pairs([("Vater", "Mutter")]).fold("mutter") == "mutter"
