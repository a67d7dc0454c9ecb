"""Options of the writers, as they are typed."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Sequence
from typing import Any

from casualties.errors import ModelError, UnknownNameError
from casualties.files import Format, write

__all__ = ["add_options", "lacking", "taken"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command take what a writer leaves open.

    Examples:
        >>> parser = argparse.ArgumentParser()
        >>> add_options(parser)
        >>> parser.parse_args(["--option", "items.event=Q1"]).option
        ['items.event=Q1']
    """
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        type=_pair,
        metavar="NAME=VALUE",
        help="a choice that the format leaves open, such as side_a=north, or items.event=Q1 where each key has a value",
    )


def _pair(text: str) -> str:
    if not text.partition("=")[2]:
        raise argparse.ArgumentTypeError(f"{text!r}: write NAME=VALUE")
    return text


def taken(form: Format, given: Sequence[str]) -> dict[str, Any]:
    """Make of options as typed what a writer takes: texts, lists and maps as it declares them, and numbers.

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
    found: dict[str, Any] = {}
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
            held = found.setdefault(name, {})
        elif dot:
            raise ModelError(f"option {text!r}: it takes one value, and no key", "bad-option", f"write {name}=VALUE")
        elif "Sequence" in form_of:
            found.setdefault(name, []).append(value)
            continue
        else:
            held, key = found, name
        if key in held:
            raise ModelError(f"option {text!r}: it is given twice", "bad-option", "give one value")
        held[key] = int(value) if name not in declared and value.isascii() and value.isdecimal() else value
    return found


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
    return {each.name: str(each.annotation) for each in parameters if each.kind is each.KEYWORD_ONLY}
