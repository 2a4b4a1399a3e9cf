"""Gender: written marks are taken out, feminine and masculine words become one word.

`neutral_forms` works on text before folding; `GenderWords` on folded words. The pairs of words are learned
from a register's masculine and feminine titles, endings cover words no register knows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from matcher.models.occupation.fold import folded_words

_MARK = re.compile(
    r"""[(\[{]?\s*(?<![\w])(?:
        (?:[mwdfixa*]|gn|div(?:ers)?|män+l(?:ich)?\.?|weibl(?:ich)?\.?)\s*[/|,\\.\-:]\s*(?:[mwdfixa*]|gn|div(?:ers)?|weibl(?:ich)?\.?)
        (?:\s*[/|,\\.\-:]\s*(?:[mwdfixa*]|gn|div(?:ers)?))*
        |all\s+genders?|alle\s+geschlechter|geschlecht\s+egal|mensch(?=\s*[)\]])|gn(?=\s*[)\]]))(?![\w])\s*[)\]}]?""",
    re.VERBOSE | re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"e\s?(?:/-?|\*|:|_|\(-?)([rsn])\)?(?=[\s,.;)\-/]|$)")
_PLURAL = re.compile(r"(?<=\w)\s?(?:/-?|\*|:|_|\(-?|·)innen\)?(?!\w)")
_SUFFIX = re.compile(r"(?<=\w)\s?(?:/\s?-?|\*|:|_|\(-?|·)(?:in|frau|mann|kraft)\)?(?!\w)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-zäöüß])I(?:n|nnen)(?!\w)")
_SECOND = re.compile(r"/-[a-zäöüß]*(?:in|frau|mann|vater|mutter)(?!\w)")

_ENDINGS = (
    ("erinnen", "er"),
    ("istinnen", "ist"),
    ("erin", "er"),
    ("istin", "ist"),
    ("orin", "or"),
    ("antin", "ant"),
    ("entin", "ent"),
    ("eurin", "eur"),
    ("arin", "ar"),
    ("login", "loge"),
    ("gogin", "goge"),
    ("nomin", "nom"),
    ("arztin", "arzt"),
    ("kochin", "koch"),
    ("wirtin", "wirt"),
    ("waltin", "walt"),
    ("ratin", "rat"),
    ("beamtin", "beamter"),
    ("kauffrau", "kaufmann"),
    ("fachfrau", "fachmann"),
    ("kaufleute", "kaufmann"),
    ("fachleute", "fachmann"),
    ("krafte", "kraft"),
    ("kraften", "kraft"),
    ("angestellte", "angestellter"),
    ("angestellten", "angestellter"),
    ("hilfin", "hilfe"),
    ("gehilfin", "gehilfe"),
    ("schwester", "pfleger"),
    ("ische", "isch"),
    ("ischer", "isch"),
    ("isches", "isch"),
    ("ischen", "isch"),
    ("liche", "lich"),
    ("licher", "lich"),
    ("lichen", "lich"),
)


ALIKE_LETTERS = 2
"""Letters at the beginning that both words of a learned pair share."""


def has_mark(text: str) -> re.Match[str] | None:
    """The first gender mark such as (m/w/d) in a text."""
    for found in _MARK.finditer(text):
        if len(found.group().strip()) >= 3:
            return found
    return None


_ER_IN = re.compile(r"\(er/in\)")


def neutral_forms(text: str) -> str:
    """Write Verkäufer/in, Verkäufer*in, VerkäuferIn, Kaufmann/-frau as the first form; drop (m/w/d)."""
    text = _ER_IN.sub("er", _MARK.sub(" ", text))
    text = _ADJECTIVE.sub(r"e\1", text)
    text = _PLURAL.sub("", text)
    text = _CAMEL.sub("", text)
    text = _SUFFIX.sub("", text)
    return _SECOND.sub("", text)


@dataclass(frozen=True, slots=True)
class GenderWords:
    """Folded feminine word -> folded masculine word, learned from a register; endings for the rest."""

    pairs: Mapping[str, str]
    known: Set[str] = field(default_factory=frozenset)

    def fold(self, word: str) -> str:
        """The masculine form of a folded word, or the word itself."""
        if word in self.pairs:
            return self.pairs[word]
        if word in self.known:
            return _adjective(word)
        for feminine, masculine in _ENDINGS:
            if word.endswith(feminine) and (len(word) > len(feminine) or len(feminine) > 5):
                return word[: -len(feminine)] + masculine
        if word.endswith("rin") and len(word) > 6:
            return word[:-2]
        if word.endswith("in") and len(word) > 5:
            for stem in (word[:-2], word[:-2] + "e"):
                if stem in self.known:
                    return stem
        return word


def _adjective(word: str) -> str:
    for ending in ("ische", "ischer", "isches", "ischen", "liche", "licher", "lichen"):
        if word.endswith(ending):
            return word[: -len(ending)] + ("isch" if "isch" in ending else "lich")
    return word


def learn_pairs(titles: Iterable[tuple[str, str]], adjectives: bool = True) -> GenderWords:
    """Learn word pairs from (masculine, feminine) titles whose words stand in the same places."""
    votes: dict[str, Counter[str]] = {}
    known: Counter[str] = Counter()
    for masculine, feminine in titles:
        male, female = folded_words(neutral_forms(masculine)), folded_words(neutral_forms(feminine))
        known.update(male)
        if len(male) != len(female):
            continue
        for left, right in zip(male, female, strict=True):
            votes.setdefault(right, Counter())[left] += 1
    pairs = {}
    for feminine, counter in votes.items():
        masculine = min(counter, key=lambda word: (-counter[word], word))
        alike = feminine[:ALIKE_LETTERS] == masculine[:ALIKE_LETTERS]
        if alike and masculine != feminine and counter[masculine] > counter[feminine]:
            pairs[feminine] = _adjective(masculine) if adjectives else masculine
    return GenderWords(pairs, frozenset(known))
