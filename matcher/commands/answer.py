"""`matcher answer`: the employer's answer to an issued proposal."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.proposal_event import day_of, of_proposal, opened, tell

WORDS = {
    "none": "bisher keine Antwort",
    "invited": "zum Gespräch eingeladen",
    "filled": "Stelle ist besetzt; sie nimmt einen Platz weniger auf",
    "declined": "abgesagt",
}


@click.command(name="answer")
@of_proposal
@click.argument("kind", metavar="ANSWER", type=click.Choice(tuple(WORDS)))
def command(
    *, participant: str, vacancy: str, kind: str, day: dt.datetime | None, as_json: bool, data: Path | None
) -> None:
    """Record what the employer answered: none, invited, filled or declined. Only that, never a judgement.

    Employers that answer none of several issued proposals get none for a while; an answer ends that at once.

    \b
    Example:  matcher answer T0002 10001-2022000123-S invited --date 2022-05-10
    """
    on = day_of(day)
    with opened(participant, vacancy, data) as (daily, proposal):
        daily.answer(proposal, kind=kind, on=on)
    recorded = {"event": "answer", "participant": participant, "vacancy": vacancy, "answer": kind}
    sentence = f"Antwort des Arbeitgebers zu {vacancy} am {on:%d.%m.%Y}: {WORDS[kind]}."
    tell(recorded | {"on": on.isoformat()}, sentence, as_json=as_json)
