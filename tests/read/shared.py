"""Third-party files for tests: only where they lie, never copied."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared(relative: str) -> Path:
    """A file below MATCHER_SHARED (default ../shared); skips the test where it is absent."""
    base = Path(os.environ.get("MATCHER_SHARED") or ROOT.parent / "shared")
    path = base / relative
    if not path.exists():
        pytest.skip(f"{relative} is not in MATCHER_SHARED ({base})")
    return path
