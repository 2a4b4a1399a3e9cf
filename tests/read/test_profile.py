"""The exchange format: every field, unknown and none apart, all problems at once, contradictions, round trip."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputProblems
from matcher.participant import Child, Experience, Profile, Window
from matcher.read.contradictions import CONTRADICTIONS, SAME_FACT
from matcher.read.fields import FieldSpec, person_fields
from matcher.read.profile import profile_to_dict, read_profile
from matcher.read.profile_file import read_profiles
from tests.read.shared import ROOT, shared

TODAY = dt.date(2025, 9, 20)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def read(**data: Any) -> Profile:
    return read_profile({"id": "t1", **data}, today=TODAY)


def problems_of(**data: Any) -> dict[str | None, str]:
    with pytest.raises(InputProblems) as caught:
        read(**data)
    return {problem.column: f"{problem.message} {problem.remedy}" for problem in caught.value.problems}


def test_almost_no_data_is_all_unknown() -> None:
    profile = read_profile({}, today=TODAY, where="line-1")
    assert profile.id == "line-1"
    assert profile.participant.as_of == TODAY
    assert profile_to_dict(profile) == {"id": "line-1", "as_of": "2025-09-20"}


def test_unknown_and_none_stay_apart() -> None:
    known = read(experience=[], children_ages=[], functional_limits=[], own_car=False, driving_licences=[])
    assert known.participant.experience == ()
    assert known.household.children == ()
    assert known.protected.functional_limits == ()
    assert known.participant.own_car is False
    assert known.participant.driving_licence is False
    unknown = read(experience=None, children_ages=None, functional_limits=None, own_car=None)
    assert unknown.participant.experience is None
    assert unknown.household.children is None
    assert unknown.protected.functional_limits is None
    assert unknown.participant.own_car is None


def test_every_field_of_the_documented_tables_is_read() -> None:
    path = shared("domain/participant_format.md")
    names = set()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("| `"):
            names |= {part.split("`")[1] for part in line.split("|")[1].split(",") if "`" in part}
    known = set(person_fields()) | {"children_ages", "childcare_window"}
    assert names - known - {"car_days"} == set()
    assert len(names) > 120


@pytest.mark.parametrize("name", ["id", "profile_id", "participant_id"])
def test_id_has_three_names(name: str) -> None:
    assert read_profile({name: "T7"}, today=TODAY).id == "T7"


def test_short_forms_of_children() -> None:
    window = Window(from_minutes=450, until_minutes=930)
    profile = read(children_ages=[3, 7], childcare_window={"from": "07:30", "until": "15:30"})
    assert profile.household.children == (Child(age=3, contract=window), Child(age=7, contract=window))
    assert read(children_ages=[], childcare_window=None).household.children == ()
    assert read(children_ages=[4], childcare_window=None).household.children == (Child(age=4),)
    assert read(childcare_window=None).household.children is None


def test_children_with_contracts() -> None:
    child = {
        "age": 3,
        "contract_from": "07:00",
        "contract_until": "16:00",
        "days": ["mon", "wed"],
        "fixed": True,
        "settling_in_until": "2025-10-01",
        "holiday_care": False,
        "backup_when_ill": None,
    }
    assert read(children=[child]).household.children == (
        Child(
            age=3,
            contract=Window(from_minutes=420, until_minutes=960, days=("mon", "wed")),
            fixed=True,
            settling_in_until=dt.date(2025, 10, 1),
            holiday_care=False,
        ),
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon-fri", WORKDAYS),
        ("mon-sat", (*WORKDAYS, "sat")),
        ("mon-sun", (*WORKDAYS, "sat", "sun")),
        (["wed", "mon"], ("mon", "wed")),
        (None, WORKDAYS),
    ],
)
def test_windows_and_days(days: object, expected: tuple[str, ...]) -> None:
    profile = read(available_window={"from": "00:00", "until": "24:00", "days": days})
    assert profile.participant.available_windows == (Window(from_minutes=0, until_minutes=1440, days=expected),)  # type: ignore[arg-type]


def test_several_windows_and_experience() -> None:
    profile = read(
        available_window=[{"from": "08:00", "until": "12:00"}, {"from": "9:30", "until": "11:00", "days": "mon-sun"}],
        experience=[{"title": "Lagerhelfer", "years": 1.5, "last_year": 2024}],
    )
    assert [w.from_minutes for w in profile.participant.available_windows or ()] == [480, 570]
    assert profile.participant.experience == (Experience(title="Lagerhelfer", years=1.5, last_year=2024),)


def test_all_problems_at_once_with_pointer_and_remedy() -> None:
    found = problems_of(
        agee=3,
        age="alt",
        german_level="B9",
        available_window={"from": "25:00", "until": "7"},
        children=[{"age": 3, "alter": 4}],
        unemployment_months=-1,
        own_car="ja",
        training_contract_start="1.1.2025",
    )
    assert set(found) == {
        "/agee",
        "/age",
        "/german_level",
        "/available_window/from",
        "/available_window/until",
        "/children/0/alter",
        "/unemployment_months",
        "/own_car",
        "/training_contract_start",
    }
    assert "Did you mean 'age'" in found["/agee"]
    assert all(len(text) > 20 for text in found.values())


LISTS = sorted(
    {spec.name for spec in person_fields().values() if spec.kind in ("choices", "texts", "windows")}
    | {"experience", "children", "children_ages"}
)


@pytest.mark.parametrize("none", ["none", "not_applicable", " None ", False, 0, 0.0, [], ["none"]])
@pytest.mark.parametrize("name", LISTS)
def test_none_in_a_list_field_is_known_and_empty(name: str, none: object) -> None:
    attribute = {"available_window": "available_windows", "children_ages": "children"}.get(name, name)
    profile = read(**{name: none})
    assert _fact(profile, attribute) == ()
    assert read(**{name: None}) != profile


def test_none_among_other_entries_is_an_entry() -> None:
    assert read(target_occupations=["none", "Koch"]).participant.target_occupations == ("none", "Koch")
    assert read(children_ages=[0]).household.children == (Child(age=0),)
    assert "/driving_licences/0" in problems_of(driving_licences=["none", "B"])


@pytest.mark.parametrize(("given", "expected"), [(0, False), (1, True), (0.0, False), (False, False), (True, True)])
def test_zero_and_one_are_no_and_yes(given: object, expected: bool) -> None:
    assert read(own_car=given).participant.own_car is expected
    child = read(children=[{"age": 3, "fixed": given}]).household.children
    assert child == (Child(age=3, fixed=expected),)


@pytest.mark.parametrize("given", [2, -1, 0.5, "0", "none", "ja"])
def test_what_is_neither_yes_nor_no(given: object) -> None:
    assert "/own_car" in problems_of(own_car=given)


POSTAL_CODES = (
    ("09599", "09599"),
    ("1067", "01067"),
    ("D-96052", "96052"),
    ("DE 96052", "96052"),
    (" 96052 ", "96052"),
    ("96052.0", "96052"),
    ("", None),
)


@pytest.mark.parametrize(("given", "expected"), POSTAL_CODES)
def test_postal_codes_are_what_lists_make_of_them(given: str, expected: str | None) -> None:
    assert read(postal_code=given).participant.postal_code == expected


@pytest.mark.parametrize("given", ["XXXXX", "960", "960521", "D-", "A-1030x", "9605 2"])
def test_what_is_no_postal_code_is_a_problem_that_does_not_repeat_it(given: str) -> None:
    with pytest.raises(InputProblems) as caught:
        read(postal_code=given)
    assert [problem.column for problem in caught.value.problems] == ["/postal_code"]
    assert given not in str(caught.value)


DATES: tuple[tuple[str, str | None], ...] = (
    ("2025-10-01", None),
    ("1900-01-01", None),
    ("2200-12-31", None),
    ("1899-12-31", "is not a date from 1900 to 2200."),
    ("2201-01-01", "is not a date from 1900 to 2200."),
    ("9999-12-31", "is not a date from 1900 to 2200."),
    ("0001-01-01", "is not a date from 1900 to 2200."),
    ("2025-W40", "is not a date."),
    ("2025-W40-1", "is not a date."),
    ("20251001", "is not a date."),
    ("2025-10-01T00:00", "is not a date."),
    ("2025-02-30", "is not a date."),
    (" 2025-10-01", "is not a date."),
)


@pytest.mark.parametrize("field", ["no_proposals_until", "arrival_date", "as_of"])
@pytest.mark.parametrize(("text", "wrong"), DATES)
def test_dates_are_iso_days_that_can_be_counted(field: str, text: str, wrong: str | None) -> None:
    if wrong is None:
        assert read(**{field: text}).id == "t1"
    else:
        assert problems_of(**{field: text})[f"/{field}"].startswith(wrong)


@pytest.mark.parametrize("text", ["F32.1", "Bandscheibenvorfall", "M54.5", "rücken"])
def test_diagnoses_are_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(InputProblems) as caught:
        read(functional_limits=["no_noise", text])
    assert text not in str(caught.value)
    assert "/functional_limits/1" in str(caught.value)


@pytest.mark.parametrize("key", ["name", "customer_no", "Kundennummer", "date_of_birth"])
def test_identity_is_refused(key: str) -> None:
    assert "identity" in problems_of(**{key: "Beispiel"})[f"/{key}"]


def test_wrong_protected_values_are_not_shown() -> None:
    with pytest.raises(InputProblems) as caught:
        read(addiction="geheimer Wert", gender="w", wishes=["x"])
    assert "geheimer Wert" not in str(caught.value)


SAME: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"driving_licence": False, "driving_licences": ["B"]}, ("driving_licence", "driving_licences")),
    ({"driving_licence": True, "driving_licences": []}, ("driving_licence", "driving_licences")),
    ({"minijob": False, "employment_status": "minijob"}, ("minijob", "employment_status")),
    ({"minijob": True, "employment_status": "unemployed"}, ("minijob", "employment_status")),
    (
        {"time_window": "mornings", "available_window": {"from": "14:00", "until": "20:00"}},
        ("time_window", "available_windows"),
    ),
    ({"children_ages": [], "has_children": True}, ("has_children", "children")),
    ({"children_ages": [3], "children": [{"age": 4}]}, ("children",)),
)


@pytest.mark.parametrize(("data", "unknown"), SAME)
def test_fields_that_say_the_same_and_differ_become_unknown(data: dict[str, Any], unknown: tuple[str, ...]) -> None:
    profile = read(**data)
    assert len(profile.conflicts) == 1
    assert all(_fact(profile, name) is None for name in unknown)


BROKEN: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"age": 20, "experience": [{"title": "Koch", "years": 18}]}, ("age", "experience")),
    ({"experience": [{"title": "Koch", "last_year": 2031}]}, ("experience",)),
    ({"age": 20, "unemployment_months": 120}, ("age", "unemployment_months")),
    ({"ever_worked": False, "experience": [{"title": "Koch"}]}, ("ever_worked", "experience")),
    ({"employment_status": "sv_full_time", "unemployment_months": 5}, ("employment_status", "unemployment_months")),
    ({"german_level": "native", "integration_course": "running"}, ("german_level", "integration_course")),
    (
        {
            "children_ages": [2],
            "childcare_window": {"from": "08:00", "until": "13:00"},
            "childcare_status": "not_needed",
        },
        ("children", "childcare_status"),
    ),
    ({"single_parent": True, "children_ages": []}, ("single_parent", "children")),
    ({"single_parent": True, "partner_in_bg": True}, ("single_parent", "partner_in_bg")),
    ({"severe_disability": True, "degree_of_disability": 30}, ("severe_disability", "degree_of_disability")),
    ({"desired_hours_min": 40, "desired_hours_max": 20}, ("desired_hours_min", "desired_hours_max")),
    ({"transport_mode": "car", "driving_licences": []}, ("transport_mode", "driving_licences")),
    ({"residence_status": "german_citizen", "work_permit": "none"}, ("residence_status", "work_permit")),
    ({"benefit_months_last_24": 20, "benefit_months_total": 10}, ("benefit_months_last_24", "benefit_months_total")),
    (
        {"vocational_qualification": "none", "first_vocational_training_completed": True},
        ("vocational_qualification", "first_vocational_training_completed"),
    ),
)


WINDOW = {"from": "08:00", "until": "13:00"}
CARED = {"age": 3, "contract_from": "08:00", "contract_until": "13:00"}
PAIRS: tuple[tuple[dict[str, Any], dict[str, Any], tuple[str, ...]], ...] = (
    (
        {"topup_job_last_60_months": False, "months_since_last_topup_job": 3},
        {"topup_job_last_60_months": False, "months_since_last_topup_job": 60},
        ("topup_job_last_60_months", "months_since_last_topup_job"),
    ),
    (
        {"topup_job_last_60_months": True, "months_since_last_topup_job": 100},
        {"topup_job_last_60_months": True, "months_since_last_topup_job": 60},
        ("topup_job_last_60_months", "months_since_last_topup_job"),
    ),
    (
        {"work_experience_months": 0, "experience": [{"title": "Koch", "years": 2}]},
        {"work_experience_months": 0, "experience": [{"title": "Koch"}]},
        ("work_experience_months", "experience"),
    ),
    (
        {"vocational_qualification": "recognised", "first_vocational_training_completed": False},
        {"vocational_qualification": "academic", "first_vocational_training_completed": False},
        ("vocational_qualification", "first_vocational_training_completed"),
    ),
    (
        {"market_distance": "market_ready", "no_integration_chance": True},
        {"market_distance": "near", "no_integration_chance": True},
        ("market_distance", "no_integration_chance"),
    ),
    (
        {"experience": [{"title": "Koch", "last_year": 2025}], "months_since_last_job": 120},
        {"experience": [{"title": "Koch", "last_year": 2016}], "months_since_last_job": 120},
        ("experience", "months_since_last_job"),
    ),
    (
        {"experience": [{"title": "Koch", "last_year": 2025}], "months_since_last_job": 21},
        {"experience": [{"title": "Koch", "last_year": 2025}], "months_since_last_job": 20},
        ("experience", "months_since_last_job"),
    ),
    (
        {"childcare_status": "missing", "children": [CARED]},
        {"childcare_status": "missing", "children": [CARED, {"age": 1}]},
        ("childcare_status", "children"),
    ),
    (
        {"children_ages": [], "childcare_window": WINDOW},
        {"children_ages": [3], "childcare_window": WINDOW},
        ("children",),
    ),
    (
        {"has_children": False, "childcare_window": WINDOW},
        {"has_children": True, "childcare_window": WINDOW},
        ("has_children",),
    ),
    ({"age": 20, "children_ages": [11]}, {"age": 20, "children_ages": [10, 3]}, ("age", "children")),
    (
        {"integration_course": "completed", "integration_course_completed_on": "2025-09-21"},
        {"integration_course": "completed", "integration_course_completed_on": "2025-09-20"},
        ("integration_course", "integration_course_completed_on"),
    ),
    ({"arrival_date": "2025-09-21"}, {"arrival_date": "2025-09-20"}, ("arrival_date",)),
    (
        {"migration_background": False, "refugee": True},
        {"migration_background": False, "refugee": False},
        ("migration_background", "refugee"),
    ),
    (
        {"unemployment_months": 1000, "age": 30},
        {"unemployment_months": 40, "months_since_last_job": 1},
        ("unemployment_months",),
    ),
)
"""What cannot be, what is next to it and can be, and the facts that become unknown."""


@pytest.mark.parametrize(("broken", "fine", "unknown"), PAIRS)
def test_both_sides_of_a_contradiction(broken: dict[str, Any], fine: dict[str, Any], unknown: tuple[str, ...]) -> None:
    profile = read(**broken)
    assert len(profile.conflicts) == 1 and profile.conflicts[0].text.endswith(".")
    assert all(_fact(profile, name) is None for name in unknown)
    assert read(**fine).conflicts == ()


def test_demo_participants_contradict_themselves_only_where_they_are_meant_to() -> None:
    profiles = read_profiles(ROOT / "catalog" / "demo" / "participants.jsonl", today=TODAY)
    assert {profile.id for profile in profiles if profile.conflicts} == {"T0004"}


@pytest.mark.parametrize(("data", "unknown"), BROKEN)
def test_contradictions_are_reported_and_unknown(data: dict[str, Any], unknown: tuple[str, ...]) -> None:
    profile = read(**data)
    assert any(set(unknown) <= set(conflict.fields) for conflict in profile.conflicts)
    assert all(_fact(profile, name) is None for name in unknown)
    assert all(conflict.text.endswith(".") for conflict in profile.conflicts)


HARMLESS: tuple[dict[str, Any], ...] = (
    {"driving_licence": True, "driving_licences": ["B"]},
    {"driving_licence": False, "driving_licences": ["AM"]},
    {"minijob": True, "employment_status": "minijob"},
    {"minijob": True, "employment_status": "in_measure"},
    {"self_employed": True, "employment_status": "unemployed"},
    {"time_window": "full_day", "available_window": {"from": "08:00", "until": "16:00"}},
    {"time_window": "mornings", "available_window": {"from": "08:00", "until": "13:00"}},
    {"age": 32, "experience": [{"title": "Koch", "years": 18, "last_year": 2025}]},
    {"employment_status": "unemployed", "unemployment_months": 12},
    {"german_level": "C2", "integration_course": "completed"},
    {"children_ages": [15], "childcare_status": "not_needed", "single_parent": True},
    {"vocational_qualification": "none", "vocational_qualification_title": "Koch (abgebrochen)"},
    {"ever_worked": False, "last_occupation": "none"},
    {"severe_disability": False, "degree_of_disability": 30},
)


@pytest.mark.parametrize("data", HARMLESS)
def test_unusual_is_not_contradictory(data: dict[str, Any]) -> None:
    assert read(**data).conflicts == ()


def test_rules_name_known_attributes() -> None:
    known = {spec.attribute for spec in person_fields().values()} | {"childcare_window"}
    assert all(set(rule.fields) <= known for rule in (*SAME_FACT, *CONTRADICTIONS))


def _fact(profile: Profile, name: str) -> object:
    return next(
        getattr(part, name)
        for part in (profile.participant, profile.household, profile.protected)
        if hasattr(part, name)
    )


def _value(spec: FieldSpec) -> st.SearchStrategy[Any]:
    window = st.fixed_dictionaries({"from": st.just("08:00"), "until": st.sampled_from(["12:00", "24:00"])})
    child = st.fixed_dictionaries(
        {}, optional={"age": st.integers(0, 17), "fixed": st.booleans(), "contract_from": st.just("07:00")}
    ).map(lambda item: item | ({"contract_until": "15:00"} if "contract_from" in item else {}))
    job = st.fixed_dictionaries(
        {"title": st.sampled_from(["Koch", "Lagerhelfer"])},
        optional={"years": st.floats(0, 40, allow_nan=False), "last_year": st.integers(1980, 2025)},
    )
    forms: Mapping[str, st.SearchStrategy[Any]] = {
        "number": st.floats(0, min(spec.upper, 1e6), allow_nan=False),
        "whole": st.integers(0, 20),
        "yes_no": st.booleans(),
        "text": st.sampled_from(["09599"] if spec.name == "postal_code" else ["09599", "Freiberg", "ä ß €"]),
        "date": st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat),
        "choice": st.sampled_from(spec.choices or ("x",)),
        "choices": st.lists(st.sampled_from(spec.choices or ("x",)), unique=True),
        "texts": st.lists(st.sampled_from(["a", "b c"]), max_size=50),
        "windows": st.lists(window, max_size=2),
        "experience": st.lists(job, max_size=2),
        "children": st.lists(child, max_size=2),
    }
    return forms[spec.kind]


ANY_PROFILE = st.fixed_dictionaries(
    {},
    optional={name: _value(spec) | st.none() for name, spec in person_fields().items() if name not in ("id", "as_of")},
)


@given(ANY_PROFILE)
@settings(max_examples=150, deadline=None)
def test_round_trip_of_any_profile(data: dict[str, Any]) -> None:
    profile = read_profile(data, today=TODAY)
    again = read_profile(profile_to_dict(profile), today=TODAY)
    assert (again.participant, again.household, again.protected) == (
        profile.participant,
        profile.household,
        profile.protected,
    )
    assert again.conflicts == ()


@given(ANY_PROFILE, st.sampled_from(sorted(person_fields())))
@settings(max_examples=60, deadline=None)
def test_null_is_the_same_as_absent(data: dict[str, Any], name: str) -> None:
    without = {key: value for key, value in data.items() if key != name}
    assert read_profile(without | {name: None}, today=TODAY) == read_profile(without, today=TODAY)


@given(
    st.dictionaries(
        st.sampled_from([*person_fields(), "children_ages", "childcare_window"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_json_is_a_profile_or_its_problems(data: dict[str, Any]) -> None:
    try:
        assert isinstance(read_profile(data, today=TODAY), Profile)
    except InputProblems as error:
        assert error.problems


def test_json_lines_all_lines_and_doubled_ids(tmp_path: Any) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "a", "age": 30}\n\n{"id": "a"}\nnot json\n{"age": "x"}\n', "utf-8")
    with pytest.raises(InputProblems) as caught:
        read_profiles(path, today=TODAY)
    assert [problem.row for problem in caught.value.problems] == [3, 4, 5]
    path.write_text('\ufeff{"id": "a", "age": 30}\n{"age": 31}\n', "utf-8")
    assert [profile.id for profile in read_profiles(path, today=TODAY)] == ["a", "line-2"]


def test_judged_profiles_read_without_conflict() -> None:
    profiles = read_profiles(shared("data/vacancies/judged/dev/profiles.jsonl"), today=TODAY)
    assert len(profiles) == 16
    assert all(profile.conflicts == () for profile in profiles)


def test_no_field_is_left_out_of_the_label_table() -> None:
    import tomllib

    from matcher.fields import FIELDS

    table = tomllib.loads((ROOT / "catalog" / "fields.toml").read_text("utf-8"))
    groups = {
        "core",
        "occupation",
        "language",
        "mobility",
        "household",
        "health",
        "social",
        "migration",
        "benefit",
        "judgement",
        "programme",
        "consent",
    }
    assert set(table) == set(FIELDS)
    labels = [entry["label"] for entry in table.values()]
    assert len(labels) == len(set(labels))
    for name, entry in table.items():
        assert set(entry) <= {"label", "question", "group", "personal", "values", "also_read", "topic"}, name
        assert entry["group"] in groups, name
        assert entry["question"].endswith("?"), name
        assert isinstance(entry["personal"], bool), name
        if FIELDS[name].owner == "protected":
            assert entry["personal"], f"{name} is a protected fact"
