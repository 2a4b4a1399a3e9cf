"""Reads hostile files with every reader in one process of limited memory, then an ordinary one; prints what it cost.

python -m tests.trust.hostile_driver MEMORY FOLDER ORDINARY
"""

import datetime as dt
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matcher.errors import MatcherError
from matcher.read.jobsuche import read_jobsuche
from matcher.read.occupations import read_occupation_list
from matcher.read.offers import read_offers
from matcher.read.participants import read_participants
from matcher.read.places import read_places
from matcher.read.profile_file import read_profiles
from matcher.read.programmes import read_programmes
from matcher.read.vacancies import read_employers, read_vacancies

TODAY = dt.date(2022, 5, 2)
READERS: dict[str, Callable[[Path], Any]] = {
    "participants": lambda path: read_participants(path, today=TODAY),
    "profiles": lambda path: read_profiles(path, today=TODAY),
    "vacancies": read_vacancies,
    "jobsuche": read_jobsuche,
    "employers": read_employers,
    "offers": read_offers,
    "programmes": read_programmes,
    "places": read_places,
    "occupations": read_occupation_list,
}


def spent() -> float:
    """Seconds of processor time of this process and of those it started; waiting for others does not count."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def attempt(read: Callable[[Path], Any], path: Path) -> tuple[str, float]:
    """What the reader said, and what that cost."""
    began = spent()
    try:
        read(path)
        said = "read"
    except MatcherError as error:
        said = type(error).__name__
    return said, spent() - began


def main() -> None:
    """One list: file, reader, answer, seconds."""
    memory, folder, ordinary = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    rows = [
        (path.name, name, *attempt(read, path)) for path in sorted(folder.iterdir()) for name, read in READERS.items()
    ]
    rows.append((ordinary.name, "participants", *attempt(READERS["participants"], ordinary)))
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
