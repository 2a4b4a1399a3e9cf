"""Misspelt words: the nearest word of the register by insertions, deletions, replacements and swaps of letters."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.models.occupation.fold import fold_letters

SOUNDS = (("oi", "eu"), ("ai", "ei"), ("y", "i"), ("v", "f"), ("th", "t"), ("ck", "k"), ("tz", "z"))
"""Spellings that sound alike: as heard, as written."""
SHORTEST = 5
"""Letters below which a word is left alone: one letter more or less is another word."""
KEPT_ANSWERS = 50_000
TWO_FROM = 9
"""Letters from which two mistakes are allowed."""


@dataclass(frozen=True, slots=True)
class Speller:
    """Words of a register by length and first letter, and by length and second to fourth letter, most frequent
    first; answers are kept, they repeat in bulk."""

    by_start: Mapping[tuple[int, str], tuple[str, ...]]
    by_middle: Mapping[tuple[int, str], tuple[str, ...]]
    known: frozenset[str]
    answers: dict[str, str] = field(default_factory=dict)

    def corrected(self, words: list[str]) -> list[str]:
        """Each unknown word replaced by the nearest known one, where one is near enough."""
        return [word if word in self.known or len(word) < SHORTEST else self._nearest(word) for word in words]

    def _nearest(self, word: str) -> str:
        if word not in self.answers:
            if len(self.answers) >= KEPT_ANSWERS:
                self.answers.clear()
            self.answers[word] = self._search(word)
        return self.answers[word]

    def _search(self, word: str) -> str:
        for heard, written in SOUNDS:
            if (other := fold_letters(word.replace(heard, written))) in self.known:
                return other
        limit = 2 if len(word) >= TWO_FROM else 1
        best, distance = word, limit + 1
        for length in sorted(range(len(word) - limit, len(word) + limit + 1), key=lambda n: (abs(n - len(word)), n)):
            for choices in (self.by_start.get((length, word[0]), ()), self.by_middle.get((length, word[1:4]), ())):
                found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=distance - 1)
                if found is not None and found[1] < distance:
                    best, distance = str(found[0]), int(found[1])
            if distance <= 1:
                break
        return best


def build_speller(documents: Iterable[str]) -> Speller:
    """A speller over the words of folded titles."""
    counts = Counter(word for document in documents for word in document.split() if len(word) >= SHORTEST - 1)
    by_start: dict[tuple[int, str], list[str]] = {}
    by_middle: dict[tuple[int, str], list[str]] = {}
    for word in sorted(counts, key=lambda one: (-counts[one], one)):
        by_start.setdefault((len(word), word[0]), []).append(word)
        by_middle.setdefault((len(word), word[1:4]), []).append(word)
    return Speller(
        {key: tuple(words) for key, words in by_start.items()},
        {key: tuple(words) for key, words in by_middle.items()},
        frozenset(counts),
    )
