"""Texts and numbers of requests that mean what they look like: no control characters, nothing invisible alone."""

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their class that show nothing."""
_LINES = frozenset("\n\r\t")
_WHOLE = re.compile(r"-?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def visible(text: str) -> str:
    """The text; refused where it has control characters or nothing to see."""
    return _checked(text, frozenset())


def visible_lines(text: str | None) -> str | None:
    """A text of several lines, as `visible`; an empty one is none."""
    return _checked(text, _LINES) if text else None


def number(text: str) -> str:
    """A number of the office's own procedure, without blanks around it; one line of printable signs."""
    if not text.strip().isprintable():
        raise PydanticCustomError("control_characters", "holds characters that cannot be seen")
    return _checked(text.strip(), frozenset())


def _checked(text: str, allowed: frozenset[str]) -> str:
    if any(unicodedata.category(sign) == "Cc" and sign not in allowed for sign in text):
        raise PydanticCustomError("control_characters", "holds control characters")
    if not any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK for sign in text):
        raise PydanticCustomError("invisible", "shows nothing")
    return text


def _digits(value: Any) -> Any:
    """A query string that is a whole number in digits; `1.0` is none."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise PydanticCustomError("int_parsing", "is not a whole number")
    return value


def _iso(value: Any) -> Any:
    """A query string that is a day as the description says, and no count of seconds."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "is not a day")
    return value


Line = Annotated[str, AfterValidator(visible)]
Lines = Annotated[str | None, AfterValidator(visible_lines)]
Number = Annotated[str, AfterValidator(number)]
Whole = Annotated[int, BeforeValidator(_digits)]
Day = Annotated[dt.date, BeforeValidator(_iso)]
