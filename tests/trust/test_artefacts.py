"""Built artefacts with one bit turned over: refused, or as good as new; never quietly another model. TRUST 26."""

import random
import re
import zipfile
from pathlib import Path

import orjson
import pytest

from matcher.errors import MatcherError
from matcher.models.occupation import load_matcher
from matcher.models.occupation.load import CACHE
from matcher.pool.vacancy_files import load_pool, save_pool
from tests.pool.test_vacancy_pool import SOME, pool, same

TURNS = 200


def turned(data: bytes, rng: random.Random, at: int | None = None) -> bytes:
    """The same bytes with one bit turned over, of the byte `at` or any."""
    at = rng.randrange(len(data)) if at is None else at
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled register as its built form lies in a data folder."""
    folder = tmp_path_factory.mktemp("artefact")
    load_matcher(folder)
    return folder.joinpath(*CACHE).with_suffix(".npz")


def test_any_turned_bit_in_the_arrays_of_the_register_is_refused(built: Path) -> None:
    from matcher.models.occupation.artefact import load_model

    data, rng, stem = built.read_bytes(), random.Random(26), built.with_suffix("")
    assert load_model(stem) is not None
    try:
        for _ in range(20):
            built.write_bytes(turned(data, rng))
            with pytest.raises(MatcherError, match="manifest"):
                load_model(stem)
        for cut in (0, 1, len(data) // 2, len(data) - 1):
            built.write_bytes(data[:cut])
            with pytest.raises(MatcherError, match="manifest"):
                load_model(stem)
    finally:
        built.write_bytes(data)
    assert load_model(stem) is not None


def test_any_turned_bit_in_the_texts_of_the_register_is_refused_or_changes_nothing(built: Path) -> None:
    from matcher.models.occupation.artefact import load_model

    manifest, rng, stem, refused = built.with_suffix(".json"), random.Random(28), built.with_suffix(""), 0
    data = manifest.read_bytes()
    meant = orjson.loads(data)
    begins = [data.index(f'"{name}":'.encode()) for name in meant]
    places = [rng.randrange(len(data)) for _ in range(TURNS)] + [begin + n for begin in begins for n in range(12)]
    try:
        for at in places:
            changed = turned(data, rng, at)
            manifest.write_bytes(changed)
            try:
                load_model(stem)
            except MatcherError as error:
                assert "import occupations" in error.remedy
                refused += 1
            else:
                assert orjson.loads(changed) == meant, "a number whose last digit does not count"
    finally:
        manifest.write_bytes(data)
    assert refused > len(places) * 0.95
    assert load_model(stem) is not None


def test_an_older_register_is_refused_and_a_kept_one_built_anew(built: Path, tmp_path: Path) -> None:
    from matcher.models.occupation.artefact import load_model

    older = {**orjson.loads(built.with_suffix(".json").read_bytes()), "format": 1}
    for folder in (("occupations", "model"), CACHE):
        stem = tmp_path.joinpath(folder[0]).joinpath(*folder)
        stem.parent.mkdir(parents=True)
        stem.with_suffix(".npz").write_bytes(built.read_bytes())
        stem.with_suffix(".json").write_bytes(orjson.dumps(older))
        with pytest.raises(MatcherError, match=r"is not of format 2\. Run `matcher import occupations FILE` again"):
            load_model(stem)
    with pytest.raises(MatcherError, match="format 2"):
        load_matcher(tmp_path / "occupations")
    assert load_matcher(tmp_path / "cache").match(["Koch"])[0].candidates[0].code == "29302"
    assert load_model(stem) is not None, "the kept form is built anew"


def test_a_turned_bit_never_makes_another_pool(tmp_path: Path) -> None:
    encoded, rng, refused = pool(*SOME), random.Random(27), 0
    file = tmp_path / "pool.npz"
    save_pool(encoded, file)
    data = file.read_bytes()
    members = [match.start() for match in re.finditer(b"PK[\x01\x03\x05][\x02\x04\x06]", data)]
    places = [rng.randrange(len(data)) for _ in range(TURNS)]
    places += [min(rng.choice(members) + rng.randrange(200), len(data) - 1) for _ in range(TURNS * 5)]
    for at in places:
        file.write_bytes(turned(data, rng, at))
        try:
            assert same(load_pool(file), encoded)
        except MatcherError:
            refused += 1
    assert refused > len(places) * 0.6


def test_artefacts_are_arrays_and_json_alone(built: Path) -> None:
    assert {file.suffix for file in built.parent.iterdir()} == {".npz", ".json"}
    with zipfile.ZipFile(built) as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
        assert not [name for name in archive.namelist() if b"'|O'" in archive.read(name)[:200]]
