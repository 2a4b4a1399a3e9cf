"""The exchange format as a Profile, and back; all problems of the input at once.

Source: neutral participant format. Unknown is `None`; contradictory facts become unknown and are reported.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from matcher.participant import Child, Conflict, Household, Participant, Profile, Protected, Window
from matcher.read import nested
from matcher.read.contradictions import CAR_LICENCES, CONTRADICTIONS, SAME_FACT, find
from matcher.read.fields import SYNONYMS, FieldSpec, known_names, person_fields
from matcher.read.problems import Problems, meant
from matcher.read.scalars import read_date, read_scalar, read_text
from matcher.vocabulary import DAYS

IDENTITY_KEYS = frozenset(
    {
        "name",
        "first_name",
        "last_name",
        "customer_no",
        "kundennummer",
        "address",
        "email",
        "phone",
        "birthday",
        "date_of_birth",
    }
)
"""Identity never travels in this format."""
ID_LIMIT = 64
_SPECIAL = frozenset({"id", "as_of", "experience", "children", "available_window"})


def read_profile(data: Mapping[str, object], *, today: dt.date, where: str = "") -> Profile:
    """Read one person's facts; `where` names the source in problems; raises InputProblems with all of them.

    `as_of` defaults to `today`; nothing is advanced here (`matcher.participant_time.advance`).
    """
    problems = Problems(where or "profile")
    profile = read_into(data, today=today, problems=problems, default_id=where or "profile")
    problems.done()
    return profile


def read_into(data: object, *, today: dt.date, problems: Problems, default_id: str) -> Profile:
    """Read one profile and note its problems; the result counts only when none was noted."""
    if not isinstance(data, Mapping):
        problems.add("", "is not a profile.", "Write a JSON object with the fields of the participant format.")
        return Profile(participant=Participant(id=default_id, as_of=today))
    _note_unknown_keys(data, problems)
    facts: dict[str, object] = {
        "id": _read_id(data, default_id, problems),
        "as_of": _read_as_of(data, today, problems),
    }
    for name, spec in person_fields().items():
        if name not in _SPECIAL and name in data:
            facts[spec.attribute] = read_scalar(spec, data[name], f"/{name}", problems)
    facts["available_windows"] = nested.read_windows(data.get("available_window"), "/available_window", problems)
    facts["experience"] = nested.read_experience(data.get("experience"), "/experience", problems)
    facts["childcare_window"] = window = _care_window(data, problems)
    facts["children"], conflicts = _children(data, window, problems)
    return _settled(facts, conflicts)


def profile_to_dict(profile: Profile) -> dict[str, object]:
    """The exchange format of `profile`: known facts only, ISO dates, `HH:MM` times; reads back equal."""
    data: dict[str, object] = {}
    parts = {
        "participant": profile.participant,
        "household": profile.household,
        "protected": profile.protected,
    }
    for name, spec in person_fields().items():
        value = getattr(parts[spec.part], spec.attribute)
        if value is not None:
            data[name] = _plain(spec, value)
    return data


def _note_unknown_keys(data: Mapping[object, object], problems: Problems) -> None:
    known = known_names()
    for key in data:
        if str(key).lower() in IDENTITY_KEYS:
            problems.add(
                f"/{key}",
                "belongs to a person's identity, which this format never carries.",
                "Remove it; the customer number is imported as a column of a participant list.",
            )
        elif key not in known:
            problems.add(
                f"/{key}",
                "is not a field of the participant format.",
                meant(str(key), tuple(known)) or "Remove it; `matcher schema participant` lists the fields.",
            )


def _read_id(data: Mapping[str, object], default: str, problems: Problems) -> str:
    given = {}
    for name in ("id", *SYNONYMS):
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None:
            given[name] = read_text(value, f"/{name}", problems, ID_LIMIT)
    values = sorted({text for text in given.values() if text})
    if len(values) > 1:
        problems.add("/" + next(iter(given)), f"the ids in {', '.join(given)} differ.", "Keep one of them.")
    return values[0] if values else default


def _read_as_of(data: Mapping[str, object], today: dt.date, problems: Problems) -> dt.date:
    value = data.get("as_of")
    return today if value is None else read_date(value, "/as_of", problems) or today


def _care_window(data: Mapping[str, object], problems: Problems) -> Window | None:
    raw = data.get("childcare_window")
    return None if raw is None else nested.read_window(raw, "/childcare_window", problems)


def _children(
    data: Mapping[str, object], window: Window | None, problems: Problems
) -> tuple[tuple[Child, ...] | None, list[Conflict]]:
    """`children`, else their short form; care times of the short form apply to children that carry none."""
    children = nested.read_children(data.get("children"), "/children", problems)
    ages = nested.read_ages(data.get("children_ages"), "/children_ages", problems)
    if children is None:
        return (None if ages is None else tuple(Child(age=age, contract=window) for age in ages)), []
    if ages is not None and _ages_differ(children, ages):
        return None, [
            Conflict(
                fields=("children", "children_ages"),
                text="Liste der Kinder und Alter der Kinder widersprechen sich.",
            )
        ]
    contracts = [child.contract for child in children]
    if window is None:
        return children, []
    if any(contract is not None and contract != window for contract in contracts):
        bare = tuple(_with_contract(child, None) for child in children)
        return bare, [
            Conflict(
                fields=("children", "childcare_window"),
                text="Betreuungszeiten der Kinder widersprechen sich.",
            )
        ]
    return tuple(_with_contract(child, window) for child in children), []


def _ages_differ(children: Sequence[Child], ages: Sequence[float]) -> bool:
    if len(children) != len(ages):
        return True
    known = [child.age for child in children]
    return None not in known and sorted(known) != sorted(ages)  # type: ignore[type-var]


def _with_contract(child: Child, contract: Window | None) -> Child:
    return replace(child, contract=contract)


def _settled(facts: dict[str, object], conflicts: list[Conflict]) -> Profile:
    """Blank what contradicts, derive what the specific field says, and split into the three values."""
    same = find(SAME_FACT, facts)
    _blank(facts, same)
    licences = facts.get("driving_licences")
    if facts.get("driving_licence") is None and isinstance(licences, tuple) and not _named(same, "driving_licence"):
        facts["driving_licence"] = True if CAR_LICENCES & set(licences) else (None if licences else False)
    other = find(CONTRADICTIONS, facts)
    _blank(facts, other)
    parts: dict[str, dict[str, object]] = {"participant": {}, "household": {}, "protected": {}}
    for spec in person_fields().values():
        if facts.get(spec.attribute) is not None:
            parts[spec.part][spec.attribute] = facts[spec.attribute]
    return Profile(
        participant=Participant(**parts["participant"]),  # type: ignore[arg-type]
        household=Household(**parts["household"]),  # type: ignore[arg-type]
        protected=Protected(**parts["protected"]),  # type: ignore[arg-type]
        conflicts=tuple(conflicts + same + other),
    )


def _named(conflicts: Sequence[Conflict], field: str) -> bool:
    return any(field in conflict.fields for conflict in conflicts)


def _blank(facts: dict[str, object], conflicts: Sequence[Conflict]) -> None:
    for conflict in conflicts:
        for field in conflict.fields:
            facts[field] = None


def _plain(spec: FieldSpec, value: object) -> object:
    if spec.kind == "windows":
        return [_plain_window(window) for window in value]  # type: ignore[attr-defined]
    if spec.kind == "experience":
        return [_known(asdict(item)) for item in value]  # type: ignore[attr-defined]
    if spec.kind == "children":
        return [_plain_child(child) for child in value]  # type: ignore[attr-defined]
    if isinstance(value, tuple):
        return list(value)
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _known(record: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain_scalar(value) for name, value in record.items() if value is not None}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _plain_days(window: Window) -> object:
    spans = {days: name for name, days in nested.DAY_RANGES.items()}
    return spans.get(window.days) or [day for day in DAYS if day in window.days]


def _plain_window(window: Window) -> dict[str, object]:
    return {
        "from": _clock(window.from_minutes),
        "until": _clock(window.until_minutes),
        "days": _plain_days(window),
    }


def _plain_child(child: Child) -> dict[str, object]:
    record: dict[str, object] = {"age": child.age}
    if child.contract is not None:
        record |= {
            "contract_from": _clock(child.contract.from_minutes),
            "contract_until": _clock(child.contract.until_minutes),
            "days": _plain_days(child.contract),
        }
    record |= {name: getattr(child, name) for name in ("fixed", "settling_in_until", "holiday_care", "backup_when_ill")}
    return _known(record)
