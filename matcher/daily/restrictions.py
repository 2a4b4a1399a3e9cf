"""What an advertisement may not ask for: ignored, unless a legal reason for this vacancy is recorded.

Only with a recorded reason is sex or age compared at all, as a rule; it never becomes points. Health and nationality
are never compared here: with a reason, a person looks at the single case. Unknown is not "no": who gives no sex or age
stays. Source: §§ 1, 7, 8, 10, 11 AGG; section `restriction` of `catalog/daily.toml`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.daily.values import LegalReason
from matcher.participant import Profile
from matcher.vacancy import Vacancy


@dataclass(frozen=True, slots=True)
class Restriction:
    """Words of an advertisement that ask for what may not be asked, what they mean, and the German notes."""

    id: str
    pattern: re.Pattern[str]
    text: str
    followed: str
    means: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Followed:
    """What one vacancy may ask for lawfully: a sex, ages, both, or nothing that is compared."""

    sexes: frozenset[str] = frozenset()
    most_years: int | None = None
    least_years: int | None = None

    def admits(self, profile: Profile) -> bool:
        """Does nothing known about the person speak against the vacancy?"""
        sex, age = profile.protected.gender, profile.participant.age
        if self.sexes and sex is not None and sex not in self.sexes:
            return False
        if age is None:
            return True
        young = self.most_years is None or age <= self.most_years
        return young and (self.least_years is None or age >= self.least_years)


def read_restrictions(table: Mapping[str, Any]) -> tuple[Restriction, ...]:
    """The section `restriction` of `catalog/daily.toml`."""
    return tuple(
        Restriction(
            key,
            _pattern(row["pattern"]),
            row["text"],
            row["followed"],
            {name: _pattern(words) for name, words in row.get("means", {}).items()},
        )
        for key, row in table["restriction"].items()
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def words_of(vacancy: Vacancy) -> str:
    """Where restrictions stand."""
    return f"{vacancy.title} {vacancy.description or ''}"


def notes(vacancy: Vacancy, table: Sequence[Restriction], reasons: Sequence[LegalReason]) -> list[str]:
    """German: what the advertisement asks for and is not followed, and what is followed with which norm."""
    text = words_of(vacancy)
    norms = {one.restriction: one.norm for one in reasons if one.vacancy == vacancy.id}
    found = [one for one in table if one.pattern.search(text) or one.id in norms]
    return [one.followed.format(norm=norms[one.id]) if one.id in norms else one.text for one in found]


def followed(vacancy: Vacancy, table: Sequence[Restriction], reasons: Sequence[LegalReason]) -> Followed | None:
    """What is compared for one vacancy; None where no reason is recorded or nothing can be compared."""
    named = {one.restriction for one in reasons if one.vacancy == vacancy.id}
    text = words_of(vacancy)
    meant = {
        name: found
        for one in table
        if one.id in named
        for name, pattern in one.means.items()
        if (found := pattern.search(text))
    }
    if not meant:
        return None
    years = {name: int(meant[name]["years"]) for name in ("at_most", "below", "at_least") if name in meant}
    most = [value for value in (years.get("at_most"), years["below"] - 1 if "below" in years else None) if value]
    return Followed(frozenset(meant) & {"female", "male"}, min(most, default=None), years.get("at_least"))


def all_followed(
    vacancies: Iterable[Vacancy], table: Sequence[Restriction], reasons: Sequence[LegalReason]
) -> dict[str, Followed]:
    """What is compared, by vacancy; nothing for vacancies without a recorded reason."""
    named = {one.vacancy for one in reasons}
    found = {one.id: followed(one, table, reasons) for one in vacancies if one.id in named}
    return {key: one for key, one in found.items() if one is not None}
