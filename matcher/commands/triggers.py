"""`matcher triggers`: what is due for the caseload on a day, with the recommended step."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.day import Day
from matcher.settings import data_path


@click.command(name="triggers")
@click.option("--date", "day", type=Day(), help="Day of the question (default: today).")
@click.option("--participant", metavar="ID", help="Only one participant.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(day: dt.datetime | None, participant: str | None, as_json: bool, data: Path | None) -> None:
    """List what is due: measures that end, reviews, expiring entitlements, contact lost, aftercare.

    \b
    Example:  matcher triggers --date 2022-05-02 --data demo-office
    """
    from matcher.catalog import load_catalog
    from matcher.models.foerderkette import Planner, render_trigger, triggers
    from matcher.office import open_office

    today = day.date() if day else dt.date.today()
    with open_office(data_path(data)) as store:
        people = [store.participant(participant)] if participant is not None else store.participants()
        programmes = {programme.id: programme for programme in store.programmes()}
        planner = Planner(load_catalog(), store.offers(), today, places=store.places(), programmes=programmes)
    found = triggers(planner, people, today=today)
    if as_json:
        import orjson

        for item in found:
            click.echo(orjson.dumps(render_trigger(item)))
        return
    for item in found:
        due = f" (bis {item.due_on:%d.%m.%Y})" if item.due_on is not None else ""
        click.echo(f"{item.participant_id:<10}{item.text}{due}")
        click.echo(f"{'':<10}→ {item.step_title or item.step} [{item.step}]")
    click.echo(f"{len(found)} Anlässe am {today:%d.%m.%Y} für {len(people)} Teilnehmende")
