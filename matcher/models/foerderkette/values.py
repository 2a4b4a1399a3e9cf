"""Values of the planner: chains, their steps, levers, triggers, and what the vacancy engine found.

Source: DESIGN section 4 (Förderkette) and 6 (answer of a suggestion). Months are calendar months of 30.4375 days.
"""

import datetime as dt
from dataclasses import dataclass

DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementNow:
    """The best vacancy of the day; `bridge` names what it still needs (`mag`, `egz`), None when it simply fits."""

    vacancy_id: str
    title: str
    bridge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step: `months` as expected with absences and waiting before it, `waits_until` the start if one waits.

    `why` says in German what the step is for; `asks` are facts to clarify before it, `beside` what runs next to it;
    `bridging` fills a long wait. `rate` is a product rate for experts, never shown on a page.
    """

    id: str
    title: str
    months: float
    months_min: float
    months_max: float
    starts_on: dt.date
    ends_on: dt.date
    waits_until: dt.date | None
    why: str
    rate: float
    offer_id: str | None = None
    asks: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    open_points: tuple[str, ...] = ()
    bridging: str | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A way to one goal, first step first; `after` are steps once the goal is reached (aftercare)."""

    goal: str
    goal_title: str
    steps: tuple[ChainStep, ...]
    after: tuple[ChainStep, ...]
    months_min: float
    months_max: float
    value: float
    open_steps: tuple[str, ...]
    achieved: tuple[str, ...]
    critical: str
    if_it_fails: str
    notes: tuple[str, ...] = ()

    @property
    def first_step(self) -> str:
        """Id of the first step: the suggestion."""
        return self.steps[0].id

    @property
    def suggests(self) -> str:
        """Id of the first step that is more than clarifying facts."""
        named = [step.id for step in self.steps if step.id != CLARIFY]
        return named[0] if named else self.first_step


CLARIFY = "step:clarify_data"
PLACEMENT = "step:direct_placement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """A changeable fact that shortens the way or opens a better one, verified by planning again."""

    id: str
    fields: tuple[str, ...]
    text: str
    effect: str
    months_saved: float
    value_before: float
    value_after: float
    first_step: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something due for one participant on a day, with the recommended step."""

    participant_id: str
    id: str
    text: str
    step: str
    step_title: str
    urgency: int
    due_on: dt.date | None
    fields: tuple[str, ...]
    source: str
