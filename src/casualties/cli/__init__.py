"""The command line: `casualties COMMAND …`, also as `python -m casualties`.

Exit status: 0 done, 1 bad input with every problem named, 2 wrong usage, 3 done and something found.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from typing import Final

import click

from casualties.cli._command import BAD_INPUT, COMPLETING, DONE, INTERRUPTED, BadInputError, Command, examples_of
from casualties.errors import CasualtiesError, CasualtiesWarning

__all__ = ["COMMANDS", "commands", "main"]

COMMANDS: Final = (
    "reconcile",
    "brief",
    "explain",
    "codebooks",
    "diff",
    "figure",
    "validate",
    "audit",
    "totals",
    "estimate",
    "draft",
    "align",
    "check-citations",
    "convert",
    "merge",
    "plot",
    "page",
    "seeds",
    "new",
    "schema",
    "completion",
)
"""The names of all commands, in the order in which they are listed; each is the module of its name in this room."""


class _Commands(click.Group):
    """All commands, each loaded when it is asked for, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as its base has it
        """Give the names in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load a command by its name."""
        return _loaded(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or name the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(COMMANDS)}"
            raise click.UsageError(f"there is no command {args[0]!r}: {meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as its base has it
        """Show a call of each command, and what the exit status means."""
        formatter.write_paragraph()
        formatter.write(examples_of([_loaded(name).examples[0] for name in COMMANDS]))
        formatter.write("\nExit status: 0 done, 1 bad input, 2 wrong usage, 3 done and something found.\n")


def _loaded(name: str) -> Command:
    command: Command = import_module(f"casualties.cli._{name.replace('-', '_')}").run
    return command


_GROUP: Final = _Commands(
    "casualties",
    help="Disputed casualty figures by reporting party: every claim kept, merged and reconciled.",
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=lambda ctx, _param, asked: _tell_version(ctx) if asked else None,
            help="Print the version and stop.",
        )
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)


def _tell_version(ctx: click.Context) -> None:
    print(f"casualties {version('casualties')}")
    ctx.exit()


def commands() -> tuple[Command, ...]:
    """Give all commands, in the order in which they are listed.

    Examples:
        >>> [command.name for command in commands()][:3]
        ['reconcile', 'brief', 'explain']
    """
    return tuple(map(_loaded, COMMANDS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask, and give the exit status.

    Args:
        arguments: The arguments after the name of the program; those of the process where they are left out.

    Examples:
        >>> main(["figure", "more than 80"])
        81 or more
        0
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # closed by who called us: no file may take its place, and no answer is lost
            os.dup2(os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY), number)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if COMPLETING in os.environ:
        _GROUP.main([], prog_name="casualties", complete_var=COMPLETING)
    asked = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with _GROUP.make_context("casualties", asked) as context, warnings.catch_warnings():
            warnings.simplefilter("error", CasualtiesWarning)
            status = _GROUP.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as left:
        return left.exit_code
    except BrokenPipeError:  # whoever read the answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (BadInputError, CasualtiesError, CasualtiesWarning) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        if error.filename is not None:  # a name that no file can have, asked whether it is there
            print(f"{str(error.filename)[:80]}: {error.strerror}\nHint: name another file", file=sys.stderr)
            return BAD_INPUT
        # else of standard output: every file is opened by what names it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"standard output: it cannot be written: {error.strerror or error}", file=sys.stderr)
        print("Hint: check the room on the disk", file=sys.stderr)
        return BAD_INPUT
    return int(status or DONE)
