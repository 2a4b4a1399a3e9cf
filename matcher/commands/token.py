"""`matcher token`: keys of machines. A secret is printed once, when it is issued, and kept nowhere."""

import datetime as dt
from pathlib import Path

import click

from matcher.catalog import load_catalog
from matcher.commands.user import DATA, service
from matcher.errors import MatcherError

MOST_DAYS = 36_500
"""More is no date; what a token may have at most stands in catalog/accounts.toml."""


@click.group(name="token")
def command() -> None:
    """Tokens for machines: limited in scope and time, withdrawn at once.

    \b
    Example:  matcher token issue nightly --name "figures at night" --scope metrics:read --days 90
              matcher token revoke 0123456789abcdef0123
    """


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="What the token is for.")
@click.option("--scope", "scopes", multiple=True, required=True, help="What it may do; give it once per scope.")
@click.option("--days", type=click.IntRange(min=1), default=90, show_default=True, help="How long it is valid.")
@DATA
def issue(login: str, name: str, scopes: tuple[str, ...], days: int, data: Path | None) -> None:
    """Issue a token for an account and print its secret, once."""
    _check(scopes)
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(days=min(days, MOST_DAYS))
    with service(data) as opened:
        token, secret = opened.tokens.issue(opened.accounts.by_login(login).id, scopes, ends, name)
    click.echo(
        f"Token {token.id}, valid until {ends:%Y-%m-%d %H:%M} UTC. Keep the secret now; it is shown once.", err=True
    )
    click.echo(secret)


def _check(scopes: tuple[str, ...]) -> None:
    """MatcherError for a scope that opens nothing."""
    routes = load_catalog().table("access")["route"]
    known = sorted({str(row["scope"]) for row in routes if row.get("scope")})
    if unknown := sorted(set(scopes) - set(known)):
        raise MatcherError(
            f"No route asks for the scope {', '.join(map(repr, unknown))}.", f"Scopes: {', '.join(known)}."
        )


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="The tokens as JSON, without secrets.")
@DATA
def list_(as_json: bool, data: Path | None) -> None:
    """List all tokens, newest first; secrets are not among what is stored."""
    with service(data) as opened:
        tokens = opened.tokens.all()
        logins = {account.id: account.login for account in opened.accounts.all()}
    if as_json:
        import orjson

        click.echo(orjson.dumps(tokens))
        return
    now = dt.datetime.now(dt.UTC)
    for token in tokens:
        state = "withdrawn" if token.revoked_at else "expired" if token.expires_at <= now else "valid"
        click.echo(
            f"{token.id}  {logins[token.account_id]}  {' '.join(token.scopes)}  {token.expires_at:%Y-%m-%d}"
            f"  {state}  {token.name}"
        )


@command.command()
@click.argument("token_id")
@DATA
def revoke(token_id: str, data: Path | None) -> None:
    """Withdraw a token; the next request with it is refused."""
    with service(data) as opened:
        opened.tokens.revoke(token_id)
        click.echo(f"{token_id}: withdrawn")
