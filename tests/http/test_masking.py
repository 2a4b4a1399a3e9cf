"""Canaries in every protected field: found where the role may see them, nowhere else. Source: TRUST 4, 41."""

import logging
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from matcher.http.masking import HIDDEN, Mask
from matcher.paths import catalog_path
from matcher.read.fields import FieldSpec, person_fields
from matcher.store.values import ROLES
from tests.http.conftest import ALL_SCOPES, House
from tests.http.test_access import MATRIX

WORKER = "sued-0"
LABELS = tomllib.loads((catalog_path() / "fields.toml").read_text("utf-8"))
PROTECTED = {name: spec for name, spec in person_fields().items() if spec.part == "protected"}
NUMBERS = {"degree_of_disability": 73.5191, "incapacity_months": 4.3719, "benefit_months_last_24": 21.7531,
           "max_hours_per_week": 31.2573, "jps_absence_percent": 41.7183}  # fmt: skip
CALM = {"acute_crisis": False, "contact_avoidance": "no", "literate": True,
        "able_to_attend_regular_measure": True, "no_integration_chance": False, "rehab_status": "none", "addiction": "none"}  # fmt: skip
"""What would end in a talk before anything else."""
WHOLE = {"top": 20, "others": 100, "excluded": 200}


def value(spec: FieldSpec) -> Any:
    """A value of a protected field that is found again where it can be."""
    made = {
        "yes_no": True,
        "number": NUMBERS.get(spec.name, 987.65),
        "date": "2019-03-17",
        "text": "ZZCANARYZZ",
        "choice": spec.choices[-1] if spec.choices else None,
        "choices": list(spec.choices[:2]),
    }
    return made[spec.kind]


PROFILE = {"age": 34, "target_occupations": ["Lagerhelfer"], "postal_code": "09111", "german_level": "B1",
           "legal_circle": "SGB II", "unemployment_months": 30,
           **{name: value(spec) for name, spec in PROTECTED.items()}, **CALM}  # fmt: skip


def marks() -> dict[str, str]:
    """What gives a protected field away: its name, its question, its value."""
    found = {name: name for name in PROTECTED if "_" in name}
    found |= {LABELS[name]["question"]: name for name in PROTECTED}
    found |= {str(PROFILE[name]): name for name, spec in PROTECTED.items() if spec.kind in {"number", "date", "text"}}
    return found


def hits(data: bytes) -> set[str]:
    text = data.decode().replace("\\u00", "")
    return {name for mark, name in marks().items() if _whole(mark).search(text)}


def _whole(mark: str) -> re.Pattern[str]:
    """Not as a part of a longer number: times of day have many digits."""
    return re.compile(rf"(?<![\d.]){re.escape(mark)}(?!\d)")


@pytest.fixture(scope="module")
def place(house: House) -> str:
    """Where a person with every protected fact stands."""
    made = house.client(WORKER).post("/v1/participants", json={"office": "sued", "profile": PROFILE})
    assert made.status_code == 201, made.data
    return made.headers["Location"]


@pytest.fixture
def blind(house: House) -> Iterator[None]:
    """Case workers see no protected group, as an office may decide."""
    table = tomllib.loads((catalog_path() / "access.toml").read_text("utf-8"))["field_groups"]["auditor"]
    house.service.masks["case_worker"] = Mask(
        {name for name, row in LABELS.items() if row["group"] in table and name not in PROTECTED}, LABELS
    )
    yield
    del house.service.masks["case_worker"]


def test_who_may_see_everything_sees_everything(house: House, place: str) -> None:
    client = house.client(WORKER)
    facts = client.get(place).get_json()["facts"]
    assert set(PROTECTED) <= set(facts)
    asked = client.post(f"{place}/suggestions", json=WHOLE)
    assert len(hits(asked.data)) > 10
    assert HIDDEN not in str(asked.get_json()["answer"]["open_questions"])


def test_who_may_not_sees_none_of_it_in_answers_chains_and_lists(house: House, place: str, blind: None) -> None:
    client = house.client(WORKER)
    answers = [
        client.get(place),
        client.get("/v1/participants?limit=200"),
        client.post(f"{place}/suggestions", json=WHOLE),
        client.post(f"{place}/chains", json={}),
        client.post(f"{place}/chains", json={"catalogue_only": True}),
        client.post("/v1/suggestions", json={"profile": PROFILE, "chains": True, **WHOLE}),
        client.get("/v1/triggers"),
    ]
    for answer in answers:
        assert answer.status_code in {200, 201}
        assert hits(answer.data) == set(), answer.request.path
    suggested = answers[2].get_json()["answer"]
    assert HIDDEN in str(suggested["measures"]["excluded"]) and HIDDEN in str(suggested["measures"]["suggestions"])
    assert answers[0].get_json()["hidden"] >= len(PROTECTED)
    assert {one["feature"] for half in ("measures", "vacancies") for one in _contributions(suggested[half])}


def _contributions(half: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for one in half["suggestions"] for part in one["contributions"]]


def test_points_stay_what_they_are_where_words_are_hidden(house: House, place: str, blind: None) -> None:
    masked = house.client(WORKER).post(f"{place}/suggestions", json=WHOLE).get_json()
    house.service.masks.pop("case_worker")
    whole = house.client(WORKER).get(f"/v1/records/{masked['record_id']}").get_json()["answer"]
    house.service.masks["case_worker"] = Mask((), LABELS)
    shown = {one["id"]: one["score"] for one in masked["answer"]["measures"]["suggestions"]}
    known = {one["id"]: one["score"] for one in whole["measures"]["suggestions"] if not one["id"].startswith("step:")}
    assert known and known.items() <= shown.items()


def test_the_auditor_reads_the_record_without_protected_facts(house: House, place: str) -> None:
    asked = house.client(WORKER).post(f"{place}/suggestions", json={**WHOLE, "chains": True}).get_json()
    assert len(hits(str(asked).encode())) > 10
    record = house.client("auditor").get(f"/v1/records/{asked['record_id']}")
    assert record.status_code == 200
    assert hits(record.data) == set()
    assert record.get_json()["versions"] == asked["answer"]["versions"]
    item = next(one["id"] for one in asked["answer"]["measures"]["suggestions"])
    body = {"record_id": asked["record_id"], "item_id": item, "decision": "refused", "reason": "QQREASONQQ",
            "note": "ZZCANARYZZ"}  # fmt: skip
    assert house.client(WORKER).post(f"{place}/decisions", json=body).status_code == 201
    own = house.client(WORKER).get(f"{place}/decisions").get_json()["items"][0]
    assert (own["reason"], own["note"]) == ("QQREASONQQ", "ZZCANARYZZ")
    read = house.client("auditor").get(f"{place}/decisions").get_json()["items"][0]
    assert (read["reason"], read["note"]) == (HIDDEN, HIDDEN)


def test_no_other_role_no_error_no_log_and_no_figure_holds_a_canary(
    house: House, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = place.rsplit("/", 1)[1]
    record = house.client(WORKER).post(f"{place}/suggestions", json=WHOLE).get_json()["record_id"]
    vacancy = house.client(WORKER).get("/v1/vacancies?limit=1").get_json()["items"][0]["id"]
    for role in ROLES:
        for client in (house.client(role), house.machine(role, ALL_SCOPES)) if role != "case_worker" else ():
            for path, method in sorted(MATRIX):
                address = path.replace("<participant_id>", person).replace("<record_id>", record)
                address = address.replace("<vacancy_id>", vacancy)
                answer = client.open(address, method=method, json=None if method == "GET" else {"profile": PROFILE})
                assert path == "/v1/openapi.json" or hits(answer.data) == set(), (role, path)
    broken = {"profile": {**PROFILE, "functional_limits": ["F32.1 ZZCANARYZZ"], "interpreter_language": {"a": 1},
                          "degree_of_disability": "ZZCANARYZZ"}}  # fmt: skip
    for method, path in (("POST", "/v1/suggestions"), ("PUT", place)):
        answer = house.client(WORKER).open(path, method=method, json=broken, headers={"If-Match": '"x"'})
        assert answer.status_code == 422
        assert b"ZZCANARY" not in answer.data and b"F32" not in answer.data
    told = [str(one.__dict__) for one in caplog.records if one.name.startswith("matcher")]
    assert len(told) > 100
    assert not [one for one in told if hits(one.encode()) or "ZZCANARY" in one or person in one]
    assert hits(house.client("administrator").get("/metrics").data) == set()


def test_diagnoses_are_refused_with_a_pointer(house: House) -> None:
    for sent in ("F32.1", "M54", "Depression", "Rückenleiden", "no_heights; F10.2"):
        answer = house.client(WORKER).post("/v1/suggestions", json={"profile": {"functional_limits": [sent]}})
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"].startswith("/profile/functional_limits")
        assert sent.encode() not in answer.data
