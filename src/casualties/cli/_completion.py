"""The command that prints what a shell runs to complete commands, options and names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from casualties.cli._command import COMPLETING, DONE, command

__all__ = ["run"]

_SHELLS = ("bash", "zsh", "fish", "powershell")


@command(
    "completion",
    "Print what a shell runs so that it completes commands, options and choices.",
    "casualties completion bash",
    "casualties completion powershell",
)
@click.argument("shell", type=click.Choice(_SHELLS), metavar="SHELL", help="bash, zsh, fish or powershell")
@click.pass_context
def run(ctx: click.Context, shell: str) -> int:
    """Print the script."""
    made = get_completion_class(shell)
    if made is not None:
        print(made(ctx.find_root().command, {}, "casualties", COMPLETING).source())
    return DONE
