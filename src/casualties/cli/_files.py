"""Commands that write ledger files."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Final

from casualties.cli._command import DONE, BadInputError, Command, add_files, load
from casualties.cli._options import add_options, lacking, taken
from casualties.files import names, schema, write
from casualties.files.mapped import presets, read_table
from casualties.files.registry import format_of
from casualties.model.ledger import Ledger

__all__ = ["CONVERT", "MERGE", "NEW", "SCHEMA", "STARTER"]

TOLD: Final = 20
"""How many cells and rows of a table are told of one by one."""

STARTER: Final = """\
# A ledger of disputed casualty figures: one entry for every statement, with who made it and where it was read.
# What stands after # is for people. Take out what you do not need; every value is read as text.
casualties: 1                     # the version of the format
title: What happened, where and when
sides:                            # the sides of the conflict, and who is against whom
  north: {name: Northern side, against: [south]}
  south: {name: Southern side}
groups:                           # victims named once, used by many claims
  soldiers: {side: north, status: combatant}
sources:                          # who says it; a newspaper that quotes a ministry is no source but a report or relay
  ministry: {name: Northern Ministry of Defence, kind: belligerent, side: north}
  council: {name: Southern Council, kind: belligerent, side: south}
reports:                          # where it was read
  gazette: {publisher: The Gazette, title: The headline, published: 2024-05-03}
defaults:                         # what holds for every claim that does not say otherwise
  since: 2024-05-01               # the first day that is counted
  until: 2024-05-03               # the last day on which the counted harm could have happened
  stated: 2024-05-03              # when it was said
  cited: gazette
claims:
  # The words of the count as printed: "at least 11", "more than 80", "as many as 25", "dozens".
  - {id: first, source: ministry, killed: at least 11, victims: soldiers, modality: confirmed}
  # The same people, counted by somebody else.
  - {source: council, killed: more than 80, victims: soldiers, modality: reported}
  # A silence is a statement too, and never a zero.
  - {source: council, silent: killed, victims: {side: south, status: combatant}}
  # A denial says what it denies: occurrence, figure, responsibility or status.
  - {source: council, denies: first, aspect: figure}
"""
"""A small ledger file with comments, to begin with."""


def _write(ledger: Ledger, given: argparse.Namespace) -> None:
    """Write a ledger, and tell what the format could not carry.

    Raises:
        BadInputError: If the format can carry none of its claims; nothing then is written.
    """
    form = format_of(given.out, given.output_format or ("yaml" if given.out == "-" else None), "--output-format")
    options = taken(form, given.option)
    if form.read is None and len(ledger):
        trial, bare = io.BytesIO(), io.BytesIO()
        left_out = write(ledger, trial, format=form.name, **options)
        write(Ledger(), bare, format=form.name, **options)
        if trial.getvalue() == bare.getvalue():
            told = [f"{given.out}: no claim can be written as {form.name}", *(f"  {left}" for left in left_out)]
            raise BadInputError([*told, f"Hint: {lacking(form)}"])
    target = sys.stdout.buffer if given.out == "-" else given.out
    for left in write(ledger, target, format=form.name, **options):
        print(f"note: {left}", file=sys.stderr)


def _add_output_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output-format",
        choices=names(),
        help="the format to write where the name of the file does not say (standard output: yaml)",
    )
    add_options(parser)


def _convert_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="IN", help="a ledger file, the name of a seed, - for standard input; with --mapping a table"
    )
    parser.add_argument("out", metavar="OUT", help="the file to write, or - for standard output")
    parser.add_argument(
        "--mapping", metavar="NAME", help=f"read a table by this mapping: a file, or one of {', '.join(presets())}"
    )
    parser.add_argument(
        "--on-bad",
        choices=["quarantine", "raise"],
        default="quarantine",
        help="list cells of a table that can be no claim, or refuse the table (quarantine)",
    )
    parser.add_argument(
        "--input-format", metavar="NAME", help="the format to read where the name of the file does not say"
    )
    _add_output_format(parser)


def _convert(given: argparse.Namespace) -> int:
    if given.mapping is None:
        _write(load([given.file], given.input_format), given)
        return DONE
    reading = read_table(given.file, given.mapping, on_bad=given.on_bad, kind=given.input_format)
    _write(reading.ledger, given)
    told = [
        *(str(each.problem) for each in reading.quarantine),
        *(f"row {each.row}: {each.message}; kept" for each in reading.broken),
    ]
    more = [f"… and {len(told) - TOLD} more"] if len(told) > TOLD else []
    for line in [*told[:TOLD], *more, str(reading)]:
        print(f"note: {line}", file=sys.stderr)
    return DONE


def _merge_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("-o", "--out", metavar="OUT", required=True, help="the file to write, or - for standard output")
    _add_output_format(parser)


def _merge(given: argparse.Namespace) -> int:
    _write(load(given.files, given.input_format), given)
    return DONE


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "out", metavar="OUT", help="the file to write, which must not be there yet, or - for standard output"
    )


def _new(given: argparse.Namespace) -> int:
    if given.out == "-":
        print(STARTER, end="")
        return DONE
    try:
        with Path(given.out).open("x", encoding="utf-8", newline="\n") as file:
            file.write(STARTER)
    except OSError as error:
        raise BadInputError([f"{given.out}: it cannot be written: {error.strerror or error}"]) from error
    return DONE


def _schema_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form",
        choices=("yaml", "json"),
        default="yaml",
        help="the file that people write (yaml), or the canonical form (json)",
    )


def _schema(given: argparse.Namespace) -> int:
    print(json.dumps(schema(given.form), ensure_ascii=False, indent=2))
    return DONE


CONVERT: Final = Command(
    "convert",
    "Write a ledger in another format, and tell what it could not carry.",
    ("casualties convert seeds/nagorno-karabakh-2020-09-30.yaml ledger.json",),
    _convert_arguments,
    _convert,
)

MERGE: Final = Command(
    "merge",
    "Join ledgers into one file, with nothing of any of them lost.",
    ("casualties merge nagorno-karabakh-2020-09-30 nagorno-karabakh-2020-war -o both.yaml",),
    _merge_arguments,
    _merge,
)

NEW: Final = Command(
    "new", "Write a small ledger file with comments to begin with.", ("casualties new mine.yaml",), _new_arguments, _new
)

SCHEMA: Final = Command(
    "schema",
    "Print the JSON Schema of ledger files, for editors that check while you write.",
    ("casualties schema", "casualties schema --form json"),
    _schema_arguments,
    _schema,
)
