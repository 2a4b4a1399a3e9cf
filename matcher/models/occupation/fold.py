"""Folding of characters: any text to plain lower-case ASCII words, umlaut spellings made equal."""

import html
import re
import unicodedata

LONGEST = 2000
"""Characters that are looked at; no occupation title is longer."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
_DIGRAPH = re.compile(r"([aou])e")
_NOT_WORD = re.compile(r"[^a-z0-9#+.]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ı": "i"})


def plain(text: str) -> str:
    """The text without HTML, control characters and compatibility forms, blanks made single."""
    text = text[: LONGEST * 2]
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:LONGEST]


def fold_letters(text: str) -> str:
    """Lower case without accents; `ä`, `ae` and `a` become equal (so Bäcker = Baecker = Backer)."""
    text = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _DIGRAPH.sub(r"\1", text)


def folded_words(text: str) -> list[str]:
    """The words of a text after folding; a full stop stays at the end of a word (an abbreviation)."""
    words = _NOT_WORD.sub(" ", fold_letters(text)).replace(".", ". ").split()
    return [word for word in words if word != "."]
