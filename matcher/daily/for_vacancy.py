"""Candidates for one vacancy: the same engine, pseudonymous, told in neutral words without social data.

What an employer may not ask for (sex, age, health, nationality) changes who is a candidate only where a legal reason
for this vacancy is recorded; else the answer says that it is not followed (`matcher.daily.restrictions`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from matcher.answering.vacancies import VacancyRanking
from matcher.daily.abstain import Speaker
from matcher.daily.blocks import people_rows
from matcher.daily.match import bar_of
from matcher.daily.morning import Morning
from matcher.daily.past import make_limits
from matcher.daily.plan import set_aside
from matcher.daily.restrictions import followed, notes, read_restrictions
from matcher.daily.values import LegalReason
from matcher.daily.words import good_pairs, look
from matcher.errors import NotFound
from matcher.fields import FIELDS
from matcher.participant_time import advance as advance_profile
from matcher.pool.people_encode import encode_people
from matcher.results import UNKNOWN, Suggestion
from matcher.vacancy import Vacancy

BLOCK = 64
NEUTRAL = ("learned", "practised", "qualification", "language", "certificates", "licence", "hours")
"""Features whose words an employer may hear; everything else stays inside."""


def neutral_facts(words: Suggestion) -> dict[str, str]:
    """What an employer may hear of a suggestion, by feature."""
    said = {part.feature: part.text for part in words.score.contributions if part.known}
    return {name: said[name] for name in NEUTRAL if name in said}


def told(participant: str, words: Suggestion) -> dict[str, Any]:
    """A candidate in neutral words, and the person's own facts that are open."""
    asked = [name for name in words.open_questions if name in FIELDS and FIELDS[name].owner == "participant"]
    return {
        "participant": participant,
        "facts": list(neutral_facts(words).values()),
        "to_clarify": asked,
        "more_to_clarify": len(asked) < len(words.open_questions),
    }


def candidates_for(
    morning: Morning,
    vacancy: Vacancy,
    top: int | None,
    reasons: Sequence[LegalReason] = (),
    tell: Callable[[str, Suggestion], dict[str, Any]] = told,
) -> dict[str, Any]:
    """The best candidates of one vacancy, by pair alone; raises NotFound where it is not in the pool.

    `reasons` are the recorded legal reasons; other restrictions of an advertisement are not followed. `tell` puts one
    candidate into words: a door leaves out what its reader may not see.
    """
    table = read_restrictions(morning.engine.catalog.table("daily"))
    pool = morning.engine.vacancy_pool
    place = np.flatnonzero(pool.ids == vacancy.id) if pool is not None else np.zeros(0, dtype=np.int64)
    if pool is None or not len(place):
        raise NotFound("There is no such vacancy.", "Give its reference number as imported.")
    profiles = [advance_profile(one, morning.today) for one in sorted(morning.profiles, key=lambda one: one.id)]
    limits = make_limits(pool, morning.positions or {}, morning.history, morning.policy, morning.today)
    speaker = Speaker(morning.policy, morning.engine.tables.labels)
    aside = set_aside(morning, profiles, limits, speaker)
    placed = [one for one in profiles if one.id not in aside or aside[one.id].reason == "already_today"]
    asked = followed(vacancy, table, reasons)
    placed = [one for one in placed if asked is None or asked.admits(one)]
    found = _ranked(morning, [one.id for one in placed], placed, int(place[0]))
    shown = found if top is None else found[:top]
    return {
        "vacancy": vacancy.id,
        "title": vacancy.title,
        "employer": vacancy.employer_name,
        "candidates": [tell(participant, words) for _, (participant, words) in shown],
        "more": len(found) - len(shown),
        "notes": notes(vacancy, table, reasons),
    }


def _ranked(
    morning: Morning, ids: Sequence[str], profiles: Sequence[Any], row: int
) -> list[tuple[int, tuple[str, Suggestion]]]:
    engine, bar = morning.engine, bar_of(morning)
    pool = engine.vacancy_pool
    assert pool is not None  # noqa: S101 - checked by the caller
    people = encode_people(profiles, engine.places, engine.occupations, morning.today)
    found: list[tuple[int, tuple[str, Suggestion]]] = []
    for start in range(0, len(people), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(people)))
        looked = look(people_rows(people, rows), pool, np.array([row]), bar, engine.tables.vacancy_order)
        keys = looked.scored.totals - np.where(looked.checked.overall == UNKNOWN, bar.discount, 0)
        for b in np.flatnonzero(good_pairs(looked, bar)[:, 0]):
            words = VacancyRanking(looked, int(b), (), np.zeros(0, dtype=np.bool_)).suggest([0])[0]
            found.append((int(keys[b, 0]), (ids[start + int(b)], words)))
    return sorted(found, key=lambda one: (-one[0], one[1][0]))


def candidates_text(found: Mapping[str, Any]) -> str:
    """The candidates as German text for the Arbeitgeber-Service."""
    lines = [f"{found['title']} [{found['vacancy']}], {found['employer'] or 'Arbeitgeber nicht genannt'}"]
    lines += [f"Hinweis: {note}" for note in found["notes"]]
    if not found["candidates"]:
        lines.append("Heute passt niemand, der Vorschläge bekommen kann.")
    for one in found["candidates"]:
        lines.append(f"  {one['participant']}")
        lines += [f"     + {fact}" for fact in one["facts"]]
        if one["to_clarify"] or one["more_to_clarify"]:
            lines.append("     ? Einzelnes klärt vorher die Integrationsfachkraft.")
    if found["more"]:
        lines.append(f"  … und {found['more']} weitere")
    return "\n".join([*lines, "Vorschläge, keine Entscheidung: Es entscheidet die Integrationsfachkraft."])
