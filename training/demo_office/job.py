"""The pattern of an invented job."""

from dataclasses import dataclass

from matcher.vocabulary import DrivingLicence, GermanLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One occupation: `shifts` are ids of `vacancies.SHIFTS`; shares are between 0 and 1; wages EUR per hour.

    `title_hints` are additions to a title, drawn for about half of the advertisements.
    """

    label: str
    titles: tuple[str, ...]
    branch: str
    wage: tuple[float, float]
    count: int = 6
    shifts: tuple[str, ...] = ("day",)
    part_time: float = 0.2
    minijob: float = 0.0
    agency: float = 0.0
    licences: tuple[DrivingLicence, ...] = ()
    certificates: tuple[str, ...] = ()
    german: GermanLevel | None = None
    demands: tuple[str, ...] = ()
    career_changers: bool | None = None
    title_hints: tuple[str, ...] = ()
