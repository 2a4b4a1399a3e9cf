"""A stored profile in the exchange format as a role may see it, and what is sent back as a profile again.

What is shown can be sent back unchanged and changes nothing: contradictions stay until one of their facts is given,
facts that a role may not see stay as they are, and no change makes old facts look fresh. Source: neutral participant
format (`as_of`, contradictory data); TRUST 4.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matcher.http.masking import Mask
from matcher.labels import EXCHANGE_NAMES
from matcher.participant import Conflict, Profile
from matcher.participant_time import advance
from matcher.read.fields import SYNONYMS, known_names, person_fields
from matcher.read.problems import Problems
from matcher.read.profile import profile_to_dict, read_into

WHERE = "profile"
FREE = frozenset({"id", "as_of", *SYNONYMS})
"""What is no fact about the person: every role that sees a person sees it."""
JSON = dict[str, Any]


def shown(profile: Profile, mask: Mask) -> tuple[JSON, int]:
    """The facts that a role may see, in the exchange format and `as_of` always; and how many it may not see."""
    written = profile_to_dict(profile)
    hidden = _hidden(written, mask)
    return {name: value for name, value in written.items() if name not in hidden and name != "id"}, len(hidden)


def check_seen(data: Mapping[str, Any], mask: Mask) -> None:
    """Raise InputProblems for every fact that is set and that the role may not see."""
    problems = Problems(WHERE)
    _check_seen(data, mask, problems)
    problems.done()


def check_day(profile: Profile, today: dt.date) -> None:
    """Raise InputProblems where the facts are of a day that has not come: they would look fresh for years."""
    problems = Problems(WHERE)
    if profile.participant.as_of > today:
        problems.add("/as_of", "lies in the future.", "Say of which day the facts are.")
    problems.done()


def read_change(stored: Profile, data: Mapping[str, Any], mask: Mask, today: dt.date) -> Profile:
    """All facts of `stored` anew; raises InputProblems.

    Facts that the role may not see come from `stored`, moved on to the day of the new ones. A stored contradiction
    stays until one of its facts is given.
    """
    problems = Problems(WHERE)
    sent = read_into(data, today=today, problems=problems, default_id=stored.id)
    kept = _hidden(profile_to_dict(stored), mask)
    _check_id(data, stored.id, problems)
    _check_day(data, sent, stored, bool(kept), today, problems)
    _check_seen(data, mask, problems)
    problems.done()
    whole = _with_hidden(sent, stored, data, mask, today) if kept else sent
    return _with_open_conflicts(whole, stored, data)


def _hidden(written: Mapping[str, Any], mask: Mask) -> JSON:
    return {name: value for name, value in written.items() if name not in FREE and not mask.sees(name)}


def _check_id(data: Mapping[str, Any], wanted: str, problems: Problems) -> None:
    for name in ("id", *SYNONYMS):
        value = data.get(name)
        if isinstance(value, str | int) and str(value).strip() not in ("", wanted):
            problems.add(f"/{name}", "the ids in path and profile differ.", "Leave it out, or write to its own path.")


def _check_day(
    data: Mapping[str, Any], sent: Profile, stored: Profile, masked: bool, today: dt.date, problems: Problems
) -> None:
    """A day must be named, and be one of which somebody can know; hidden facts are never moved back."""
    day, before = sent.participant.as_of, stored.participant.as_of
    if data.get("as_of") is None:
        problems.add("/as_of", "is missing.", "Say of which day the facts are.")
    elif day > max(today, before):
        problems.add("/as_of", "lies in the future.", "Say of which day the facts are.")
    elif masked and day < before:
        problems.add("/as_of", "lies before the stored facts.", "Somebody who may see all facts has to change it.")


def _check_seen(data: Mapping[str, Any], mask: Mask, problems: Problems) -> None:
    for name, value in data.items():
        if value is not None and name in known_names() and name not in FREE and not mask.sees(name):
            problems.add(f"/{name}", "is not seen by this role.", "Leave it out; what is stored stays.")


def _with_hidden(sent: Profile, stored: Profile, data: Mapping[str, Any], mask: Mask, today: dt.date) -> Profile:
    """What was sent beside what the role may not see; nothing hidden may get lost in a contradiction."""
    kept = _hidden(profile_to_dict(stored), mask)
    moved = profile_to_dict(advance(stored, sent.participant.as_of))
    kept = {name: moved.get(name, value) for name, value in kept.items()}
    problems, ignored = Problems(WHERE), Problems(WHERE)
    whole = read_into({**data, **kept}, today=today, problems=ignored, default_id=stored.id)
    new = [conflict for conflict in whole.conflicts if conflict not in sent.conflicts]
    named = dict.fromkeys(field for conflict in new for field in _given(conflict, data))
    for field in named or (("as_of",) if new or ignored.found else ()):
        problems.add(f"/{field}", "contradicts a fact that this role does not see.", "Ask who may see all facts.")
    problems.done()
    return whole


def _with_open_conflicts(profile: Profile, stored: Profile, data: Mapping[str, Any]) -> Profile:
    """Stored contradictions that nothing sent settles stay, and their facts stay unknown."""
    still = [
        one for one in stored.conflicts if one not in profile.conflicts and not _settled(one, profile, stored, data)
    ]
    unknown = {EXCHANGE_NAMES.get(field, field) for one in still for field in one.fields}
    blank: dict[str, JSON] = {"participant": {}, "household": {}, "protected": {}}
    for spec in person_fields().values():
        if spec.attribute in unknown and getattr(getattr(stored, spec.part), spec.attribute) is None:
            blank[spec.part][spec.attribute] = None
    return replace(
        profile,
        participant=replace(profile.participant, **blank["participant"]),
        household=replace(profile.household, **blank["household"]),
        protected=replace(profile.protected, **blank["protected"]),
        conflicts=(*profile.conflicts, *still),
    )


def _settled(conflict: Conflict, profile: Profile, stored: Profile, data: Mapping[str, Any]) -> bool:
    """One of the facts has a value now; hours of care that contradict left the children, and are settled by hours."""
    if "childcare_window" in conflict.fields and stored.household.children:
        children = profile.household.children
        return children == () or any(child.contract is not None for child in children or ())
    return any(_known(profile, field) for field in _given(conflict, data))


def _given(conflict: Conflict, data: Mapping[str, Any]) -> list[str]:
    """Names under which facts of a contradiction were sent."""
    facts = {EXCHANGE_NAMES.get(field, field) for field in conflict.fields}
    return [name for name, value in data.items() if value is not None and EXCHANGE_NAMES.get(name, name) in facts]


def _known(profile: Profile, name: str) -> bool:
    attribute = EXCHANGE_NAMES.get(name, name)
    parts = (profile.participant, profile.household, profile.protected)
    return any(getattr(part, attribute, None) is not None for part in parts)
