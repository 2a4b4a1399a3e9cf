"""What a day starts from, as values: nothing of the batch reads a file, a clock or a database."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.daily.policy import Policy
from matcher.daily.restrictions import Followed
from matcher.daily.values import Care, History
from matcher.daily.weigh import Bar, Reference, Weigher
from matcher.participant import Profile
from matcher.pipeline import Engine
from matcher.pool.people import People
from matcher.pool.vacancies import VacancyPool

Progress = Callable[[str, int], Callable[[int], None]]
"""Opens a progress bar with a text and a total, and is told steps."""


def silent(_text: str, _total: int) -> Callable[[int], None]:
    """No progress bar."""
    return lambda _done: None


EMPTY = History()


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """Everything a day starts from; `positions` per vacancy, `cares` whose caseload somebody is in.

    `restricted`: what single vacancies may lawfully ask for, where a legal reason is recorded.
    """

    engine: Engine
    profiles: Sequence[Profile]
    today: dt.date
    policy: Policy
    office: str = ""
    cares: Mapping[str, Care] | None = None
    positions: Mapping[str, int | None] | None = None
    history: History = EMPTY
    weigher: Callable[[People, VacancyPool, Bar], Weigher] = Reference
    solver: str | None = None
    progress: Progress = silent
    with_near_misses: bool = True
    restricted: Mapping[str, Followed] = field(default_factory=dict)
