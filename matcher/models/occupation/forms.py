"""Masculine and feminine form of a title in neutral short form, by rule.

`Verkäufer/in - Lebensmittel`, `Kaufmann/-frau - Büromanagement`, `Medizinische/r Fachangestellte/r`,
`Koch/Köchin`, `Milchtechnologe/-technologin`, `Krankenschwester/-pfleger`.
"""

import re

from matcher.models.occupation.fold import fold_letters

_SLASHED = re.compile(r"([\wäöüÄÖÜß.-]+)/(-?)([\wäöüÄÖÜß]+)")
_FEMALE_ENDS = ("in", "frau", "schwester", "dame")
_SHORTEST = 3


def both_forms(neutral: str) -> tuple[str, str]:
    """(masculine, feminine); equal where the title has no gender."""
    male, female, end = [], [], 0
    for found in _SLASHED.finditer(neutral):
        left, right = _pair(found.group(1), bool(found.group(2)), found.group(3))
        between = neutral[end : found.start()]
        male += [between, left]
        female += [between, right]
        end = found.end()
    tail = neutral[end:]
    return "".join([*male, tail]), "".join([*female, tail])


def _pair(first: str, hyphen: bool, second: str) -> tuple[str, str]:
    if second == "in":
        return first, first + "in"
    if second in {"r", "n", "s"} and first.endswith("e"):
        return first + second, first
    if not hyphen and not _alternative(first, second):
        return f"{first}/{second}", f"{first}/{second}"
    other = _completed(first, second) if hyphen else second
    if first.lower().endswith(_FEMALE_ENDS) and not other.lower().endswith(_FEMALE_ENDS):
        return other, first
    return first, other


def _alternative(first: str, second: str) -> bool:
    """Koch/Köchin are two forms of one word, Glas/Keramik are not."""
    short, long = fold_letters(first), fold_letters(second)
    return long.endswith(_FEMALE_ENDS) and short[:_SHORTEST] == long[:_SHORTEST]


def _completed(first: str, ending: str) -> str:
    """`Milchtechnologe` + `technologin` -> `Milchtechnologin`; `Kaufmann` + `frau` -> `Kauffrau`."""
    place = fold_letters(first).rfind(fold_letters(ending)[:_SHORTEST])
    if place > 0 and len(fold_letters(first)) == len(first):
        return first[:place] + ending
    for tail in ("mann", "frau", "schwester"):
        if first.lower().endswith(tail):
            return first[: -len(tail)] + ending
    return ending
