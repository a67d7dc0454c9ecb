"""What the commands that write ledger files share: the format, and the options of its writer as they are typed."""

from __future__ import annotations

import inspect
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from casualties._writing import as_path, is_no_file
from casualties.cli._command import BadInputError
from casualties.errors import ModelError, UnknownNameError
from casualties.files import Format, names, write
from casualties.files.registry import format_of
from casualties.model.ledger import Ledger

__all__ = ["force", "known_format", "lacking", "may_write", "output", "taken", "write_ledger"]

_F = TypeVar("_F", bound=Callable[..., Any])


def output(function: _F) -> _F:
    """Let a command be told the format to write, and what its writer leaves open.

    Examples:
        >>> [parameter.name for parameter in click.command()(output(lambda **given: 0)).params]
        ['output_format', 'option']
    """
    options = click.option(
        "--option",
        multiple=True,
        callback=_pairs,
        metavar="NAME=VALUE",
        help="a choice that the format leaves open, such as side_a=north, or items.event=Q1 where each key has a value",
    )(function)
    return click.option(
        "--output-format",
        type=click.Choice(names()),
        help="the format to write where the name of the file does not say (standard output: yaml)",
    )(options)


def _pairs(_ctx: click.Context, _param: click.Parameter, options: tuple[str, ...]) -> tuple[str, ...]:
    for text in options:
        if not text.partition("=")[2]:
            raise click.BadParameter(f"{text!r}: write NAME=VALUE")
    return options


def force(function: _F) -> _F:
    """Let a command be told to write over files that are there.

    Examples:
        >>> click.command()(force(lambda **given: 0)).params[0].opts
        ['--force']
    """
    return click.option("--force", is_flag=True, help="write over files that are there already")(function)


def may_write(*outs: str, force: bool, instead: str = "name another file, or give --force") -> None:
    """Refuse to write over files that are there, unless that was asked for.

    Raises:
        BadInputError: If one of them is there; nothing is written then.

    Examples:
        >>> may_write("-", "/dev/null", force=False)
    """
    files = [out for out in outs if out != "-" and os.path.isfile(out)]  # noqa: PTH113 - as typed
    there = [] if force else [out for out in files if not is_no_file(as_path(out))]
    if there:
        lines = [f"{out}: it is there already, and is not written over" for out in there]
        raise BadInputError([*lines, f"Hint: {instead}"])


def known_format(out: str, output_format: str | None) -> Format:
    """Give the format in which a ledger is to be written.

    Raises:
        UnknownNameError: If neither the name of the file nor the option says it.

    Examples:
        >>> known_format("-", None).name
        'yaml'
    """
    return format_of(out, output_format or ("yaml" if out == "-" else None), "--output-format")


def write_ledger(ledger: Ledger, out: str, output_format: str | None, given: Sequence[str]) -> None:
    """Write a ledger, and tell what the format could not carry.

    Args:
        ledger: The ledger.
        out: The file, or - for standard output.
        output_format: The format where the name of the file does not say.
        given: The options of the writer as they are typed.

    Raises:
        BadInputError: If the format can carry none of its claims; nothing then is written.

    Examples:
        >>> import casualties as cs
        >>> write_ledger(cs.Ledger(), "ledger.png", None, [])
        Traceback (most recent call last):
        ...
        casualties.errors.UnknownNameError: ...
    """
    form = known_format(out, output_format)
    options = taken(form, given)
    if form.read is None and len(ledger):
        trial, bare = io.BytesIO(), io.BytesIO()
        left_out = write(ledger, trial, format=form.name, **options)
        write(Ledger(), bare, format=form.name, **options)
        if trial.getvalue() == bare.getvalue():
            problems = [f"{out}: no claim can be written as {form.name}", *(f"  {left}" for left in left_out)]
            raise BadInputError([*problems, f"Hint: {lacking(form)}"])
    target = sys.stdout.buffer if out == "-" else out
    for left in write(ledger, target, format=form.name, **options):
        print(f"note: {left}", file=sys.stderr)


def taken(form: Format, given: Sequence[str]) -> dict[str, Any]:
    """Make of options as typed what a writer takes: texts, lists and maps as it declares them, numbers, true and false.

    Raises:
        ModelError: If an option is given twice, or without a key where it needs one.
        UnknownNameError: If the writer has no such option.

    Examples:
        >>> from casualties import files
        >>> taken(files.load("wikidata"), ["items.event=Q1", "items.source:mod=Q2"])
        {'items': {'event': 'Q1', 'source:mod': 'Q2'}}
    """
    declared = _declared(form)
    others = {*inspect.signature(write).parameters, *inspect.signature(form.write).parameters} - set(declared)
    values: dict[str, Any] = {}
    for text in given:
        left, _, value = text.partition("=")
        name, dot, key = left.partition(".")
        if name in others or (dot and name not in declared):
            hint = f"one of {', '.join(declared)}" if declared else "it takes none"
            raise UnknownNameError(f"format {form.name!r}: it has no option {name!r}", "unknown-option", hint)
        form_of = declared.get(name, "")
        if "Mapping" in form_of:
            if not key:
                raise ModelError(
                    f"option {text!r}: it takes a value for each key", "bad-option", f"write {name}.KEY=VALUE"
                )
            held = values.setdefault(name, {})
        elif dot:
            raise ModelError(f"option {text!r}: it takes one value, and no key", "bad-option", f"write {name}=VALUE")
        elif "Sequence" in form_of:
            values.setdefault(name, []).append(value)
            continue
        else:
            held, key = values, name
        if key in held:
            raise ModelError(f"option {text!r}: it is given twice", "bad-option", "give one value")
        held[key] = value if name in declared else _typed(value)
    return values


def _typed(value: str) -> object:
    """Make a number or a yes or no of a choice of a codebook as it is typed."""
    if value.isascii() and value.isdecimal():
        return int(value)
    return {"true": True, "false": False}.get(value, value)


def lacking(form: Format) -> str:
    """Say what may be given to a writer that can write nothing.

    Examples:
        >>> from casualties import files
        >>> lacking(files.load("wikidata"))
        'give what is lacking: --option items.KEY=VALUE'
    """
    ways = [f"{name}{'.KEY' if 'Mapping' in kind else ''}=VALUE" for name, kind in _declared(form).items()]
    if not ways:
        return "another format holds it, such as yaml or csv"
    return f"give what is lacking: --option {', '.join(ways)}"


def _declared(form: Format) -> dict[str, str]:
    """Give the options that a writer names, each with the type that it declares."""
    parameters = inspect.signature(form.write).parameters.values()
    return {
        parameter.name: str(parameter.annotation)
        for parameter in parameters
        if parameter.kind is parameter.KEYWORD_ONLY
    }
