"""Official lists in every layout, survey counts and expert neighbours: import, reload, refusal."""

import csv
import json
from pathlib import Path

import pytest

from matcher.errors import InputProblems, MatcherError
from matcher.models.occupation import import_occupations, importing, load_matcher, nearness_matrix
from matcher.models.occupation.build import build_trained
from matcher.models.occupation.sources import Sources
from matcher.models.occupation.subword_fit import FitSettings
from matcher.read.occupation_extras import read_auxco, read_prior
from matcher.read.occupations import read_occupation_list

SMALL = FitSettings(dimensions=8, epochs=3, batch=16, rate=0.1, dropout=0.1, seed=1)
INDEX = (
    "Berufsbenennungen;KldB 2010 (5-Steller)\nKoch/Köchin;29302\nVerkäufer/in;62102\nErzieher/in;83113\n"
    "Offizier/in;1104\nMaurer/in;32122\nStaplerfahrer/in;52531\nAltenpfleger/in;82102\n"
)
SERVER = (
    "\ufeffSchlüssel KldB 2010, V. 2020;Ebene;Titel;Kurztitel;Allgemeine Bemerkungen;Einschlüsse;Umfasst ferner;"
    'Ausschlüsse;\n1;1;Land;Land;;;;;\n1104;5;Offiziere;Offiziere;x;"a  b";Zugeordnete Berufe (Beispiele):  01104-101 '
    "Offizier - Truppe  01104-102 Offizier/in;;\n29302;5;Koch;Koch;;;Zugeordnete Berufe:  29302-100 Koch/Köchin;;\n"
)
DKZ = (
    '<?xml version="1.0" encoding="UTF-8"?><alleBerufe>'
    '<beruf id="1" codenr="B 11102-10000" bezeichnung="Landwirt/Landwirtin" gueltigVon="17.06.2020" gueltigBis=""/>'
    '<beruf id="2" codenr="B 11101-11100" bezeichnung="Erntehelfer/Erntehelferin" gueltigVon="" gueltigBis="15.04.2011"/>'
    "</alleBerufe>"
)


@pytest.fixture(autouse=True)
def small_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training as short as it can be; what is tested is the way of the data."""

    def quick(sources: Sources, progress: object = None) -> object:
        return build_trained(sources, None, SMALL)

    monkeypatch.setattr(importing, "build_trained", quick)


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def gesamtberufsliste(folder: Path, suffix: str) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Gesamtberufsliste der BA"
    for _ in range(3):
        sheet.append([None])
    sheet.append(
        [
            "DKZ-ID",
            "Codenummer",
            "Zustand",
            "Bezeichnung neutral kurz",
            "Bezeichnung männlich lang",
            "Bezeichnung weiblich lang",
        ]
    )
    sheet.append(["1", f"B 29302-{suffix}", "E", "Koch/Köchin", "Koch", "Köchin"])
    sheet.append(["2", f"B 01104-{suffix}", "T", "Offizier/in", "-", "f"])
    path = folder / f"liste_{suffix}.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", ["107", "10700"])
def test_gesamtberufsliste_has_its_header_in_row_four(tmp_path: Path, suffix: str) -> None:
    found = read_occupation_list(gesamtberufsliste(tmp_path, suffix))
    assert found.layout == "Gesamtberufsliste"
    assert [(row.code, row.title, row.male, row.female) for row in found.rows] == [
        ("29302", "Koch/Köchin", "Koch", "Köchin"),
        ("01104", "Offizier/in", "", ""),
    ]


def test_lost_leading_zeros_come_back(tmp_path: Path) -> None:
    index = read_occupation_list(put(tmp_path, "index.csv", INDEX))
    server = read_occupation_list(put(tmp_path, "server.csv", SERVER))
    assert ("01104", "Offizier/in") in {(row.code, row.title) for row in index.rows}
    assert [(row.code, row.title) for row in server.rows] == [
        ("01104", "Offizier - Truppe"),
        ("01104", "Offizier/in"),
        ("29302", "Koch/Köchin"),
    ]
    assert server.named_fassung == "2020"


def test_expired_rows_of_the_dkz_are_left_out(tmp_path: Path) -> None:
    found = read_occupation_list(put(tmp_path, "dkz.xml", DKZ))
    assert [row.code for row in found.rows] == ["11102"]
    assert found.left_out["expired"] == 1


@pytest.mark.parametrize(
    "text", ["a;b\n1;2\n", "<alleBerufe/>", "<alleBerufe><beruf", "Berufsbenennungen;KldB 2010\nKoch;x\nBote;y\n", ""]
)
def test_files_that_are_no_list_are_refused_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputProblems):
        import_occupations(put(tmp_path, "falsch.csv", text), "register", tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_entities_are_refused(tmp_path: Path) -> None:
    text = '<!DOCTYPE a [<!ENTITY b "c">]><alleBerufe><beruf codenr="B 11102-1" bezeichnung="&b;"/></alleBerufe>'
    with pytest.raises(MatcherError):
        read_occupation_list(put(tmp_path, "dkz.xml", text))


def test_an_imported_register_answers_from_then_on(tmp_path: Path) -> None:
    report = import_occupations(put(tmp_path, "index.csv", INDEX), "register", tmp_path / "data")
    matcher = load_matcher(tmp_path / "data")
    assert report.rows == 7
    assert report.fassung == matcher.register.fassung == "KldB 2010, Fassung 2020"
    assert report.sha256 == matcher.register.sha256
    assert matcher.register.name == "Alphabetisches Verzeichnis"
    assert matcher.match(["Köchin"])[0].candidates[0].code == "29302"


def test_the_older_edition_is_told_from_its_codes(tmp_path: Path) -> None:
    report = import_occupations(put(tmp_path, "i.csv", INDEX.replace("83113", "83112")), "register", tmp_path / "data")
    assert report.fassung == "KldB 2010, Fassung 2010"


def test_the_same_import_gives_the_same_bytes(tmp_path: Path) -> None:
    path = put(tmp_path, "index.csv", INDEX)
    first = import_occupations(path, "register", tmp_path / "one").sha256
    assert import_occupations(path, "register", tmp_path / "two").sha256 == first


def test_a_changed_artefact_is_refused(tmp_path: Path) -> None:
    import_occupations(put(tmp_path, "index.csv", INDEX), "register", tmp_path / "data")
    arrays = tmp_path / "data" / "occupations" / "model.npz"
    arrays.write_bytes(arrays.read_bytes()[:-1] + b"\x00\x00")
    manifest = arrays.with_suffix(".json")
    manifest.write_bytes(manifest.read_bytes() + b" ")
    with pytest.raises(MatcherError, match="manifest"):
        load_matcher(tmp_path / "data")


def test_survey_counts_raise_what_people_mean(tmp_path: Path) -> None:
    data = tmp_path / "data"
    import_occupations(put(tmp_path, "index.csv", INDEX), "register", data)
    counts = put(tmp_path, "prior.csv", "key,code,n\nkita,83113,40\nkita,29302,1\n")
    report = import_occupations(counts, "prior", data)
    matcher = load_matcher(data)
    assert report.rows == matcher.register.prior_rows == 2
    assert matcher.match(["Kita"])[0].candidates[0].code == "83113"


@pytest.mark.parametrize("row", ["kita,8311x,4", ",83113,4", "kita,83113,-1", "kita,83113,viele"])
def test_bad_survey_rows_are_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputProblems, match="row 2"):
        read_prior(put(tmp_path, "prior.csv", f"key,code,n\n{row}\n"))


def test_expert_neighbours_raise_nearness(tmp_path: Path) -> None:
    rows = [
        ("1", "2", "hoch", "29302"),
        ("2", "1", "hoch", "82102"),
        ("2", "3", "seltsam", "82102"),
        ("3", "2", "hoch", "62102"),
    ]
    path = tmp_path / "auxco_distinctions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["auxco_id", "title", "similar_auxco_id", "similar_title", "similarity", "default_kldb_id"])
        writer.writerows([one, "t", two, "t", rating, code] for one, two, rating, code in rows)
    data = tmp_path / "data"
    assert len(read_auxco(path).neighbours) == 4
    report = import_occupations(path, "auxco", data)
    assert report.left_out == {"unknown rating": 1}
    pairs = json.loads((data / "occupations" / "neighbours.json").read_text("utf-8"))["pairs"]
    assert "82102" in pairs["29302"]
    with_experts = nearness_matrix(["29302"], ["82102"], data_dir=data)[0, 0]
    assert with_experts > nearness_matrix(["29302"], ["82102"])[0, 0]
    assert load_matcher(data).register.neighbour_pairs == 2


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MatcherError, match="kind"):
        import_occupations(put(tmp_path, "index.csv", INDEX), "liste", tmp_path / "data")
