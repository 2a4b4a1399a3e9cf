"""`matcher wish`: the person's own neutral "no" to a proposal; optional, only a pause reads it, deleted after it."""

import datetime as dt
from pathlib import Path

import click

from matcher.commands.proposal_event import day_of, of_proposal, opened, tell

PAUSED = {
    "everything": "Bis {until} kommen keine Vorschläge",
    "occupation": "Bis {until} kommen keine Vorschläge in diesem Beruf",
    "employer": "Bis {until} kommen keine Vorschläge bei diesem Arbeitgeber",
    "vacancy": "Diese Stelle wird nicht noch einmal vorgeschlagen",
}


@click.command(name="wish")
@of_proposal
@click.option("--reason", metavar="REASON", help="One of the closed reasons; an unknown one lists them all.")
@click.option("--withdraw", is_flag=True, help="Delete what was said; the pause ends.")
def command(
    *,
    participant: str,
    vacancy: str,
    reason: str | None,
    withdraw: bool,
    day: dt.datetime | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Record what a person would rather have, in neutral closed words (catalog/refusal_reasons.toml).

    Saying nothing is fine: without --reason it is "not_said". Only the pause reads this; it is deleted when the pause
    is over. Employers, features and statistics never see it.

    \b
    Example:  matcher wish T0002 10001-2022000123-S --reason times --date 2022-05-02
    """
    from matcher.catalog import load_catalog
    from matcher.daily.policy import read_policy
    from matcher.errors import MatcherError

    refusals = read_policy(load_catalog()).refusals
    said = refusals.get(reason or "not_said")
    if said is None:
        listed = "; ".join(f"{one.id} ({one.label})" for one in refusals.values())
        raise MatcherError(f"{reason!r} is none of the closed reasons.", f"Use one of: {listed}.")
    on = day_of(day)
    until = on + dt.timedelta(days=said.pause_days)
    recorded = {"event": "wish", "participant": participant, "vacancy": vacancy}
    with opened(participant, vacancy, data) as (daily, proposal):
        if withdraw:
            daily.forget_wish(proposal)
            tell(recorded | {"reason": None}, "Die Angabe ist gelöscht; die Pause ist beendet.", as_json=as_json)
            return
        daily.wish(proposal, reason=said.id, scope=said.scope, said_on=on, until=until)
    pause = PAUSED[said.scope].format(until=f"{until:%d.%m.%Y}")
    tell(
        recorded | {"reason": said.id, "scope": said.scope, "until": until.isoformat()},
        f"Vermerkt: {said.label}. {pause}; nach dem {until:%d.%m.%Y} wird die Angabe gelöscht.",
        as_json=as_json,
    )
