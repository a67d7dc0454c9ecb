"""Write docs/reference/cli.md from the commands themselves: `python .ci/cli_page.py`."""

import argparse
from pathlib import Path
from typing import Any

from casualties.cli import COMMANDS
from casualties.cli._command import BAD_INPUT, DONE, FOUND, INTERRUPTED, WRONG_USAGE, Command

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"

HEAD = """\
# Command line

`casualties COMMAND …` does from a terminal what the library does in Python.
`python -m casualties COMMAND …` is the same.
`casualties --help` lists the commands, and `casualties COMMAND --help` tells what one takes.

```console
$ casualties figure dozens
24 or more
$ casualties validate nagorno-karabakh-2020-09-30
8 claims by 6 sources: no problem found
```

A `FILE` is a ledger file of any [format](formats.md), or the name of a [seed](../project/seeds.md).
`-` is standard input.
Several files are merged before anything is done with them.
The answer goes to standard output; notes, problems and progress go to standard error.

| command | what it does |
|---|---|
"""

STATUSES = {
    DONE: "Done.",
    BAD_INPUT: "What was given cannot be read or written. Every problem is named, with its file and its line or path.",
    WRONG_USAGE: "The command was not called as it is to be, such as with an option that it does not have.",
    FOUND: "Done, and what was looked for was found: `audit` found something, or `diff` a change.",
    INTERRUPTED: "Stopped from the keyboard.",
}

TAIL = """
## From Python

::: casualties.cli
"""


class Recorder(argparse.ArgumentParser):
    """A parser that keeps what is added to it, in order."""

    def __init__(self) -> None:
        self.added: list[argparse.Action] = []
        super().__init__(add_help=False)

    def add_argument(self, *names: Any, **given: Any) -> argparse.Action:  # noqa: ANN401 - as argparse declares it
        """Add an argument and keep it."""
        action = super().add_argument(*names, **given)
        self.added.append(action)
        return action


def called(action: argparse.Action) -> str:
    """Say how an argument is written, without marks for code."""
    name = str(action.metavar or "WORD")
    value = "" if action.nargs == 0 else f"{name}…" if action.nargs == "+" else name
    return f"{', '.join(action.option_strings)} {value}".strip()


def usage(command: Command, actions: list[argparse.Action]) -> str:
    """Say how a command is called."""
    needed = [f"[{called(each)}]" if each.nargs == "?" else called(each) for each in actions if not each.option_strings]
    needed += [f"{each.option_strings[0]} {each.metavar}" for each in actions if each.option_strings and each.required]
    free = any(each.option_strings and not each.required for each in actions)
    return " ".join(["casualties", command.name, *needed, *(["[OPTION…]"] if free else [])])


def row(action: argparse.Action) -> str:
    """Give the line of an argument."""
    choices = ""
    if action.choices is not None and action.metavar is None:
        choices = f"; one of {', '.join(f'`{each}`' for each in action.choices)}"
    return f"| `{called(action)}` | {str(action.help).replace('|', '&#124;')}{choices} |"


def section(command: Command) -> str:
    """Give the section of a command."""
    recorder = Recorder()
    command.arguments(recorder)
    called_so = usage(command, recorder.added)
    lines = [f"## {command.name}", "", command.summary, "", "```bash", called_so, "```", ""]
    if recorder.added:
        lines += ["| argument | meaning |", "|---|---|", *map(row, recorder.added), ""]
    if command.examples != (called_so,):
        lines += ["Such as:", "", "```bash", *command.examples, "```", ""]
    return "\n".join(lines)


def page() -> str:
    """Give the page."""
    listed = "".join(f"| [`{each.name}`](#{each.name}) | {each.summary} |\n" for each in COMMANDS)
    statuses = "".join(f"| {status} | {meaning} |\n" for status, meaning in STATUSES.items())
    table = f"\n## Exit status\n\n| status | meaning |\n|---|---|\n{statuses}\n"
    return HEAD + listed + table + "\n".join(map(section, COMMANDS)) + TAIL


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
