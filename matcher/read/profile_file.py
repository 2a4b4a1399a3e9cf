"""Files in the exchange format: one person as JSON, many as JSON Lines."""

import codecs
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import orjson

from matcher.errors import UnsafeFile
from matcher.participant import Profile
from matcher.read.problems import Problems
from matcher.read.profile import read_into, read_profile
from matcher.read.safe import ZIP_MAGIC, Limits, check_file, refuse

PROFILE_BYTES = 1_000_000
"""No profile is larger; a larger one is a mistake or an attack."""


def read_profile_file(path: Path, *, today: dt.date, limits: Limits | None = None) -> Profile:
    """One person's facts from a JSON file; raises InputProblems with everything wrong in it."""
    check_file(path, limits or Limits())
    if path.stat().st_size > PROFILE_BYTES:
        raise UnsafeFile(f"{path.name} is too large for one profile.", "Give many profiles as JSON Lines.")
    try:
        data = orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise refuse(
            path,
            f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
            "Correct the file; a profile is one JSON object.",
        ) from error
    if not isinstance(data, dict):
        raise refuse(path, "does not hold one JSON object.", "For many profiles use one object per line (.jsonl).")
    return read_profile(data, today=today, where=path.name)


def read_profiles(path: Path, *, today: dt.date, limits: Limits | None = None) -> list[Profile]:
    """Many persons, one JSON object per line, in the file's order; all problems of all lines at once.

    A line without an id is named after its number (`line-3`); an id must not occur twice.
    """
    limits = limits or Limits()
    if check_file(path, limits).startswith(ZIP_MAGIC):
        raise refuse(path, "is an archive or workbook, not JSON Lines.", "Import lists with `matcher import`.")
    problems, profiles, seen = Problems(path.name), [], dict[str, int]()
    for number, line in _lines(path, limits):
        problems.row = number
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            problems.add(None, f"is not JSON: {error.msg} (column {error.colno}).", "Write one object per line.")
            continue
        profile = read_into(data, today=today, problems=problems, default_id=f"line-{number}")
        if profile.id in seen:
            problems.add("/id", f"is the id of row {seen[profile.id]} too.", "Every profile needs its own id.")
        seen[profile.id] = number
        profiles.append(profile)
    if not profiles and not problems.found:
        raise refuse(path, "holds no profile.", "Write one JSON object per line.")
    problems.done()
    return profiles


def _lines(path: Path, limits: Limits) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(PROFILE_BYTES):
            number += 1
            if len(line) >= PROFILE_BYTES:
                raise UnsafeFile(
                    f"{path.name}, row {number}: a line has more than {PROFILE_BYTES} bytes.",
                    "Write one profile per line.",
                )
            if number > limits.rows:
                raise UnsafeFile(f"{path.name} has more than {limits.rows} lines.", "Split the file.")
            bare = line.removeprefix(codecs.BOM_UTF8).strip() if number == 1 else line.strip()
            if bare:
                yield number, bare
