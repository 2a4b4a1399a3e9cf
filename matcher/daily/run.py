"""A day's run as steps over a repository: lock, look up, forget, plan, record; killed anywhere, run again.

Nothing is written before the day is planned, and then all of it in one transaction: a killed run leaves nothing
behind, a finished one is found and returned. Source: TRUST 22, 23.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from matcher.daily.values import DayPlan, History
from matcher.errors import MatcherError

TRIES = 5
"""So often a day is planned again because another office's day was recorded meanwhile."""


class Repository(Protocol):
    """What a run needs of the store."""

    def run(self, office: str) -> AbstractContextManager[int]:
        """Hold the office's lock; MatcherError where another run holds it. Yields the number of this run."""

    def recorded(self, office: str, day: dt.date) -> DayPlan | None:
        """The recorded day, None where there is none."""

    def forget_wishes(self, today: dt.date) -> int:
        """Delete wishes whose pause is over."""

    def history(self, today: dt.date) -> History:
        """Everything recorded that matters today."""

    def record(self, plan: DayPlan, fence: int, mark: int, now: dt.datetime) -> bool:
        """Record the whole day in one transaction; False where the history has changed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The day as recorded, and whether this run recorded it."""

    plan: DayPlan
    new: bool


def run_day(
    repository: Repository, office: str, day: dt.date, plan: Callable[[History], DayPlan], now: dt.datetime
) -> Outcome:
    """Return the recorded day of an office; plan and record it first where there is none."""
    with repository.run(office) as fence:
        found = repository.recorded(office, day)
        if found is not None:
            return Outcome(found, new=False)
        repository.forget_wishes(day)
        for _ in range(TRIES):
            history = repository.history(day)
            if repository.record(plan(history), fence, history.mark, now):
                recorded = repository.recorded(office, day)
                if recorded is not None:
                    return Outcome(recorded, new=True)
    raise MatcherError(
        "Other offices kept recording their day while this one was planned.", "Run the command again in a minute."
    )


def preview_day(repository: Repository, day: dt.date, plan: Callable[[History], DayPlan]) -> DayPlan:
    """Plan the day and record nothing."""
    return plan(repository.history(day))
