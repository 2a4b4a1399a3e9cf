"""`matcher candidates`: the best candidates for one vacancy, pseudonymous and in neutral words."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.day import Day
from matcher.settings import data_path

TOP = 10


@click.command(name="candidates")
@click.argument("vacancy")
@click.option("--date", "day", type=Day(), help="Day of the question (default: today).")
@click.option("--office", default="", help="Only the caseload of this office (default: everybody).")
@click.option("--top", default=str(TOP), show_default=True, metavar="N|all", help="How many; 'all' lists everybody.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(*, vacancy: str, day: dt.datetime | None, office: str, top: str, as_json: bool, data: Path | None) -> None:
    """List who fits one vacancy, by the same engine.

    What the advertisement asks about sex, age, health or nationality is not followed, unless a legal reason is
    recorded (matcher legal-reason).

    \b
    Example:  matcher candidates 10001-2022000123-S --date 2022-05-02 --data demo-office
    """
    from matcher.commands.daily import make_morning, no_bars
    from matcher.daily.for_vacancy import candidates_for, candidates_text
    from matcher.errors import NotFound
    from matcher.office import open_office
    from matcher.store.daily import DailyStore
    from matcher.store.legal_reasons import LegalReasons

    if top != "all" and (not top.isdigit() or int(top) < 1):
        raise click.UsageError(f"--top takes a number from 1 or 'all', not {top!r}.")
    today, folder = day.date() if day else dt.date.today(), data_path(data)
    with open_office(folder) as store:
        wanted = next((one for one in store.vacancies() if one.id == vacancy), None)
        if wanted is None:
            raise NotFound("There is no such vacancy.", "Give its reference number as imported.")
        daily = DailyStore(store.engine)
        reasons = LegalReasons(store.engine).all()
        morning = make_morning(
            store, folder, today, office, daily.caseload(), daily.history(today), "reference", no_bars
        )
    found = candidates_for(morning, wanted, None if top == "all" else int(top), reasons)
    if as_json:
        import orjson

        click.echo(orjson.dumps(found))
    else:
        click.echo(candidates_text(found))
