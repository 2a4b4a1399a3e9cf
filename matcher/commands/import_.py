"""`matcher import`: take a list into the store, all of it or nothing."""

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.commands.day import Day
from matcher.commands.import_references import catalogue_programmes, own_programmes
from matcher.errors import InputProblems, MatcherError, UnsafeFile
from matcher.settings import data_path

if TYPE_CHECKING:
    from matcher.read.columns import ColumnMapping
    from matcher.read.safe import Limits
    from matcher.store import Counts, Store

KINDS = ("participants", "programmes", "offers", "vacancies", "employers", "places", "occupations")
FORMATS = ("auto", "csv", "xlsx", "jsonl", "jobsuche")
EXAMPLE = """Import a list. The format is detected; nothing is taken over when anything in it is wrong.

\b
Examples:
  matcher import participants teilnehmende.xlsx
  matcher import participants liste.csv --mapping verbis.toml
  matcher import vacancies bamberg.csv
  matcher import places plz.csv --dry-run

Exit codes: 0 taken over, 1 problems with the input, 2 wrong use of the command.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asked for."""

    kind: str
    file: Path
    form: str
    mapping: Path | None
    day: dt.date | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Job:
    """What a reader is given; `own` tells the ids of the office's own programmes."""

    kind: str
    file: Path
    form: str
    mapping: "ColumnMapping | None"
    limits: "Limits"
    today: dt.date
    own: "Callable[[], frozenset[str]]"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a file holds: how many values, and how to save them."""

    size: int
    save: "Callable[[Store], Counts]"


@click.command("import", help=EXAMPLE)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="auto", help="Instead of detecting it.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Saved column mapping (docs/templates.md).")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder; default MATCHER_DATA, else ./data.")
@click.option("--kind", "list_kind", help="Occupations only: register (default), prior or auxco.")
@click.option("--date", "day", type=Day(), help="Day on which undated facts were true; default today.")
@click.option("--dry-run", is_flag=True, help="Check the file, save nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    kind: str,
    file: Path,
    form: str,
    mapping: Path | None,
    data: Path | None,
    list_kind: str | None,
    day: dt.datetime | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Parse, read, save, report."""
    if list_kind is not None and kind != "occupations":
        raise click.UsageError("--kind belongs to `import occupations`.")
    if form == "jobsuche" and kind != "vacancies":
        raise click.UsageError("--format jobsuche belongs to `import vacancies`.")
    if form == "jsonl" and kind != "participants":
        raise click.UsageError("--format jsonl belongs to `import participants`.")
    try:
        folder = data_path(data)
        if kind == "occupations":
            result = _occupations(file, list_kind, folder, dry_run)
        else:
            with _progress(f"{kind} …"):
                wanted = Wanted(kind, file, form, mapping, day.date() if day else None, dry_run)
                result = _import(wanted, folder)
    except MatcherError as error:
        _fail(error, kind, file, as_json)
    _report(result, as_json)


def _import(wanted: "Wanted", folder: Path) -> dict[str, Any]:
    from matcher.read.columns import read_mapping
    from matcher.read.safe import Limits, check_file

    limits, kind, file = Limits.of(folder), wanted.kind, wanted.file
    check_file(file, limits)
    chosen = read_mapping(wanted.mapping) if wanted.mapping is not None else None
    content = _content_hash(file, wanted.mapping)
    now = dt.datetime.now(dt.UTC)
    with _opened(folder, wanted.dry_run) as store:
        first = store.first_import(kind, content) if store is not None else None
        today = wanted.day if wanted.day is not None else (first or now).astimezone().date()
        own = partial(own_programmes, store, folder)
        batch = _read(Job(kind, file, wanted.form, chosen, limits, today, own))
        result: dict[str, Any] = {"kind": kind, "file": file.name, "read": batch.size, "dry_run": wanted.dry_run}
        if store is not None:
            from matcher.store import ImportRecord

            counts = batch.save(store)
            store.log_import(ImportRecord(kind=kind, file_name=file.name, content_hash=content, at=now, counts=counts))
            result |= asdict(counts)
    return result


def _opened(folder: Path, dry_run: bool) -> "AbstractContextManager[Store | None]":
    if dry_run:
        return nullcontext(None)
    from matcher.store.store import open_configured

    return open_configured(folder)


def _content_hash(file: Path, mapping: Path | None) -> str:
    total = hashlib.sha256()
    for path in (file, mapping):
        if path is not None:
            with path.open("rb") as opened:
                total.update(hashlib.file_digest(opened, "sha256").digest())
    return total.hexdigest()


def _read(job: Job) -> Batch:
    if job.kind == "participants":
        return _participants(job)
    if job.kind == "places":
        from matcher.read.places import read_places

        places = read_places(job.file, job.limits)
        return Batch(len(places), lambda store: store.save_places(places))
    return _values(job)


def _participants(job: Job) -> Batch:
    if job.form == "jsonl" or (job.form == "auto" and job.file.suffix.lower() in (".jsonl", ".ndjson")):
        from matcher.read.profile_file import read_profiles

        profiles = read_profiles(job.file, today=job.today, limits=job.limits)
        return Batch(len(profiles), lambda store: store.save_participants(profiles))
    from matcher.read.participants import read_participants

    found = read_participants(job.file, today=job.today, mapping=job.mapping, limits=job.limits)
    return Batch(
        len(found),
        lambda store: store.save_participants([item.profile for item in found], [item.customer_no for item in found]),
    )


def _values(job: Job) -> Batch:
    from matcher.read import jobsuche, offers, programmes, vacancies
    from matcher.read.table import read_table
    from matcher.read.templates import templates

    known = set(templates()[job.kind].titles())
    sheet = job.mapping.sheet if job.mapping else None
    if job.kind == "vacancies":
        known |= jobsuche.SIGNS
    table = read_table(job.file, known, job.limits, sheet)
    if job.kind == "vacancies" and (
        job.form == "jobsuche" or (job.form == "auto" and job.mapping is None and jobsuche.looks_like_jobsuche(table))
    ):
        listed = jobsuche.from_table(table)
        return Batch(len(listed), lambda store: store.save_vacancies(listed))
    readers: dict[str, tuple[Callable[..., Sequence[Any]], str]] = {
        "vacancies": (vacancies.read_vacancies, "save_vacancies"),
        "employers": (vacancies.read_employers, "save_employers"),
        "offers": (offers.read_offers, "save_offers"),
        "programmes": (programmes.read_programmes, "save_programmes"),
    }
    read, save = readers[job.kind]
    given = {"mapping": job.mapping} if job.mapping is not None else {"table": table}
    values = read(job.file, limits=job.limits, **given, **_references(job))
    return Batch(len(values), lambda store: getattr(store, save)(values))


def _references(job: Job) -> dict[str, frozenset[str]]:
    """Which programmes a list of offers may name, and which ids a list of programmes must not take."""
    if job.kind == "offers":
        return {"known": catalogue_programmes() | job.own()}
    return {"taken": catalogue_programmes()} if job.kind == "programmes" else {}


def _occupations(file: Path, list_kind: str | None, folder: Path, dry_run: bool) -> dict[str, Any]:
    if dry_run:
        raise MatcherError("A list of occupations is checked only while it is taken over.", "Leave out --dry-run.")
    from matcher.models.occupation import import_occupations
    from matcher.read.safe import Limits, check_file

    check_file(file, Limits.of(folder))
    with _bar("Building the occupation index") as advance:
        report = import_occupations(file, list_kind or "register", folder, advance)
    return {"kind": "occupations", "file": file.name, "read": report.rows, "dry_run": False, "text": str(report)}


@contextmanager
def _bar(text: str) -> "Iterator[Callable[[float], None] | None]":
    """A progress bar on standard error for a share from 0 to 1, only where somebody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda share: progress.update(task, completed=share)


def _progress(text: str) -> "AbstractContextManager[Any]":
    """A moving bar on standard error while the work runs, only where somebody watches."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(f"Reading and saving {text}")


def _fail(error: MatcherError, kind: str, file: Path, as_json: bool) -> None:
    if as_json:
        problems = [asdict(problem) for problem in error.problems] if isinstance(error, InputProblems) else []
        click.echo(
            json.dumps(
                {
                    "kind": kind,
                    "file": file.name,
                    "error": error.message,
                    "remedy": error.remedy,
                    "refused": isinstance(error, UnsafeFile),
                    "problems": problems,
                },
                ensure_ascii=False,
            )
        )
    else:
        click.echo(f"Error: {error}", err=True)
    raise SystemExit(1)


def _report(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    elif result["dry_run"]:
        click.echo(f"{result['file']}: {result['read']} {result['kind']}, no problems; nothing was saved (dry run).")
    elif "new" in result:
        click.echo(
            f"{result['file']}: {result['read']} {result['kind']}: {result['new']} new, "
            f"{result['changed']} changed, {result['unchanged']} unchanged."
        )
    else:
        click.echo(f"{result['file']}: {result['text']}")
