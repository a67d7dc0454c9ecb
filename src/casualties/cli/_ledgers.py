"""What the commands that read ledgers share: opening files and seeds, days, and how wide a table is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import click

from casualties import seeds
from casualties.cli._command import BadInputError, progress
from casualties.errors import LedgerFileError, ModelError
from casualties.files import read
from casualties.model.ledger import Ledger, merge
from casualties.model.period import PartialDate
from casualties.reconciling.knowledge import is_hour
from casualties.reconciling.pairs import FindingStatus
from casualties.results import Reconciliation
from casualties.show.text import NARROWEST, WIDTH, words

__all__ = [
    "DAY",
    "MOMENT",
    "asked_about",
    "color",
    "colored",
    "days",
    "files",
    "input_format",
    "lines_within",
    "load",
    "narrowed",
    "show",
    "table_width",
    "width",
]

_F = TypeVar("_F", bound=Callable[..., Any])


class _Day(click.ParamType[PartialDate]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate:  # noqa: ANN401 - as click declares it

        try:
            return value if isinstance(value, PartialDate) else PartialDate.parse(value)
        except ModelError as error:
            self.fail(str(error).replace("\n", "; "), param, ctx)


DAY: Final = _Day()
"""A day, a month, a year or a span, as the type of an option."""


class _Moment(click.ParamType[PartialDate | str]):
    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PartialDate | str:  # noqa: ANN401 - as click declares it

        if isinstance(value, str) and is_hour(value):
            return value.strip()
        return DAY.convert(value, param, ctx)


MOMENT: Final = _Moment()
"""A day, a moment with its offset, or an hour such as ``18:00``, as the type of an option."""


def files(function: _F) -> _F:
    """Let a command take ledgers: files, seeds by name, or standard input.

    Examples:
        >>> [parameter.name for parameter in click.command()(files(lambda **given: 0)).params]
        ['files', 'input_format']
    """
    function = input_format(function)
    return click.argument(
        "files",
        nargs=-1,
        required=True,
        metavar="FILE…",
        help="a ledger file, the name of a seed, or - for standard input",
    )(function)


def input_format(function: _F) -> _F:
    """Let a command be told the format of what it reads.

    Examples:
        >>> click.command()(input_format(lambda **given: 0)).params[0].opts
        ['--input-format']
    """
    return click.option(
        "--input-format",
        metavar="NAME",
        help="the format of the files where their names do not say (standard input: yaml)",
    )(function)


def days(function: _F) -> _F:
    """Let a command be asked for a day, and for the knowledge of a day.

    Examples:
        >>> [parameter.opts for parameter in click.command()(days(lambda **given: 0)).params]
        [['--as-of'], ['--known-on']]
    """
    known = click.option(
        "--known-on", type=MOMENT, metavar="MOMENT", help="leave out what became known after a day, a moment or an hour"
    )(function)
    return click.option("--as-of", type=DAY, metavar="DAY", help="leave out figures that count later days")(known)


def table_width(width: int | None) -> int:
    """Give the columns of a table: as asked, else those of the terminal, else the default.

    Examples:
        >>> table_width(100)
        100
    """
    if width is not None:
        return width
    if not sys.stdout.isatty():
        return WIDTH
    return max(shutil.get_terminal_size().columns, NARROWEST)


def lines_within(text: str, width: int | None) -> str:
    """Set the lines of an answer that is no table within a width: as asked, else of the terminal, else as they are.

    Examples:
        >>> print(lines_within("the-new-arab: azerbaijan, 'at least 11': no text of this report is at hand", 60))
        the-new-arab: azerbaijan, 'at least 11': no text of this
          report is at hand
    """
    if width is None and not sys.stdout.isatty():
        return text
    return "\n".join(part for line in text.split("\n") for part in words(line, table_width(width), "  "))


def asked_about(function: _F) -> _F:
    """Let a command be asked about some findings alone.

    Examples:
        >>> [parameter.opts for parameter in click.command()(asked_about(lambda **given: 0)).params]
        [['--about'], ['--only']]
    """
    only = click.option(
        "--only",
        multiple=True,
        type=click.Choice([str(status) for status in FindingStatus]),
        help="findings that stand so, given once for each",
    )(function)
    return click.option(
        "--about",
        multiple=True,
        metavar="FACET=WORD",
        callback=_facets,
        help="findings on this, such as side=armenian or harm=killed, given once for each facet",
    )(only)


def _facets(_ctx: click.Context, _param: click.Parameter, options: tuple[str, ...]) -> dict[str, str]:
    facets = {}
    for text in options:
        name, sign, word = text.partition("=")
        if not (name and sign and word):
            raise click.BadParameter(f"{text!r}: write FACET=WORD, such as side=armenian")
        facets[name.strip()] = word.strip()
    return facets


def narrowed(result: Reconciliation, about: Mapping[str, str], only: Sequence[str]) -> Reconciliation:
    """Keep the findings that are asked for.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(narrowed(result, {"side": "azerbaijani"}, ["unreported"]))
        1
    """
    selected = result.about(**about) if about else result
    if not only:
        return selected
    return Reconciliation(selected.view, tuple(finding for finding in selected if str(finding.status) in only))


def show(text: str) -> None:
    """Print an answer; on a terminal through a pager where it is longer than the screen, as git does.

    The pager is that of the variable PAGER, else `less`; ``PAGER=cat`` leaves it out.

    Examples:
        >>> show("81 or more")
        81 or more
    """
    if sys.stdout.isatty() and text.count("\n") + 1 >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "FRX")
        click.echo_via_pager(text)
    else:
        print(text)


def load(names: Sequence[str], form: str | None = None) -> Ledger:
    """Read ledgers and merge them.

    Raises:
        BadInputError: If any cannot be read; it names every problem of all.

    Examples:
        >>> len(load(["nagorno-karabakh-2020-09-30"]))
        8
    """
    ledgers, problems = [], []
    for place, name in enumerate(names, 1):
        progress(f"reading {place} of {len(names)}: {name}")
        try:
            ledgers.append(_open(name, form))
        except LedgerFileError as error:
            problems += [f"{error.name}: {problem}" for problem in error.problems]
    progress("")
    if problems:
        raise BadInputError(problems)
    return merge(ledgers)


def _open(name: str, form: str | None) -> Ledger:

    if name == "-":
        return read(sys.stdin.buffer, format=form or "yaml")
    meant = name in seeds.names() or not (form or os.path.splitext(name)[1])  # noqa: PTH122 - no path
    if meant and not os.path.exists(name):  # noqa: PTH110 - the name of a seed is no path
        return seeds.load(name)
    return read(name, format=form)


def width(function: _F) -> _F:
    """Let a command be told how wide its table is.

    Examples:
        >>> click.command()(width(lambda **given: 0)).params[0].opts
        ['--width']
    """
    return click.option("--width", type=int, metavar="N", help=f"columns of the table, {NARROWEST} or more (80)")(
        function
    )


def color(function: _F) -> _F:
    """Let a command be told whether to colour.

    Examples:
        >>> click.command()(color(lambda **given: 0)).params[0].opts
        ['--color']
    """
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="colours: on a terminal alone (auto)",
    )(function)


def colored(asked: str) -> bool:
    """Tell whether to colour, as asked, else on a terminal that wants it.

    Examples:
        >>> colored("always"), colored("never")
        (True, False)
    """
    if asked == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return asked == "always"
