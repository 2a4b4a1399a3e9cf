"""`matcher decide`: the case worker's decision about a proposal: issued in the office's own procedure, or not."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.proposal_event import day_of, of_proposal, opened, tell

WORDS = {
    "issued": "ausgegeben. Er zählt als offen, bis der Arbeitgeber antwortet",
    "not-issued": "nicht ausgegeben. Der Platz ist wieder frei; dieselbe Stelle kommt für diese Person nicht noch einmal",
}


@click.command(name="decide")
@of_proposal
@click.argument("decision", type=click.Choice(tuple(WORDS)))
@click.option("--by", "decided_by", required=True, metavar="NAME", help="Sign of the person who decides.")
def command(
    *,
    participant: str,
    vacancy: str,
    decision: str,
    decided_by: str,
    day: dt.datetime | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Record that a person issued a proposal, or decided not to. Later calls replace earlier ones.

    \b
    Example:  matcher decide T0002 10001-2022000123-S issued --by "IFK 1" --date 2022-05-02
    """
    on = day_of(day)
    with opened(participant, vacancy, data) as (daily, proposal):
        daily.decide(proposal, issued=decision == "issued", decided_by=decided_by, on=on)
    recorded = {"event": "decision", "participant": participant, "vacancy": vacancy, "decision": decision}
    sentence = f"Stellenvorschlag {vacancy}: am {on:%d.%m.%Y} von {decided_by.strip()} {WORDS[decision]}."
    tell(recorded | {"by": decided_by.strip(), "on": on.isoformat()}, sentence, as_json=as_json)
