"""Write docs/reference/cli.md from the commands themselves: `python .ci/cli_page.py`."""

from pathlib import Path

import click

from casualties.cli import commands
from casualties.cli._command import BAD_INPUT, DONE, FOUND, INTERRUPTED, WRONG_USAGE, Command

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"

HEAD = """\
---
description: Every command of the command line with its options, and what it prints.
---

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
    options:
      show_root_heading: false
"""


def called(parameter: click.Parameter) -> str:
    """Say how an argument is written, without marks for code."""
    flag = isinstance(parameter, click.Option) and parameter.is_flag
    value = "" if flag else parameter.metavar or "WORD"
    names = ", ".join(parameter.opts) if isinstance(parameter, click.Option) else ""
    return f"{names} {value}".strip()


def usage(command: Command) -> str:
    """Say how a command is called."""
    needed = [called(each) for each in command.params if isinstance(each, click.Argument)]
    needed += [called(each) for each in command.params if isinstance(each, click.Option) and each.required]
    free = any(isinstance(each, click.Option) and not each.required for each in command.params)
    return " ".join(["casualties", str(command.name), *needed, *(["[OPTION…]"] if free else [])])


def row(parameter: click.Parameter) -> str:
    """Give the line of an argument."""
    choices = ""
    if isinstance(parameter.type, click.Choice) and parameter.metavar is None:
        choices = f"; one of {', '.join(f'`{each}`' for each in parameter.type.choices)}"
    told = str(getattr(parameter, "help", "")).replace("|", "&#124;")
    return f"| `{called(parameter)}` | {told}{choices} |"


def section(command: Command) -> str:
    """Give the section of a command."""
    called_so = usage(command)
    lines = [f"## {command.name}", "", str(command.help), "", "```bash", called_so, "```", ""]
    if command.params:
        lines += ["| argument | meaning |", "|---|---|", *map(row, command.params), ""]
    if command.examples != (called_so,):
        lines += ["Such as:", "", "```bash", *command.examples, "```", ""]
    return "\n".join(lines)


def page() -> str:
    """Give the page."""
    listed = "".join(f"| [`{each.name}`](#{each.name}) | {each.help} |\n" for each in commands())
    statuses = "".join(f"| {status} | {meaning} |\n" for status, meaning in STATUSES.items())
    table = f"\n## Exit status\n\n| status | meaning |\n|---|---|\n{statuses}\n"
    return HEAD + listed + table + "\n".join(map(section, commands())) + TAIL


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
