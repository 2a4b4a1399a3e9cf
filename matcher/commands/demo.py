"""`matcher demo`: a small synthetic office on 2 May 2022, three worked cases, and where the results lie."""

from pathlib import Path

import click

from matcher.settings import data_path


@click.command(name="demo")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
@click.option("--json", "as_json", is_flag=True, help="Only the counts and the path of the results, as JSON.")
def command(data: Path | None, as_json: bool) -> None:
    """Import the synthetic demo office and answer for all its participants.

    \b
    Example:  matcher demo --data demo-office
    """
    import orjson

    from matcher.commands.progress import progress
    from matcher.demo import DEMO_DATE, run_demo
    from matcher.explanation.text import OUTCOMES, explain

    folder = data_path(data)
    with progress("Reading the demo office and answering …"):
        result = run_demo(folder)
    if as_json:
        counts = {
            kind: {"new": c.new, "changed": c.changed, "unchanged": c.unchanged} for kind, c in result.counts.items()
        }
        click.echo(orjson.dumps({"imported": counts, "outcomes": result.outcomes, "results": str(result.results)}))
        return
    for title, answer in result.worked:
        click.echo(f"{'=' * 100}\n{title}\n{'=' * 100}\n{explain(answer, shown=3)}\n")
    total = sum(result.outcomes.values())
    spread = ", ".join(f"{OUTCOMES[name]} {count}" for name, count in result.outcomes.items())
    click.echo(f"Demo-Amt am {DEMO_DATE:%d.%m.%Y}, alles synthetisch: {total} Teilnehmende – {spread}.")
    click.echo(f"Alle Antworten: {result.results}")
    click.echo(f"Weiter: matcher suggest T0005 --date {DEMO_DATE} --data {folder}")
