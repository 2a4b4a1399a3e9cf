"""`matcher decide`: the case worker's decision about a proposal: issued in the office's own procedure, or not."""

import contextlib
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.commands.proposal_event import day_of, of_proposal, opened, tell
from matcher.errors import MatcherError, NotFound

if TYPE_CHECKING:
    from matcher.store.accounts import Accounts
    from matcher.store.values import Account

WORDS = {
    "issued": "ausgegeben. Er zählt als offen, bis der Arbeitgeber antwortet",
    "not-issued": "nicht ausgegeben. Der Platz ist wieder frei; dieselbe Stelle kommt für diese Person nicht noch einmal",
}


@click.command(name="decide")
@of_proposal
@click.argument("decision", type=click.Choice(tuple(WORDS)))
@click.option(
    "--by",
    "decided_by",
    required=True,
    metavar="NAME",
    help="Login of the person who decides; their sign where there are no accounts.",
)
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
    from matcher.store.accounts import Accounts

    on = day_of(day)
    with opened(participant, vacancy, data) as (daily, proposal):
        person = person_of(Accounts(daily.engine), decided_by)
        daily.decide(proposal, issued=decision == "issued", decided_by=person, on=on)
    name = person.strip() if isinstance(person, str) else person.login
    recorded = {"event": "decision", "participant": participant, "vacancy": vacancy, "decision": decision}
    sentence = f"Stellenvorschlag {vacancy}: am {on:%d.%m.%Y} von {name} {WORDS[decision]}."
    tell(recorded | {"by": name, "on": on.isoformat()}, sentence, as_json=as_json)


def person_of(accounts: "Accounts", name: str) -> "Account | str":
    """The open account of a person with this login; the name itself where the installation has no accounts."""
    if not name.strip() or not accounts.any():
        return name
    with contextlib.suppress(NotFound):
        found = accounts.by_login(name)
        if found.kind == "human" and found.active:
            return found
    raise MatcherError(
        f"--by {name.strip()!r} is not the login of an open account of a person.",
        "Give the login of the person who decides; `matcher user list` shows all.",
    )
