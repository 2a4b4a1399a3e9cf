"""`matcher user`: accounts of the service. Passwords come from a prompt or standard input, never from the command line."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.errors import MatcherError
from matcher.settings import data_path

if TYPE_CHECKING:
    from matcher.store.service import ServiceStore
    from matcher.store.values import Account

ROLES = ("case_worker", "employer_service", "planner", "administrator", "auditor")
DATA = click.option("--data", type=click.Path(path_type=Path), help="Data folder (default: MATCHER_DATA or ./data).")
STDIN = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")


@click.group(name="user")
def command() -> None:
    """Accounts of the service: who may sign in, in which role, for which offices.

    \b
    Example:  matcher user add ifk7 --role case_worker --office nord --name "IFK 7"
              matcher user list
    """


def service(data: Path | None) -> "ServiceStore":
    """The store the settings name; made where there is none."""
    from matcher.store.service import open_configured_service

    return open_configured_service(data_path(data))


@command.command()
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the account may do.")
@click.option("--office", "offices", multiple=True, help="An office it works for; give it once per office.")
@click.option("--name", default="", help="Name shown to others (default: the login).")
@click.option("--machine", is_flag=True, help="A machine: no password, tokens only, never decides.")
@click.option("--no-password", is_flag=True, help="A person who signs in elsewhere (OIDC).")
@STDIN
@DATA
def add(
    login: str,
    role: str,
    offices: tuple[str, ...],
    name: str,
    machine: bool,
    no_password: bool,
    password_stdin: bool,
    data: Path | None,
) -> None:
    """Add an account."""
    password = None if machine or no_password else _password(password_stdin)
    with service(data) as opened:
        made = opened.accounts.create(login, password, role, offices, name, kind="machine" if machine else "human")  # type: ignore[arg-type]
        click.echo(_line(made))


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="The accounts as JSON.")
@DATA
def list_(as_json: bool, data: Path | None) -> None:
    """List all accounts, closed ones too."""
    with service(data) as opened:
        found = opened.accounts.all()
    if as_json:
        import orjson

        click.echo(orjson.dumps(found))
    else:
        for account in found:
            click.echo(_line(account))


@command.command()
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), help="Another role.")
@click.option("--office", "offices", multiple=True, help="All offices it works for from now on.")
@DATA
def change(login: str, role: str | None, offices: tuple[str, ...], data: Path | None) -> None:
    """Give an account another role or other offices, from its next request on."""
    with service(data) as opened:
        found = opened.accounts.by_login(login)
        click.echo(_line(opened.accounts.change(found.id, role=role, offices=offices or None)))  # type: ignore[arg-type]


@command.command()
@click.argument("login")
@DATA
def disable(login: str, data: Path | None) -> None:
    """Close an account: its sessions end at once, its tokens work no more."""
    with service(data) as opened:
        opened.accounts.deactivate(opened.accounts.by_login(login).id)
        click.echo(_line(opened.accounts.by_login(login)))


@command.command()
@click.argument("login")
@STDIN
@DATA
def password(login: str, password_stdin: bool, data: Path | None) -> None:
    """Set an account's password and end its sessions."""
    with service(data) as opened:
        account = opened.accounts.by_login(login)
        if account.kind == "machine":
            raise MatcherError("A machine has no password.", "Issue a token: matcher token issue.")
        opened.accounts.set_password(account.id, _password(password_stdin))
        click.echo(f"{account.login}: password set, sessions ended")


@command.command()
@click.argument("participant")
@click.argument("login", required=False)
@click.option("--office", required=True, help="The office whose caseload it is.")
@DATA
def assign(participant: str, login: str | None, office: str, data: Path | None) -> None:
    """Put a participant (internal id) into a case worker's caseload; without LOGIN into nobody's."""
    from matcher.store.accounts import checked_office

    office = checked_office(office)
    with service(data) as opened:
        worker = opened.accounts.by_login(login).id if login else None
        opened.people.assign(participant, worker, office)
        click.echo(f"{participant}: {office}, {login or 'nobody'}")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _line(account: "Account") -> str:
    state = "" if account.active else "  (closed)"
    kind = "" if account.kind == "human" else "  machine"
    return f"{account.login}  {account.role}  {', '.join(account.offices) or '-'}  {account.name}{kind}{state}"
