"""Why somebody gets nothing today, said honestly: the one reason that decides, and the next best action.

Reasons read verdicts and points of the engine alone; what is protected is never told, only that another step comes
first.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.columns import Verdicts
from matcher.daily.blocks import people_rows
from matcher.daily.policy import Policy
from matcher.daily.values import Abstention
from matcher.daily.weigh import Advance, Bar
from matcher.derived_facts import CORE
from matcher.eligibility.check import Checked, check_rules
from matcher.fields import FIELDS
from matcher.labels import Labels
from matcher.models.score import compute_scores
from matcher.participant import Profile
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool
from matcher.results import NOT_MET

BLOCK = 32
ASK_AS = {"available_window": "available_windows"}
"""Names of the exchange format and the field whose question stands in `catalog/fields.toml`."""
ASKED = 4
"""So many questions are named at once, those first that keep most points open."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Turns a reason into an abstention with its German words."""

    policy: Policy
    labels: Labels

    def say(
        self,
        participant: str,
        reason: str,
        *,
        until: dt.date | None = None,
        ask: Sequence[str] = (),
        notes: Sequence[str] = (),
    ) -> Abstention:
        """One abstention."""
        words = self.policy.reasons[reason]
        filled = {
            "until": f"{until:%d.%m.%Y}" if until else "auf Weiteres",
            "questions": " ".join(self.labels.question(ASK_AS.get(field, field)) for field in ask)
            or "Profil mit der Person durchgehen.",
            "notes": " ".join(notes) or "Einzelheiten stehen in der Einzelansicht.",
        }
        return Abstention(
            participant=participant,
            reason=reason,
            text=words.text.format(**filled),
            action=words.action.format(**filled),
            open_questions=tuple(ask),
        )


def say_unclear(speaker: Speaker, profile: Profile) -> Abstention:
    """Somebody about whom something has to be clarified first: what contradicts itself, else what is missing."""
    if profile.conflicts:
        told = [one.text for one in profile.conflicts if all(_open(name) for name in one.fields)]
        return speaker.say(profile.id, "contradiction", notes=told)
    facts = profile.participant
    missing = [name for name in CORE if _open(name) and getattr(facts, name, None) is None]
    return speaker.say(profile.id, "data_missing", ask=missing[:ASKED])


def say_stale(speaker: Speaker, profile: Profile) -> Abstention:
    """Somebody whose facts are too old to propose anything on; says of which day they are."""
    return speaker.say(profile.id, "stale", notes=[f"Stand {profile.origin.known_on:%d.%m.%Y}."])


def _open(field: str) -> bool:
    """May a field be named, being none of the protected ones?"""
    return field in FIELDS and FIELDS[field].owner in ("participant", "household")


def explain_nothing(
    people: People,
    pool: VacancyPool,
    bar: Bar,
    numbers: Sequence[int],
    speaker: Speaker,
    advance: Advance | None = None,
) -> list[Abstention]:
    """The reasons of persons without a single candidate, in their order."""
    found: list[Abstention] = []
    for start in range(0, len(numbers), BLOCK):
        rows = np.array(numbers[start : start + BLOCK], dtype=np.int64)
        block = people_rows(people, rows)
        checked = check_rules(bar.rules, block, pool, (len(block), len(pool)))
        asked = _questions(block, pool, bar, checked)
        for b in range(len(block)):
            reason = _reason(checked, b, bool(asked[b]), len(pool))
            ask = asked[b] if reason == "data_missing" else ()
            found.append(speaker.say(str(block.open.ids[b]), reason, ask=ask))
        if advance is not None:
            advance(len(rows))
    return found


TIMES = {"vacancy.childcare": "childcare_times", "vacancy.availability": "working_times"}


def _reason(checked: Checked[People, VacancyPool], b: int, has_questions: bool, size: int) -> str:
    """The reason that decides, from the way over the times to what fits."""
    if size == 0:
        return "no_vacancies"
    verdicts: dict[str, Verdicts] = {
        rule.id: column[b] for rule, column in zip(checked.rules, checked.verdicts, strict=True)
    }
    reachable = verdicts["vacancy.reach"] != NOT_MET
    if not reachable.any():
        return "nothing_in_reach"
    if (checked.overall[b] == NOT_MET).all():
        return _failed(verdicts, reachable)
    return "data_missing" if has_questions else "nothing_suitable"


def _failed(verdicts: dict[str, Verdicts], reachable: NDArray[np.bool_]) -> str:
    """Times, when they are what all reachable vacancies fail on that fail on nothing else; else requirements."""
    others = reachable.copy()
    for rule, column in verdicts.items():
        if rule not in TIMES:
            others &= column != NOT_MET
    for rule, reason in TIMES.items():
        if others.any() and (verdicts[rule][others] == NOT_MET).mean() >= 0.5:
            return reason
    return "requirements"


def _questions(
    block: People, pool: VacancyPool, bar: Bar, checked: Checked[People, VacancyPool]
) -> list[tuple[str, ...]]:
    """Fields to ask for: of unknown features and rules, where knowing them could lift a vacancy over the floor."""
    scored = compute_scores(bar.features, block.open, pool, bar.weights)
    lost = np.zeros((len(bar.features), len(block), len(pool)))
    for number, (feature, fit) in enumerate(zip(bar.features, scored.fits, strict=True)):
        weight = bar.weights.by_feature[feature.id]
        lost[number] = np.where(np.isnan(fit), weight.weight * (1.0 - weight.neutral) * 1e6, 0.0)
    grounds = [fit for feature, fit in zip(bar.features, scored.fits, strict=True) if feature.id in bar.ground]
    grounded = np.any([np.isnan(fit) | (fit >= bar.ground_least) for fit in grounds], axis=0)
    possible = (checked.overall > 0) & grounded & (scored.totals + lost.sum(axis=0) >= bar.floor)
    return [_fields_of(block, bar, lost[:, b], possible[b]) for b in range(len(block))]


def _fields_of(block: People, bar: Bar, lost: NDArray[np.float64], possible: NDArray[np.bool_]) -> tuple[str, ...]:
    if not possible.any():
        return ()
    weight = lost[:, possible].mean(axis=1)
    order = sorted(range(len(bar.features)), key=lambda number: (-weight[number], number))
    fields = [name for number in order if weight[number] > 0 for name in bar.features[number].fields]
    return tuple(dict.fromkeys(fields))[:ASKED]
