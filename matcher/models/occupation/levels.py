"""The parts of a KldB 2010 code: tree digits and requirement level."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LEVEL_NAMES = {1: "Helfer/Anlerntätigkeit", 2: "Fachkraft", 3: "Spezialist", 4: "Experte"}


def level_of(code: str) -> int:
    """Requirement level of a five-digit code: 1 Helfer, 2 Fachkraft, 3 Spezialist, 4 Experte.

    Raises ValueError when `code` is not five digits ending in 1 to 4.
    """
    if len(code) != 5 or not code.isdigit() or code[4] not in "1234":
        raise ValueError(f"{code!r} is not a KldB 2010 code of five digits ending in 1 to 4.")
    return int(code[4])


def code_digits(codes: Sequence[str]) -> NDArray[np.int8]:
    """Codes as digits, int8 [n, 5]; what is no five-digit code becomes a row of -1."""
    sound = [code if len(code) == 5 and code.isdigit() and code.isascii() else "/////" for code in codes]
    flat = np.frombuffer("".join(sound).encode("ascii"), dtype=np.uint8).astype(np.int8)
    digits = flat.reshape(len(codes), 5) - 48
    return digits.astype(np.int8)
