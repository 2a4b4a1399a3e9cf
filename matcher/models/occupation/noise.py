"""Misspelt copies of titles, so that the subword model learns to read them. Deterministic for a seed."""

from collections.abc import Sequence

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 5


def misspelt(texts: Sequence[str], seed: int) -> list[str]:
    """One copy of each text with a letter dropped, doubled, replaced or swapped, or a blank moved."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 5, len(texts))
    places = rng.random(len(texts))
    letters = rng.integers(0, len(LETTERS), len(texts))
    return [
        _changed(text, int(kind), int(place * max(len(text) - 1, 1)), LETTERS[letter])
        for text, kind, place, letter in zip(texts, kinds, places, letters, strict=True)
    ]


def _changed(text: str, kind: int, at: int, letter: str) -> str:
    if len(text) < SHORTEST:
        return text
    before, here, after = text[:at], text[at], text[at + 1 :]
    if kind == 0:
        return before + after
    if kind == 1:
        return before + letter + here + after
    if kind == 2:
        return before + letter + after
    if kind == 3:
        return before + after[:1] + here + after[1:]
    return text.replace(" ", "", 1) if " " in text else f"{before}{here} {after}"
