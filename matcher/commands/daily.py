"""`matcher daily`: at most one good proposal per person, spread over vacancies, or an honest reason why not."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.commands.day import Day
from matcher.settings import data_path

if TYPE_CHECKING:
    from matcher.daily.morning import Morning
    from matcher.daily.values import Care, DayPlan, History
    from matcher.store import Store
    from matcher.store.daily import DailyStore

METHODS = ("auto", "fused", "columns", "reference")


@click.command(name="daily")
@click.option("--date", "day", type=Day(), help="Day of the batch (default: today).")
@click.option("--office", default="", help="Only the caseload of this office (default: everybody).")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the files (default: DATA/daily/DATE).")
@click.option("--dry-run", is_flag=True, help="Plan and show the day; record and write nothing.")
@click.option("--explain", "person", metavar="PERSON", help="Why this person gets what they get; records nothing.")
@click.option("--caseload", type=click.Path(path_type=Path), help="First take over this list (docs/daily.md).")
@click.option("--method", type=click.Choice(METHODS), default="auto", help="How candidates are computed.")
@click.option("--json", "as_json", is_flag=True, help="The whole day as JSON.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(
    *,
    day: dt.datetime | None,
    office: str,
    out: Path | None,
    dry_run: bool,
    person: str | None,
    caseload: Path | None,
    method: str,
    as_json: bool,
    data: Path | None,
) -> None:
    """Propose one good vacancy per person and day, or say why there is none. A human issues it or does not.

    A day that is recorded stays as it is: the same command again shows it and writes its files again. Killed at
    any point, the command is simply run again.

    \b
    Example:  matcher daily --date 2022-05-02 --data demo-office
              matcher daily --date 2022-05-02 --explain T0002 --data demo-office
    """
    from matcher.catalog import load_catalog
    from matcher.daily.plan import plan_day
    from matcher.daily.policy import read_policy
    from matcher.daily.run import preview_day, run_day
    from matcher.office import open_office
    from matcher.store.daily import DailyStore

    today, folder = day.date() if day else dt.date.today(), data_path(data)
    with open_office(folder) as store, _bars() as progress:
        daily = DailyStore(store.engine)
        if caseload is not None:
            _take_caseload(caseload, daily)
        cares = daily.caseload()

        def start(history: "History") -> "Morning":
            return make_morning(store, folder, today, office, cares, history, method, progress)

        if person is not None:
            _explain(start(_before(daily.history(today), today)), store.participant(person).id, as_json)
            return
        if dry_run:
            plan = preview_day(daily, today, lambda history: plan_day(start(history)))
            _show(plan, cares, [], as_json, "Dry run: nothing was recorded or written.")
            return
        done = run_day(daily, office, today, lambda history: plan_day(start(history)), dt.datetime.now(dt.UTC))
        in_sight = read_policy(load_catalog()).in_sight
        files = _write(done.plan, cares, daily, out or folder / "daily" / str(today), in_sight)
    note = "Recorded." if done.new else "This day was recorded before; it is shown as it was."
    _show(done.plan, cares, files, as_json, note)


def _before(history: "History", today: dt.date) -> "History":
    """The history as it was in the morning, before the day was recorded."""
    from dataclasses import replace

    return replace(history, past=[one for one in history.past if one.day < today])


def _take_caseload(file: Path, daily: "DailyStore") -> None:
    from matcher.daily.caseload import read_caseload

    count = daily.save_caseload(read_caseload(file))
    click.echo(f"{file.name}: caseload of {count} participants taken over.", err=True)


def no_bars(_text: str, _total: int) -> Callable[[int], None]:
    """No progress bar."""
    return lambda _done: None


def make_morning(
    store: "Store",
    folder: Path,
    today: dt.date,
    office: str,
    cares: "dict[str, Care]",
    history: "History",
    method: str,
    progress: "Callable[[str, int], Callable[[int], None]]",
) -> "Morning":
    """Everything the day starts from, read from the data folder."""
    from matcher.daily.methods import weigher_of
    from matcher.daily.morning import Morning
    from matcher.daily.policy import read_policy
    from matcher.daily.restrictions import all_followed, read_restrictions
    from matcher.errors import NotFound
    from matcher.office import build_office_engine
    from matcher.store.legal_reasons import LegalReasons

    engine = build_office_engine(store, folder, today)
    profiles = store.participants()
    if office:
        profiles = [one for one in profiles if one.id in cares and cares[one.id].office == office]
        if not profiles:
            raise NotFound(
                f"Nobody is in the caseload of office {office!r}.", "Take the caseload over with --caseload FILE."
            )
    vacancies = store.vacancies()
    table = read_restrictions(engine.catalog.table("daily"))
    return Morning(
        engine=engine,
        profiles=profiles,
        today=today,
        policy=read_policy(engine.catalog),
        office=office,
        cares=cares,
        positions={one.id: one.positions for one in vacancies},
        history=history,
        weigher=weigher_of(method),
        progress=progress,
        restricted=all_followed(vacancies, table, LegalReasons(store.engine).all()),
    )


def _write(plan: "DayPlan", cares: "dict[str, Care]", daily: "DailyStore", folder: Path, in_sight: int) -> list[Path]:
    from matcher.render.day_files import write_day

    return write_day(plan, cares, daily.customer_numbers(), folder, in_sight)


def _show(plan: "DayPlan", cares: "dict[str, Care]", files: list[Path], as_json: bool, note: str) -> None:
    if as_json:
        import orjson

        from matcher.daily.answer_json import render_day

        click.echo(orjson.dumps(render_day(plan, cares)))
        return
    from matcher.daily.text import day_text

    click.echo(day_text(plan))
    for file in files:
        click.echo(f"  {file}")
    click.echo(note)


def _explain(morning: "Morning", person: str, as_json: bool) -> None:
    from matcher.daily.explain import explain_person, explanation_text

    found = explain_person(morning, person)
    if as_json:
        import orjson

        click.echo(orjson.dumps(found))
    else:
        click.echo(explanation_text(found))


@contextmanager
def _bars() -> "Iterator[Callable[[str, int], Callable[[int], None]]]":
    """Progress bars on standard error, silent where nobody watches."""
    if not sys.stderr.isatty():
        yield no_bars
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:

        def open_bar(text: str, total: int) -> Callable[[int], None]:
            task = shown.add_task(text, total=total)
            return lambda done: shown.advance(task, done)

        yield open_bar
