"""The store on both databases: what goes in comes out, twice is once, all or nothing, versions follow content."""

import datetime as dt
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from matcher.errors import MatcherError, NotFound
from matcher.participant import Profile, Window
from matcher.programme import Access, Leaf, Offer, Programme, Tree
from matcher.read.places import PlaceRow
from matcher.read.profile import read_profile
from matcher.store import Counts, ImportRecord, Store, open_store
from matcher.store.engine import reading, writing
from matcher.store.tables import HouseholdRow, IdentityRow, ParticipantRow, ProtectedRow
from matcher.vacancy import Employer, Vacancy

TODAY = dt.date(2022, 5, 2)


def person(key: str, **facts: object) -> Profile:
    return read_profile(
        {
            "id": key,
            "age": 34,
            "german_level": "B1",
            "children_ages": [3],
            "debts_unsettled": True,
            "available_window": {"from": "08:00", "until": "15:00"},
            **facts,
        },
        today=TODAY,
    )


VACANCIES = [
    Vacancy(
        id="v2",
        title="Koch (ä)",
        published_on=TODAY,
        lat=50.1,
        lon=13.2,
        driving_licences=(),
        windows=(Window(from_minutes=360, until_minutes=870),),
    ),
    Vacancy(id="V1", title="Lager"),
]
OFFER = Offer(id="o1", programme_id="p1", title="Kurs", starts_on=TODAY, access=Access(route="avgs", documents=("a",)))
TERMS = Tree(
    op="all",
    children=(
        Leaf(field="age", op=">=", value=18.0, text="ab 18", source="x"),
        Tree(
            op="any",
            children=(
                Leaf(field="refugee", op="=", value=True, text="t", source="x"),
                Leaf(field="arrival_date", op=">=", value=dt.date(2020, 1, 1), text="t", source="x"),
                Leaf(field="german_level", op="in", value=("B1", "B2"), text="t", source="x"),
            ),
        ),
        Tree(op="at_least", n=1, children=(Leaf(field="age", op="<", value=31.0, text="t", source="x"),)),
    ),
)
PROGRAMME = Programme(id="p1", title="Startklar", kind="measure", subkind="Aktivierung", terms=TERMS)
EMPLOYER = Employer(id="e1", name="Muster GmbH", proposals_sent=3)


def test_values_come_back_equal_and_ordered(store: Store) -> None:
    store.save_vacancies(VACANCIES)
    store.save_offers([OFFER])
    store.save_programmes([PROGRAMME])
    store.save_employers([EMPLOYER])
    assert store.vacancies() == [VACANCIES[1], VACANCIES[0]]
    assert store.offers() == [OFFER]
    assert store.programmes() == [PROGRAMME]
    assert store.employers() == [EMPLOYER]
    assert store.count("vacancies") == 2


def test_saving_twice_changes_nothing_and_changes_are_counted(store: Store) -> None:
    assert store.save_vacancies(VACANCIES) == Counts(2, 0, 0)
    before = store.version("vacancies")
    assert store.save_vacancies(VACANCIES) == Counts(0, 0, 2)
    assert store.version("vacancies") == before
    newer = [replace(VACANCIES[0], title="Köchin"), VACANCIES[1], Vacancy(id="v3", title="Neu")]
    assert store.save_vacancies(newer) == Counts(1, 1, 1)
    assert store.version("vacancies") != before
    assert {vacancy.id: vacancy.title for vacancy in store.vacancies()}["v2"] == "Köchin"


def test_versions_follow_content_not_order(store: Store, tmp_path: Path) -> None:
    empty = store.version("offers")
    store.save_vacancies(VACANCIES[:1])
    store.save_vacancies(VACANCIES[1:])
    with open_store(tmp_path / "other") as other:
        assert other.version("offers") == empty
        other.save_vacancies(VACANCIES[::-1])
        assert other.version("vacancies") == store.version("vacancies")


def test_people_by_internal_id_and_customer_number(store: Store) -> None:
    assert store.save_participants([person("row-2"), person("row-3", age=50)], ["00123", "K7"]) == Counts(2, 0, 0)
    found = store.participant("00123")
    assert found.id not in ("row-2", "00123")
    assert len(found.id) == 20
    assert store.participant(found.id) == found
    assert replace(found, participant=replace(found.participant, id="row-2")) == person("row-2")
    assert store.save_participants([person("row-9")], ["00123"]) == Counts(0, 0, 1)
    assert store.save_participants([person("row-9", age=35)], ["00123"]) == Counts(0, 1, 0)
    assert store.participant("00123").id == found.id
    assert store.participant("00123").participant.age == 35
    with pytest.raises(NotFound):
        store.participant("123")


def test_people_without_customer_number_keep_their_id(store: Store) -> None:
    people = [person("b", has_children=False), person("a")]
    store.save_participants(people)
    assert store.participants() == [people[1], people[0]]
    assert store.participant("b").conflicts == people[0].conflicts != ()


def test_no_table_of_facts_holds_the_customer_number(store: Store) -> None:
    store.save_participants([person("row-2")], ["GEHEIM-1"])
    with reading(store.engine) as connection:
        for model in (ParticipantRow, HouseholdRow, ProtectedRow):
            rows = connection.execute(select(model.__table__)).all()
            assert len(rows) == 1
            assert "GEHEIM-1" not in str(rows)
        open_facts = str(connection.execute(text("SELECT payload FROM participants")).all())
    assert "debts_unsettled" not in open_facts
    assert "children" not in open_facts


def test_a_doubled_id_saves_nothing(store: Store) -> None:
    with pytest.raises(MatcherError):
        store.save_vacancies([*VACANCIES, Vacancy(id="v2", title="anders")])
    assert store.vacancies() == []


def test_an_error_in_the_middle_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.store import saving

    def broken(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(saving, "_set_version", broken)
    with pytest.raises(RuntimeError):
        store.save_participants([person("a")], ["K1"])
    monkeypatch.undo()
    assert store.participants() == []
    assert store.save_participants([person("a")], ["K1"]) == Counts(1, 0, 0)


def test_foreign_keys_hold(store: Store) -> None:
    from sqlalchemy import insert

    with pytest.raises(IntegrityError), writing(store.engine) as connection:
        connection.execute(insert(IdentityRow), [{"participant_id": "nobody", "customer_no": "1"}])


def test_places_of_two_lists_complete_each_other(store: Store) -> None:
    store.save_places([PlaceRow(postal_code="09599", lat=50.9, lon=13.3), PlaceRow(postal_code="99999", place="X")])
    assert store.save_places([PlaceRow(postal_code="09599", place="Freiberg")]) == Counts(1, 0, 0)
    places = store.places()
    assert places.find("09599") == pytest.approx((50.9, 13.3))
    assert places.find(None, "Freiberg") == pytest.approx((50.9, 13.3))
    assert places.find("99999") is None


def test_the_import_log_remembers_the_first_time(store: Store) -> None:
    first = dt.datetime(2022, 5, 2, 8, 30, tzinfo=dt.UTC)
    assert store.first_import("vacancies", "abc") is None
    for at in (first, first + dt.timedelta(days=3)):
        store.log_import(ImportRecord(kind="vacancies", file_name="a.csv", content_hash="abc", at=at, counts=Counts()))
    assert store.first_import("vacancies", "abc") == first
    assert store.first_import("offers", "abc") is None


def test_unknown_kinds_are_named(store: Store) -> None:
    with pytest.raises(MatcherError, match="vacancies"):
        store.version("cats")


def test_the_embedded_database_is_hardened(tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store, store.engine.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert stat.S_IMODE((tmp_path / "data" / "matcher.db").stat().st_mode) == 0o600


def test_opening_without_creating(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match="no database"):
        open_store(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []
    open_store(tmp_path).close()
    open_store(tmp_path, create=False).close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "matcher.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(MatcherError):
        open_store(tmp_path)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "matcher.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(MatcherError, match="newer"):
        open_store(tmp_path)


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@127.0.0.1:1/x"])
def test_addresses_that_do_not_work_are_explained(tmp_path: Path, url: str) -> None:
    with pytest.raises(MatcherError) as caught:
        open_store(tmp_path, url)
    assert caught.value.remedy


def test_a_locked_database_is_explained_and_nothing_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.store import engine

    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS[:-1], "busy_timeout=50"))
    with open_store(tmp_path) as store:
        other = sqlite3.connect(tmp_path / "matcher.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MatcherError, match="locked"):
            store.save_vacancies(VACANCIES)
        other.execute("ROLLBACK")
        other.close()
        assert store.vacancies() == []


def test_two_imports_of_the_same_list_at_once_are_one(store: Store, url: str | None, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    people = [person(f"row-{n}") for n in range(40)]
    numbers = [f"K{n}" for n in range(40)]

    def save(_: int) -> tuple[Counts, Counts]:
        with open_store(tmp_path, url) as own:
            return own.save_participants(people, numbers), own.save_vacancies(VACANCIES)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(save, range(4)))
    assert sum(counts.new for counts, _ in results) == 40
    assert sum(counts.new for _, counts in results) == 2
    assert all(counts.changed == 0 for pair in results for counts in pair)
    assert len(store.participants()) == 40


def test_opening_a_fresh_database_at_once(empty_url: str | None, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def touch(_: int) -> int:
        with open_store(tmp_path / "fresh", empty_url) as own:
            return own.count("vacancies")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(touch, range(4))) == [0, 0, 0, 0]
