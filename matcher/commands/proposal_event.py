"""What the four event commands share: options, the proposal by participant and vacancy, the answer."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.commands.day import Day
from matcher.settings import data_path

if TYPE_CHECKING:
    from matcher.store.daily import DailyStore

Function = Callable[..., None]


def of_proposal(command: Function) -> Function:
    """Arguments and options of every event: whose proposal, on which day."""
    parts = [
        click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data)."),
        click.option("--json", "as_json", is_flag=True, help="What was recorded as JSON."),
        click.option("--date", "day", type=Day(), help="Day of the event (default: today)."),
        click.argument("vacancy"),
        click.argument("participant"),
    ]
    for part in parts:
        command = part(command)
    return command


@contextmanager
def opened(participant: str, vacancy: str, data: Path | None) -> "Iterator[tuple[DailyStore, str]]":
    """The repository and the id of the proposal of this vacancy to this person; raises NotFound."""
    from matcher.office import open_office
    from matcher.store.daily import DailyStore

    with open_office(data_path(data)) as store:
        daily = DailyStore(store.engine)
        yield daily, daily.proposal_id(store.participant(participant).id, vacancy)


def day_of(day: dt.datetime | None) -> dt.date:
    """The day given, else today."""
    return day.date() if day else dt.date.today()


def tell(recorded: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    """Say what was recorded: a JSON object, or one German sentence."""
    if as_json:
        import orjson

        click.echo(orjson.dumps(recorded))
    else:
        click.echo(sentence)
