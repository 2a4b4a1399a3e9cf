"""Every curated everyday word means what the list says: first answer among its codes, and sure where it has one."""

import pytest

from matcher.models.occupation import load_matcher
from matcher.models.occupation.register import load_synonyms

ROWS = load_synonyms()


def test_every_everyday_word_is_answered_with_its_code() -> None:
    answers = load_matcher().match([text for text, _ in ROWS])
    wrong = [
        (text, codes, answer.candidates[0].code)
        for (text, codes), answer in zip(ROWS, answers, strict=True)
        if answer.candidates[0].code not in codes or (len(codes) == 1 and answer.unsure)
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["FISI", "fisi (m/w/d)", "Gelernter FIAE", "Trucker in Teilzeit", "MFA gesucht"])
def test_words_around_an_everyday_word_do_not_hide_it(text: str) -> None:
    answer = load_matcher().match([text])[0]
    assert answer.candidates[0].code in {"43102", "43412", "52122", "81102"}
    assert not answer.unsure


def test_a_title_of_the_register_stands_before_an_everyday_word() -> None:
    assert load_matcher().match(["Kurierfahrer"])[0].candidates[0].code == "52182"
