"""The pool of vacancies: order of the input changes nothing, columns hold what was said, files are never pickles."""

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import MatcherError
from matcher.pool.vacancies import VacancyPool
from matcher.pool.vacancy_files import load_pool, save_pool
from matcher.pool.vacancy_text import index, similarity, trigrams
from matcher.vacancy import Employer
from tests.vacancy_office import pool, vacancy

SOME = [
    vacancy("Lagerhelfer (m/w/d)", km=2),
    vacancy("Verkäufer (m/w/d) Teilzeit", km=4),
    vacancy("Pflegefachkraft (m/w/d)", km=6),
    vacancy("Koch (m/w/d) 30 Std./Woche", km=8),
    vacancy("Busfahrer (m/w/d)", km=9),
]


def same(one: VacancyPool, other: VacancyPool) -> bool:
    """Whether all columns are equal, unknown ones included."""
    pairs = [(getattr(one, entry.name), getattr(other, entry.name)) for entry in dataclasses.fields(one)]
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind in "fM") and a.dtype == b.dtype for a, b in pairs)


def test_shuffled_input_gives_the_same_pool() -> None:
    shuffled = list(SOME)
    random.Random(7).shuffle(shuffled)
    assert same(pool(*SOME), pool(*shuffled))


def test_saved_and_loaded_pool_is_the_same(tmp_path: Path) -> None:
    encoded = pool(*SOME)
    save_pool(encoded, tmp_path / "pool.npz")
    assert same(encoded, load_pool(tmp_path / "pool.npz"))
    assert [path.name for path in tmp_path.iterdir()] == ["pool.npz"]


def test_damaged_pool_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "pool.npz"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(MatcherError, match="Encode the vacancies again"):
        load_pool(path)
    np.savez(path, format_number=np.array([0]))
    with pytest.raises(MatcherError, match="another format"):
        load_pool(path)


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    path = tmp_path / "pool.npz"
    np.savez(path, format_number=np.array([object()], dtype=object))
    with pytest.raises(MatcherError, match="no readable pool"):
        load_pool(path)


def test_empty_pool_has_all_columns() -> None:
    empty = pool()
    assert len(empty) == 0
    assert empty.code_of.shape == (0, 3)
    assert empty.time_chance.shape == (0, 6)


def test_unknown_is_not_no() -> None:
    row = pool(vacancy("Verkäufer (m/w/d)"))
    assert row.full_time[0] == -1
    assert np.isnan(row.hours_min[0])
    assert np.isnat(row.open_until[0])
    assert np.isnan(row.reply_rate[0])


def test_evidence_is_kept_per_vacancy() -> None:
    encoded = pool(*SOME)
    row = [str(name) for name in encoded.ids].index("v-Busfahrer (m/w/d)-9")
    found = encoded.evidence(row, "licence")
    assert found is not None
    assert found[:2] == ("busfahr", True)
    assert encoded.evidence(row, "regulated") is None


def test_employers_bring_pauses_and_replies() -> None:
    employer = Employer(id="e1", name="Musterbetrieb", proposals_sent=10, replies=4)
    encoded = pool(vacancy("Koch (m/w/d)", employer_id="e1"), employers=[employer])
    assert encoded.reply_rate[0] == pytest.approx(0.4)
    assert encoded.replies_n[0] == 10


def test_shares_of_readings_sum_to_one() -> None:
    weights = pool(*SOME).code_weight.sum(axis=1)
    assert np.allclose(weights[weights > 0], 1.0)


def test_similarity_equals_a_slow_twin() -> None:
    texts = ["Lagerhelfer", "Lagerist mit Erfahrung", "Verkäufer Lebensmittel", "Koch", "Lagerarbeiter und Packer"]
    start, rows, share, weight = index(texts)
    for query in ("Lagerhelfer", "Verkauf", "Bäcker", "Kommisionierer Lager"):
        grams = trigrams(query)
        fast = similarity(np.array(grams, dtype=np.int32), start, rows, share, weight, len(texts))
        for number, text in enumerate(texts):
            own = trigrams(text)
            both = set(grams) & set(own)
            of_text = sum(float(weight[gram]) for gram in both) / sum(float(weight[gram]) for gram in grams)
            of_row = sum(float(weight[gram]) for gram in both) / sum(float(weight[gram]) for gram in own)
            slow = 0.7 * of_text + 0.3 * (of_text * of_row) ** 0.5
            assert fast[number] == pytest.approx(slow, abs=1e-5)


def test_typing_errors_and_gender_forms_stay_similar() -> None:
    start, rows, share, weight = index(["Kommissionierer/in", "Verkäufer (m/w/d)", "Elektroniker"])
    for query, best in (("Kommisionierer", 0), ("Verkäuferin", 1), ("Elektronikerin", 2)):
        fit = similarity(np.array(trigrams(query), dtype=np.int32), start, rows, share, weight, 3)
        assert int(np.argmax(fit)) == best
