"""`matcher result`: what came of a proposal."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.proposal_event import day_of, of_proposal, opened, tell

WORDS = {"employed": "Arbeit aufgenommen", "not_employed": "keine Arbeitsaufnahme auf dieser Stelle"}


@click.command(name="result")
@of_proposal
@click.argument("kind", metavar="RESULT", type=click.Choice(tuple(WORDS)))
def command(
    *, participant: str, vacancy: str, kind: str, day: dt.datetime | None, as_json: bool, data: Path | None
) -> None:
    """Record the result: employed or not_employed. It closes the proposal and never changes anybody's points.

    \b
    Example:  matcher result T0002 10001-2022000123-S employed --date 2022-06-01
    """
    on = day_of(day)
    with opened(participant, vacancy, data) as (daily, proposal):
        daily.result(proposal, kind=kind, on=on)
    recorded = {"event": "result", "participant": participant, "vacancy": vacancy, "result": kind}
    sentence = f"Ergebnis zu {vacancy} am {on:%d.%m.%Y}: {WORDS[kind]}."
    tell(recorded | {"on": on.isoformat()}, sentence, as_json=as_json)
