"""The command that prints the schema of ledger files."""

from __future__ import annotations

import json

import click

from casualties.cli._command import DONE, command
from casualties.files import schema

__all__ = ["run"]


@command(
    "schema",
    "Print the JSON Schema of ledger files, for editors that check while you write.",
    "casualties schema",
    "casualties schema --form json",
)
@click.option(
    "--form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    help="the file that people write (yaml), or the canonical form (json)",
)
def run(form: str) -> int:
    """Print a schema."""
    print(json.dumps(schema(form), ensure_ascii=False, indent=2))
    return DONE
