"""`--date` of every command: an ISO day within the calendar this project counts in."""

import datetime as dt
from typing import Any

import click

from matcher.participant_time import FIRST_DAY, LAST_DAY, is_countable


class Day(click.DateTime):
    """YYYY-MM-DD; a day outside the calendar is wrong usage, so that nobody meets an overflow behind it."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The day at midnight; fails with exit code 2."""
        day: dt.datetime = super().convert(value, param, ctx)
        if not is_countable(day.date()):
            self.fail(
                f"{day:%Y-%m-%d} lies outside {FIRST_DAY} to {LAST_DAY}. Give the day you are asking for.", param, ctx
            )
        return day
