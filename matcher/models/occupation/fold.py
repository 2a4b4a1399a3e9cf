"""Folding of characters: any text to plain lower-case ASCII words, umlaut spellings made equal."""

import html
import re
import unicodedata

LONGEST = 2000
"""Characters that are looked at; no occupation title is longer."""

_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
_DIGRAPH = re.compile(r"([aou])e")
_PH = re.compile(r"ph")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^a-z0-9#+.]+")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ı": "i"})
_GERMAN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def plain(text: str) -> str:
    """The text without HTML, control characters and compatibility forms, blanks made single."""
    text = text[: LONGEST * 2]
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_ODD.sub(" ", text).split())[:LONGEST]


def fold_letters(text: str) -> str:
    """Lower case without accents; `ä`, `ae` and `a` become equal (so Bäcker = Baecker = Backer), `ph` is `f`."""
    text = text.lower().translate(_GERMAN)
    if not text.isascii():
        text = _ACCENT.sub("", unicodedata.normalize("NFD", text.translate(_LETTERS)))
    return _PH.sub("f", _DIGRAPH.sub(r"\1", text))


def folded_words(text: str) -> list[str]:
    """The words of a text after folding; a full stop stays at the end of a word (an abbreviation)."""
    words = _NOT_WORD.sub(" ", fold_letters(text)).replace(".", ". ").split()
    return [word for word in words if word.strip(".")]
