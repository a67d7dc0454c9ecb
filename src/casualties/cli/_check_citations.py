"""The command that looks up in the reports what they are cited for."""

from __future__ import annotations

import os
from pathlib import Path

import click
import yaml

from casualties.cli._command import DONE, FOUND, BadInputError, command
from casualties.cli._ledgers import input_format, load
from casualties.drafting import check_citations
from casualties.drafting.citations import read_copy
from casualties.errors import CasualtiesError
from casualties.model.report import Report

__all__ = ["run"]


def _pairs(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> list[tuple[str, str]]:
    for text in given:
        if not all(text.partition("=")):
            raise click.BadParameter(f"{text!r}: write HANDLE=FILE")
    return [(name, path) for name, _, path in (text.partition("=") for text in given)]


@command(
    "check-citations",
    "Look up in the text of each report the words for which it is cited; exit status 3 if any are not there.",
    "casualties check-citations nagorno-karabakh-2020-09-30",
)
@click.argument("file", metavar="LEDGER", help="a ledger file, the name of a seed, or - for standard input")
@click.option(
    "--text",
    multiple=True,
    callback=_pairs,
    metavar="HANDLE=FILE",
    help="the text of a report, as plain text or HTML: its name in the ledger file, its address, publisher or title, "
    "and the file; given once for each",
)
@input_format
def run(file: str, text: list[tuple[str, str]], input_format: str | None) -> int:
    """Check citations."""
    ledger = load([file], input_format)
    own = _own_names(file)
    texts: dict[str | Report, str] = {}
    problems = []
    for name, path in text:
        try:
            texts[own.get(name, name)] = read_copy(path)
        except CasualtiesError as error:
            problems.append(str(error))
    if problems:
        raise BadInputError(problems)
    folder = Path(file).parent if os.path.exists(file) else None  # noqa: PTH110 - the name of a seed is no path
    checks = check_citations(ledger, texts, folder=folder)
    print(checks)
    return FOUND if checks.wrong else DONE


def _own_names(file: str) -> dict[str, Report]:
    """Give the reports of a file that people wrote by the names that they have in it."""
    if not file.endswith((".yaml", ".yml")) or not os.path.exists(file):  # noqa: PTH110 - the name of a seed is no path
        return {}
    written = yaml.load(Path(file).read_bytes(), yaml.BaseLoader).get("reports") or {}  # noqa: S506 - texts alone
    return {name: Report(**fields) for name, fields in written.items()}
