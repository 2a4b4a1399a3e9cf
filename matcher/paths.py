"""Where the project's own data lies: the `catalog/` folder, in a checkout and in an installed wheel."""

from functools import lru_cache
from pathlib import Path

from matcher.errors import MatcherError


@lru_cache(maxsize=1)
def catalog_path() -> Path:
    """Return the catalog folder: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_catalog", package.parent / "catalog"):
        if folder.is_dir():
            return folder
    raise MatcherError(
        f"The catalogue is missing: neither {package / '_catalog'} nor {package.parent / 'catalog'} exists.",
        "Reinstall the package; the catalogue is part of it.",
    )
