"""A title as written -> the folded words that name the occupation.

Order: HTML and odd characters out, the part that names the occupation found (before a gender mark, a dash or
recruiting prose), gender forms made one, abbreviations written out, words without meaning dropped.
Word lists: `catalog/occupation_words.toml`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import tomli

from matcher.models.occupation.fold import fold_letters, folded_words, plain
from matcher.models.occupation.gender import GenderWords, has_mark, neutral_forms
from matcher.paths import catalog_path

LONG_TITLE = 90
"""Characters from which a headline is cut down to its first parts; official titles are shorter."""
ENOUGH_LETTERS = 25
"""Letters after which a further part of a long headline is prose."""
WORDS_AFTER_MARK = 4
"""Words after a gender mark that still belong to the title: Sachbearbeiter (m/w/d) Buchhaltung."""
FEWEST_LETTERS = 5
"""Letters that must remain when lead or prose is cut off."""
SHORTEST_STEM = 3
_BREAK = re.compile(r"\s[-–—|•·]\s|\s[–—|•·]|[!?;:]\s|\s\+\+?\s|\*{2,}|\.{3}|…|\s@\s|[–—|•]")
_DEGREE = re.compile(r"\s?/\s?[BM]\.?\s?Prof\.?.*$")
_PLACE = re.compile(r"\s*(?:in|ab|bei|am|an|zum|zur|für|gesucht|mit|auf|,)(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w+#])\d[\d.,:%€/+-]*(?:\s?(?:€|euro|eur|std|h|km|t|%)\b\.?)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of the catalogue, folded."""

    filler: frozenset[str]
    lead: re.Pattern[str]
    prose: re.Pattern[str]
    abbreviation: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read `catalog/occupation_words.toml`."""
    data = tomli.loads((catalog_path() / "occupation_words.toml").read_text("utf-8"))
    filler = frozenset(word for entry in data["filler"] for word in folded_words(entry))
    lead = re.compile(rf"^.{{0,40}}?(?<!\w)(?:{_any(data['lead'])})(?!\w)", re.IGNORECASE)
    prose = re.compile(_any(data["prose"]), re.IGNORECASE)
    short = {fold_letters(key): tuple(folded_words(value)) for key, value in data["abbreviation"].items()}
    return Words(filler, lead, prose, short)


def _any(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in phrases)


def naming_part(text: str) -> str:
    """The part of an advertisement's headline that names the occupation; short texts stay whole."""
    led = load_words().lead.match(text)
    if led is not None and sum(c.isalpha() for c in text[led.end() :]) >= FEWEST_LETTERS:
        text = text[led.end() :].strip(" -:,")
    prose = load_words().prose.search(text, FEWEST_LETTERS)
    if prose is not None:
        text = text[: prose.start()]
    mark = has_mark(text)
    if mark is not None and len(text[: mark.start()].strip(" -–|:*")) >= 3:
        text = f"{_first_parts(text[: mark.start()])} {_after_mark(text[mark.end() :])}"
    return _DEGREE.sub("", _first_parts(text))


def _first_parts(text: str) -> str:
    if len(text) <= LONG_TITLE:
        return text
    head = ""
    for part in _BREAK.split(text):
        head = f"{head} {part}".strip()
        if sum(c.isalpha() for c in head) >= ENOUGH_LETTERS:
            break
    return head


def _after_mark(text: str) -> str:
    """Words right after a gender mark, unless they begin with a place, a time or prose."""
    text = text.lstrip(" -–|:,*.)")
    if _PLACE.match(text):
        return ""
    return " ".join(_BREAK.split(text)[0].split()[:WORDS_AFTER_MARK])


def title_words(text: str, gender: GenderWords, short: bool = True) -> list[str]:
    """Folded, gender-free words of a title. With `short`, abbreviations are written out and filler dropped."""
    words = folded_words(neutral_forms(text))
    if short:
        words = _written_out(words)
    folded = [gender.fold(word.rstrip(".")) for word in words]
    folded = [word for word in folded if word]
    kept = [word for place, word in enumerate(folded) if word not in folded[max(place - 1, 0) : place]]
    if not short:
        return kept
    filler = load_words().filler
    named = [word for word in kept if word not in filler and not word.isdigit()]
    return named or [word for word in kept if len(word) > 3 and not word.isdigit()]


def _written_out(words: list[str]) -> list[str]:
    table = load_words().abbreviation
    result: list[str] = []
    for word in words:
        result.extend(table.get(word.rstrip(".")) or _tail_written_out(word, table))
    return result


def _tail_written_out(word: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """`wurstwarenfachverk.` -> `wurstwarenfachverkaufer`: the shortened second part of a compound."""
    if word.endswith("."):
        for start in range(SHORTEST_STEM, len(word) - SHORTEST_STEM):
            tail = table.get(word[start:-1])
            if tail is not None and len(tail) == 1 and len(word) - 1 - start >= SHORTEST_STEM:
                return (word[:start] + tail[0],)
    return (word,)


def query_words(text: str, gender: GenderWords) -> list[str]:
    """Folded words of a title as people or advertisements write it."""
    part = _NUMBER.sub(" ", naming_part(plain(text)))
    return title_words(part, gender) or title_words(plain(text), gender)
