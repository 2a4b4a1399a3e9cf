"""Text that a spreadsheet shows and never runs. Source: TRUST 28 (= + - @ TAB CR NUL)."""

import re

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe_text(text: str) -> str:
    """The text without control characters; an apostrophe in front where it could be read as a formula."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if plain.lstrip(" \u00a0").startswith(RISKY) or plain.startswith(RISKY) else plain
