"""`matcher suggest`: ranked next steps and vacancies for one stored participant, a profile file, or many."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from matcher.commands.day import Day
from matcher.participant import Profile
from matcher.pipeline import Engine, Question
from matcher.results import Answer
from matcher.settings import data_path, setting

BLOCK = 16
"""So many profiles are answered at once: memory stays bounded by the block."""


@click.command(name="suggest")
@click.argument("participant", required=False)
@click.option("--profile", type=click.Path(path_type=Path), help="One participant as JSON in the exchange format.")
@click.option("--profiles", type=click.Path(path_type=Path), help="Many participants, one JSON object per line.")
@click.option("--measures", is_flag=True, help="Only measures.")
@click.option("--vacancies", is_flag=True, help="Only vacancies.")
@click.option("--chain", is_flag=True, help="The best chains of steps to every goal (Förderkette).")
@click.option(
    "--household",
    "household",
    multiple=True,
    metavar="ID",
    help="Another stored member of the Bedarfsgemeinschaft (repeatable): plan all together.",
)
@click.option("--draft", is_flag=True, help="A draft of steps for the Kooperationsplan from the best chain.")
@click.option("--top", default=None, metavar="N|all", help="How many suggestions; 'all' lists everything.")
@click.option("--date", "day", type=Day(), help="Day of the question (default: today).")
@click.option("--catalogue-only", is_flag=True, help="Ignore local offers and periods (shown, not applied).")
@click.option("--documented-periods", is_flag=True, help="Apply the documented terms of projects as well.")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON; one line per participant.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(
    *,
    participant: str | None,
    profile: Path | None,
    profiles: Path | None,
    measures: bool,
    vacancies: bool,
    chain: bool,
    draft: bool,
    household: tuple[str, ...],
    top: str | None,
    day: dt.datetime | None,
    catalogue_only: bool,
    documented_periods: bool,
    as_json: bool,
    data: Path | None,
) -> None:
    """Suggest next steps and vacancies, explained. A human decides.

    \b
    Example:  matcher suggest T0001 --date 2022-05-02 --data demo-office
              matcher suggest --profile person.json --measures --top 5 --json
    """
    if sum(given is not None for given in (participant, profile, profiles)) != 1:
        raise click.UsageError("Name exactly one of PARTICIPANT, --profile FILE.json or --profiles FILE.jsonl.")
    if household and participant is None:
        raise click.UsageError("--household needs a stored PARTICIPANT.")
    both = measures == vacancies
    folder = data_path(data)
    question = Question(
        today=day.date() if day else dt.date.today(),
        measures=measures or both,
        vacancies=vacancies or both,
        top=_top(top, folder),
        catalogue_only=catalogue_only,
        documented_periods=documented_periods,
        chains=chain or draft,
        ways=chain or not (as_json or profiles),
    )
    people = None if participant is not None else _read(profile, profiles, question.today)
    engine, people = _prepare(people, (participant, *household) if participant else (), folder, question)
    if household:
        _print_household(engine, people, question, as_json)
        return
    answers = _answers(engine, people, question)
    if draft:
        _print_drafts(answers)
    else:
        _print(answers, as_json)


def _top(text: str | None, folder: Path) -> int | None:
    if text == "all":
        return None
    if text is None:
        return int(setting("top", folder))
    if not text.isdigit() or int(text) < 1:
        raise click.UsageError(f"--top takes a number from 1 or 'all', not {text!r}.")
    return int(text)


def _read(profile: Path | None, profiles: Path | None, today: dt.date) -> list[Profile]:
    from matcher.read.profile_file import read_profile_file, read_profiles

    return [read_profile_file(profile, today=today)] if profile else read_profiles(profiles or Path(), today=today)


def _prepare(
    people: list[Profile] | None, stored: Sequence[str], folder: Path, question: Question
) -> tuple[Engine, list[Profile]]:
    """The engine for the data folder and the persons asked for; a posted profile also works without any folder."""
    from matcher.commands.progress import progress
    from matcher.office import build_bare_engine, build_office_engine, open_office

    if people is not None and not folder.is_dir():
        click.echo(
            f"Note: {folder} does not exist; only the catalogue is used, without offers and vacancies.", err=True
        )
        return build_bare_engine(None), people
    with progress("Preparing vacancies, offers and places …"), open_office(folder) as store:
        found = [store.participant(name) for name in stored] if stored else people or []
        return build_office_engine(store, folder, question.today, vacancies=question.vacancies), found


def _answers(engine: Engine, people: list[Profile], question: Question) -> Iterator[Answer]:
    for start in range(0, len(people), BLOCK):
        yield from engine.ask(people[start : start + BLOCK], question)


def _print_household(engine: Engine, people: list[Profile], question: Question, as_json: bool) -> None:
    """Ways of the whole Bedarfsgemeinschaft to share care and work."""
    from matcher.models.foerderkette import plan_household, render_sharing

    if len({one.id for one in people}) < len(people):
        raise click.UsageError("--household names a member twice.")
    planner = engine.planner(question.today)
    ways = plan_household(planner, people, today=question.today, catalogue_only=question.catalogue_only)
    if as_json:
        import orjson

        click.echo(orjson.dumps([render_sharing(way) for way in ways]))
        return
    from matcher.explanation.household import household_text

    click.echo(household_text(ways))


def _print_drafts(answers: Iterable[Answer]) -> None:
    from matcher.models.foerderkette import kooperationsplan_draft

    for answer in answers:
        if answer.chains:
            click.echo(kooperationsplan_draft(answer.chains[0]) + "\n")
        else:
            click.echo(f"{answer.participant_id}: {answer.outcome_reason}\n")


def _print(answers: Iterable[Answer], as_json: bool) -> None:
    if as_json:
        import orjson

        from matcher.answer_json import render_answer

        for answer in answers:
            click.echo(orjson.dumps(render_answer(answer)))
        return
    from matcher.explanation.text import explain

    for answer in answers:
        click.echo(explain(answer) + "\n")
