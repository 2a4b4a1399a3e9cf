"""The command line `matcher`: one file per command, loaded only when it is called."""

import importlib
import sys

import click

import matcher
from matcher.errors import MatcherError

COMMANDS: dict[str, str] = {
    "answer": "answer",
    "candidates": "candidates",
    "daily": "daily",
    "decide": "decide",
    "demo": "demo",
    "doctor": "doctor",
    "import": "import_",
    "migrate": "migrate",
    "legal-reason": "legal_reason",
    "occupation": "occupation",
    "programmes": "programmes",
    "result": "result",
    "schema": "schema",
    "serve": "serve",
    "suggest": "suggest",
    "token": "token",
    "triggers": "triggers",
    "user": "user",
    "wish": "wish",
}
"""Command name → module in this package; each module has a click object `command`."""


class _Lazy(click.Group):
    """A group whose subcommands are imported when they are called, to keep the start short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"matcher.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(matcher.__version__)
def cli() -> None:
    """Ranked, explained next steps and job proposals for participants of a Jobcenter. A human always decides.

    \b
    Start with:  matcher demo
    """


def main() -> None:
    """Entry point: exit code 0 done, 1 problems with the input or data, 2 wrong usage."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except MatcherError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
