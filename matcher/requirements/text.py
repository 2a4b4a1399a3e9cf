"""One spelling for titles: lower case, no gender marks, single spaces; patterns of the catalogue rely on it."""

import re
import unicodedata
from functools import lru_cache

_GENDER = re.compile(
    r"\(?\b[mwdfxi](?:\s?[/|,.*+\-]\s?[mwdfxi]){1,3}\b\.?\)?|\((?:gn|all genders?|a|mensch|\*)\)|all genders?|alle geschlechter"
)
_ENDING = re.compile(
    r"(?<=[a-zäöüß])(?:\(in(?:nen)?\)|[/:*_]-?in(?:nen)?|/-?frau|/-?mann|/r|\(r\)|/-r|/e|\(e\))(?![a-zäöüß])"
)
_NOISE = re.compile(r"[^\w\s.,:%€§/+&()\-–]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a title in the spelling the patterns are written for ("Verkäufer:in (m/w/d)" → "verkäufer")."""
    value = unicodedata.normalize("NFKC", text).lower().replace("\u200b", "").replace("–", "-").replace("⎸", "|")
    value = _GENDER.sub(" ", value)
    value = _ENDING.sub("", value)
    value = _NOISE.sub(" ", value)
    return _SPACE.sub(" ", value.replace("( )", " ").replace("()", " ")).strip()
