"""`matcher schema`: print the JSON Schema of a value."""

import json

import click

from matcher.schemas import KINDS, schema


@click.command("schema")
@click.argument("kind", type=click.Choice(KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of KIND.

    \b
    Example:
      matcher schema participant > participant.schema.json
    """
    click.echo(json.dumps(schema(kind), ensure_ascii=False, indent=2))
