"""`matcher legal-reason`: why one vacancy may lawfully ask for a sex, an age, health or a nationality."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.commands.day import Day
from matcher.settings import data_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.daily.values import LegalReason

RESTRICTIONS = {"sex": "Geschlecht", "age": "Alter", "health": "Gesundheit", "nationality": "Staatsangehörigkeit"}


@click.command(name="legal-reason")
@click.argument("vacancy")
@click.argument("restriction", required=False, type=click.Choice(tuple(RESTRICTIONS)))
@click.option("--norm", default="", help='The norm that allows it, for example "§ 8 AGG".')
@click.option("--reason", default="", help="Why it applies to this vacancy.")
@click.option("--by", "recorded_by", default="", metavar="NAME", help="Sign of the person who records it.")
@click.option("--withdraw", is_flag=True, help="Take the recorded reason back.")
@click.option("--date", "day", type=Day(), help="Day of recording (default: today).")
@click.option("--json", "as_json", is_flag=True, help="What is recorded for the vacancy as JSON.")
@click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
def command(
    *,
    vacancy: str,
    restriction: str | None,
    norm: str,
    reason: str,
    recorded_by: str,
    withdraw: bool,
    day: dt.datetime | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Record or withdraw the legal reason for a restriction; without RESTRICTION list what is recorded.

    Without a recorded reason, `candidates` and `daily` ignore what an advertisement asks about sex, age, health or
    nationality.

    \b
    Example:  matcher legal-reason 10001-2022000123-S sex --norm "§ 8 AGG"
                --reason "Betreuung im Frauenhaus" --by "AG-S 1"
    """
    from matcher.daily.values import LegalReason
    from matcher.office import open_office
    from matcher.store.legal_reasons import LegalReasons

    if restriction is None and (withdraw or norm or reason or recorded_by):
        raise click.UsageError(f"Name the restriction: {', '.join(RESTRICTIONS)}.")
    with open_office(data_path(data)) as store:
        reasons = LegalReasons(store.engine)
        if restriction is not None and withdraw:
            reasons.withdraw(vacancy, restriction)
        elif restriction is not None:
            on = day.date() if day else dt.date.today()
            reasons.record(
                LegalReason(
                    vacancy=vacancy,
                    restriction=restriction,
                    norm=norm,
                    reason=reason,
                    recorded_by=recorded_by,
                    recorded_on=on,
                )
            )
        _show(list(reasons.of(vacancy).values()), vacancy, as_json=as_json)


def _show(found: "Sequence[LegalReason]", vacancy: str, *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        import orjson

        click.echo(orjson.dumps([asdict(one) for one in found]))
        return
    if not found:
        click.echo(f"Für {vacancy} ist kein rechtlicher Grund hinterlegt: Solche Angaben werden nicht beachtet.")
    for one in found:
        click.echo(
            f"{vacancy}, {RESTRICTIONS[one.restriction]}: {one.norm}, {one.reason} "
            f"(hinterlegt am {one.recorded_on:%d.%m.%Y} von {one.recorded_by})"
        )
