"""Arrays of a cached npz, every byte held against its checksum before anything is made of it; never a pickle."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DAMAGED = (KeyError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What zipfile raises for a damaged archive, besides ValueError."""


def load_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """All arrays by name; raises ValueError where a bit of them is wrong. Source: TRUST 26.

    `numpy.load` reads as much as the header of an array announces; less than the whole is never held against the
    checksum, so a bit turned there would make another array.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            contents = {name.removesuffix(".npy"): archive.read(name) for name in archive.namelist()}
    except DAMAGED as error:
        raise ValueError(f"damaged: {error}") from error
    return {name: np.lib.format.read_array(io.BytesIO(content)) for name, content in contents.items()}
