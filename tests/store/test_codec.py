"""Values as text: the same text and the same values as a validating reader, which is the slow twin here."""

import datetime as dt
from functools import lru_cache

import pytest
from pydantic import TypeAdapter

from matcher.catalog import load_catalog
from matcher.participant import Conflict, Participant, Profile
from matcher.paths import catalog_path
from matcher.programme import Leaf, Tree
from matcher.read.offers import read_offers
from matcher.read.vacancies import read_employers, read_vacancies
from matcher.store import codec


@lru_cache
def twin(value_type: type) -> TypeAdapter[object]:
    return TypeAdapter(value_type)


def same_as_twin(value: object) -> None:
    adapter = twin(type(value))
    text = codec.encode(value)
    assert text == adapter.dump_json(value, exclude_none=True).decode()
    again = codec.decode(type(value), text)
    assert again == value and repr(again) == repr(value)


def test_people_of_the_demo_office(demo_people: list[Profile]) -> None:
    for profile in demo_people:
        parts = (profile.participant, profile.household, profile.protected)
        for part in parts:
            same_as_twin(part)
        texts = (*map(codec.encode, parts), codec.encode_conflicts(profile.conflicts))
        assert codec.decode_profile(*texts) == profile


def test_lists_of_the_demo_office() -> None:
    folder = catalog_path() / "demo"
    for read, name in ((read_offers, "offers"), (read_vacancies, "vacancies"), (read_employers, "employers")):
        values = read(folder / f"{name}.csv")
        assert values
        for value in values:
            same_as_twin(value)


def test_programmes_with_their_trees() -> None:
    for programme in load_catalog().programmes.values():
        again = codec.decode(type(programme), codec.encode(programme))
        assert again == programme and repr(again) == repr(programme)


def test_dates_in_leaves_and_words_that_look_like_dates() -> None:
    values = (dt.date(2020, 1, 1), "2020-13-01", "2020/01/01", 18.0, True, ("A1", "B1"))
    leaves = tuple(Leaf(field="f", op="=", value=value, text="t", source="s") for value in values)
    tree = Tree(op="all", children=(*leaves, Tree(op="any", children=leaves)))
    assert codec.decode(Tree, codec.encode(tree)) == tree


def test_conflicts_unknown_keys_and_whole_numbers() -> None:
    day = dt.date(2022, 5, 2)
    assert codec.encode(Participant(id="a", as_of=day, age=60)) == codec.encode(
        Participant(id="a", as_of=day, age=60.0)
    )
    text = '{"id":"a","as_of":"2022-05-02","age":60,"from_the_future":1}'
    assert codec.decode(Participant, text) == Participant(id="a", as_of=day, age=60.0)
    conflict = Conflict(fields=("a", "b"), text="c")
    assert codec.decode_profile(text, "{}", "{}", codec.encode_conflicts((conflict,))).conflicts == (conflict,)


def test_texts_of_two_lists_never_collide() -> None:
    assert codec.digest("ab", "c") != codec.digest("a", "bc")


@pytest.mark.parametrize("text", ["{", "[]", '{"age": 3}'])
def test_a_broken_text_is_not_read(text: str) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        codec.decode(Participant, text)
