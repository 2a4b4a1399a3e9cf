"""One vacancy's requirements: what the advertisement states, what title and occupation imply, with evidence.

One pass per advertisement when a pool is encoded; nothing of it runs per question. Source: DESIGN section 3
(regulated occupations and licences exclude, other derived requirements cost points), catalog/vacancy_*.toml.
"""

from dataclasses import dataclass

from matcher.requirements.clock import stated_days, stated_end, stated_window
from matcher.requirements.hours import stated_hours
from matcher.requirements.pattern import Pattern
from matcher.requirements.requirement import UNKNOWN, Requirements
from matcher.requirements.stated import apply_reported
from matcher.requirements.tables import OccupationProfile, Regulated, Signal, Tables, load_tables
from matcher.requirements.text import plain
from matcher.requirements.vocabulary import DEMANDS, TRAITS, bit, unmask
from matcher.vacancy import Vacancy

TITLE = "Titel der Anzeige"
PART_TIME_BELOW_HOURS = 35.0
"""Fewer agreed hours than a usual full week of 35 count as part time (§ 2 TzBfG names no number: assumption)."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one advertisement in the patterns' spelling, and its occupation code."""

    title: str
    label: str
    employer: str
    code: str

    def of(self, where: str) -> str:
        """Return the text a signal reads: title, label, employer, or two of them joined."""
        parts = {"title": self.title, "label": self.label, "employer": self.employer}
        if where == "both":
            return f"{self.title} | {self.label}"
        return " | ".join(parts[part] for part in where.split("+"))


def derive(vacancy: Vacancy, code: str | None) -> Requirements:
    """Return what a vacancy asks for; `code` is its occupation (KldB 2010, five digits), None if unknown."""
    tables = load_tables()
    title = plain(vacancy.title) or plain(vacancy.occupation_label or "")
    words = Words(title, plain(vacancy.occupation_label or ""), plain(vacancy.employer_name or ""), code or "")
    found = Requirements()
    if code and len(code) == 5:
        found.level = int(code[4]) if code[4] in "1234" else UNKNOWN
    caps = [_apply_signal(found, signal, words) for signal in tables.signals]
    _state_hours(found, words.title)
    _apply_reported_times(found, words.title)
    for profile in tables.profiles:
        _apply_profile(found, profile, words, tables.source)
    _cap_level(found, caps)
    _apply_regulated(found, tables, words)
    _apply_certificates(found, tables, words)
    _settle_working_time(found)
    apply_reported(found, vacancy)
    return found


def _search(pattern: Pattern, unless: Pattern | None, text: str) -> str | None:
    hit = pattern.search(text)
    if hit is None or (unless is not None and unless.search(text)):
        return None
    return hit[0].strip() or pattern.pattern[:20]


def _apply_signal(found: Requirements, signal: Signal, words: Words) -> int:
    """Apply one signal; return its cap on the requirement level (9: none)."""
    seen = _search(signal.pattern, signal.unless, words.of(signal.where))
    if seen is None:
        return 9
    found.stated |= signal.traits
    for column in signal.yes:
        set_flag(found, column, 1, seen)
    for column in signal.no:
        set_flag(found, column, 0, seen)
    for position, chance in signal.times:
        if not found.time_stated >> position & 1:
            found.chances[position] = chance
            found.time_stated |= 1 << position
    found.minijob_chance = max(found.minijob_chance, signal.minijob_chance)
    found.licences |= signal.licences
    found.licences_likely |= signal.licences_likely
    found.demands |= signal.demands
    found.demands_possible |= signal.demands_possible
    found.language, found.language_stated = (
        (signal.language, True) if signal.language >= 0 else (found.language, found.language_stated)
    )
    found.kind = found.kind or signal.kind
    found.level = max(found.level, signal.level) if signal.level else found.level
    for name in unmask(signal.traits, TRAITS) + unmask(signal.demands, DEMANDS):
        found.note(name, seen, True, TITLE)
    if signal.licences or signal.licences_likely:
        found.note("licence", seen, True, TITLE)
    found.note(signal.id, seen, True, TITLE)
    return signal.level_cap


COLUMNS = (
    "full_time",
    "part_time",
    "minijob",
    "shift_work",
    "night_work",
    "weekend_work",
    "permanent",
    "temp_agency",
    "home_office",
    "career_changers",
)
"""Yes/no columns that a signal or a report can set."""


def set_flag(found: Requirements, column: str, value: int, seen: str) -> None:
    """Set a yes/no column that nothing has set before; what comes first in the catalogue wins."""
    if found.flags.get(column, UNKNOWN) == UNKNOWN:
        found.flags[column] = value
        found.note(column, seen, True, TITLE)


def _state_hours(found: Requirements, title: str) -> None:
    stated = stated_hours(title)
    if stated is not None:
        (found.hours_min, found.hours_max), seen = stated
        found.note("hours", seen, True, TITLE)


def _apply_reported_times(found: Requirements, title: str) -> None:
    if window := stated_window(title):
        found.from_minutes, found.until_minutes, seen = window
        found.note("window", seen, True, TITLE)
    found.days = stated_days(title)
    if end := stated_end(title):
        found.ends_on, seen = end
        found.note("ends_on", seen, True, TITLE)


def _matches(profile: OccupationProfile, words: Words) -> bool:
    checks = []
    if profile.codes:
        level_fits = not profile.levels or (words.code[4:].isdigit() and int(words.code[4:]) in profile.levels)
        checks.append(words.code.startswith(profile.codes) and level_fits)
    if profile.label:
        checks.append(profile.label.search(words.label) is not None)
    if profile.title:
        text = f"{words.title} | {words.employer}" if profile.with_employer else words.title
        checks.append(profile.title.search(text) is not None)
    hit = all(checks) if profile.match_all else any(checks)
    if hit and profile.unless is not None:
        return profile.unless.search(words.title) is None
    return hit


def _apply_profile(found: Requirements, profile: OccupationProfile, words: Words, source: str) -> None:
    if not _matches(profile, words):
        return
    if profile.part_time is not None:
        found.part_time_chance = profile.part_time
    if profile.entry is not None:
        found.entry = found.entry_academic = profile.entry
    if profile.entry_academic is not None:
        found.entry_academic = profile.entry_academic
    for position, chance in profile.times:
        if not found.time_stated >> position & 1:
            found.chances[position] = chance
    if profile.language is not None and not found.language_stated:
        found.language = profile.language
    if profile.demands is not None:
        found.demands |= profile.demands
        for name in unmask(profile.demands, DEMANDS):
            found.note(name, words.label or words.title, False, source)
    if profile.demands_possible is not None:
        found.demands_possible |= profile.demands_possible


def _cap_level(found: Requirements, caps: list[int]) -> None:
    leads = found.stated & int(bit("leadership") | bit("master"))
    if not leads and found.level != UNKNOWN:
        found.level = min(found.level, *caps)


def _apply_regulated(found: Requirements, tables: Tables, words: Words) -> None:
    """Reserved occupations that the title names, any of them suffices ("Erzieher oder Pflegefachkraft").

    Where the title names none and leaves nothing open, the first one that the label names.
    """
    for position, occupation in enumerate(tables.regulated):
        _reserve(found, position, occupation, _search(occupation.pattern, occupation.unless, words.title))
    if found.regulated or tables.regulated_open.search(words.title) is not None:
        return
    for position, occupation in enumerate(tables.regulated):
        void = occupation.unless is not None and occupation.unless.search(words.title)
        _reserve(found, position, occupation, None if void else _search(occupation.label, None, words.label))
        if found.regulated:
            return


def _reserve(found: Requirements, position: int, occupation: Regulated, seen: str | None) -> None:
    if seen is not None:
        found.regulated |= 1 << position
        found.note("regulated", seen, True, occupation.norm)


def _apply_certificates(found: Requirements, tables: Tables, words: Words) -> None:
    for position, certificate in enumerate(tables.certificates):
        if certificate.pattern is None:
            continue
        seen = _search(certificate.pattern, certificate.unless, words.title)
        if seen is not None:
            found.certificates |= 1 << position
            found.note(f"certificate:{certificate.id}", seen, True, certificate.source)
        elif certificate.pattern.search(words.label) and not (
            certificate.unless and certificate.unless.search(f"{words.title} {words.label}")
        ):
            found.certificates_likely |= 1 << position
            found.note(f"certificate:{certificate.id}", words.label, False, certificate.source)


def _settle_working_time(found: Requirements) -> None:
    """Advertised part time only is not full time and the reverse; hours decide where nothing else does."""
    flags = found.flags
    if found.hours_max == found.hours_max:
        short = found.hours_max < PART_TIME_BELOW_HOURS
        flags.setdefault("part_time", int(found.hours_min < PART_TIME_BELOW_HOURS))
        flags.setdefault("full_time", int(not short))
    said = {name for name in ("full_time", "part_time", "minijob") if flags.get(name) == 1}
    if said:
        for name in ("full_time", "part_time", "minijob"):
            flags.setdefault(name, 0)
