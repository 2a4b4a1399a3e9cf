"""What somebody's own words wish for or rule out, and which reserved occupations they may exercise."""

from dataclasses import dataclass
from functools import lru_cache

import tomli

from matcher.participant import Participant
from matcher.paths import catalog_path
from matcher.requirements import TIMES, TRAITS, load_tables, mask
from matcher.requirements.pattern import Pattern
from matcher.requirements.text import plain


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that state a wish, and the traits and times it prefers or avoids."""

    id: str
    label: str
    pattern: Pattern
    unless: Pattern | None
    prefer: int
    avoid: int
    avoid_times: int


@dataclass(frozen=True, slots=True)
class WishMasks:
    """All wishes of one person as masks."""

    prefer: int
    avoid: int
    avoid_times: int


@lru_cache(maxsize=1)
def load_wishes() -> tuple[Wish, ...]:
    """Read `catalog/vacancy_wishes.toml`."""
    with (catalog_path() / "vacancy_wishes.toml").open("rb") as file:
        entries = tomli.load(file)["wish"]
    return tuple(
        Wish(
            entry["id"],
            entry["label"],
            Pattern(entry["pattern"]),
            Pattern(entry["unless"]) if "unless" in entry else None,
            mask(entry.get("prefer", ()), TRAITS),
            mask(entry.get("avoid", ()), TRAITS),
            mask(entry.get("avoid_times", ()), TIMES),
        )
        for entry in entries
    )


def wish_texts(one: Participant) -> list[str]:
    """Return everything somebody wrote about what they want."""
    return [
        *(one.target_occupations or ()),
        one.target_occupation or "",
        one.wishes or "",
        *(one.contract_wishes or ()),
    ]


def wish_masks(one: Participant) -> WishMasks:
    """Return preferred and avoided traits and avoided times of one person."""
    prefer = avoid = avoid_times = 0
    for text in map(plain, wish_texts(one)):
        for wish in load_wishes():
            if wish.pattern.search(text) and not (wish.unless and wish.unless.search(text)):
                prefer, avoid, avoid_times = prefer | wish.prefer, avoid | wish.avoid, avoid_times | wish.avoid_times
    return WishMasks(prefer & ~avoid, avoid, avoid_times)


def leads(one: Participant) -> bool | None:
    """Whether somebody has led others, by the titles of their experience; None where no experience is known."""
    if one.experience is None:
        return None
    signal = next(entry for entry in load_tables().signals if entry.id == "leadership")
    titles = [plain(entry.title) for entry in one.experience]
    master = plain(one.vocational_qualification_title or "")
    return any(signal.pattern.search(title) for title in titles) or "meister" in master.replace("hausmeister", "")


def regulated_rights(one: Participant) -> tuple[int, bool]:
    """Return the mask of reserved occupations somebody may exercise, and whether that is known.

    Known: a recognised qualification with its title, or no qualification at all. A foreign one that is not yet
    recognised gives no right, but its recognition is open: unknown.
    """
    state, title = one.vocational_qualification, one.vocational_qualification_title
    if state is None or (title is None and state in ("recognised", "academic")):
        return 0, False
    if state == "foreign_unrecognised" or one.foreign_recognition in ("in_progress", "partly"):
        return 0, False
    found = 0
    text = plain(title or "")
    for position, entry in enumerate(load_tables().regulated):
        denied = entry.not_qualified is not None and entry.not_qualified.search(text)
        if state in ("recognised", "academic") and entry.qualified.search(text) and not denied:
            found |= 1 << position
    return found, True
