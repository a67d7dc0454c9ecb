"""What the commands that look citations up share: the texts of reports, and what is seen in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
import yaml

from casualties.cli._command import BadInputError
from casualties.cli._ledgers import load
from casualties.drafting import CitationChecks, Verdict, check_citations
from casualties.drafting.citations import read_copy
from casualties.errors import CasualtiesError
from casualties.model.ledger import merge
from casualties.model.report import Report

__all__ = ["checked", "looking_up", "texts"]

_F = TypeVar("_F", bound=Callable[..., Any])
Pairs = Sequence[tuple[str, str]]
"""Names of reports, and the files of their texts."""


def _pairs(_ctx: click.Context, _param: click.Parameter, arguments: tuple[str, ...]) -> list[tuple[str, str]]:
    for text in arguments:
        if not all(text.partition("=")):
            raise click.BadParameter(f"{text!r}: write HANDLE=FILE")
    return [(name, path) for name, _, path in (text.partition("=") for text in arguments)]


def texts(function: _F) -> _F:
    """Let a command be given the texts of reports.

    Examples:
        >>> click.command()(texts(lambda **given: 0)).params[0].opts
        ['--text']
    """
    return click.option(
        "--text",
        "text",
        multiple=True,
        callback=_pairs,
        metavar="HANDLE=FILE",
        help="the text of a report, as plain text or HTML: its name in the ledger file, its address, publisher or "
        "title, and the file; given once for each",
    )(function)


def looking_up(function: _F) -> _F:
    """Let a command look citations up beside what else it does.

    Examples:
        >>> [parameter.opts for parameter in click.command()(looking_up(lambda **given: 0)).params]
        [['--check-citations'], ['--text']]
    """
    return click.option(
        "--check-citations",
        "look_up",
        is_flag=True,
        help="look the words of citations up in the saved copies that reports name; --text does so for its own",
    )(texts(function))


def checked(names: Sequence[str], form: str | None, text: Pairs, *, look_up: bool = True) -> CitationChecks | None:
    """Look up in texts that are given, and in saved copies, what the citations of ledgers say; if it is asked for.

    Raises:
        BadInputError: If a text cannot be read; it names all of them.

    Examples:
        >>> checked(["nagorno-karabakh-2020-09-30"], None, []).summary
        '0 hold, 0 do not, of 8 no text is at hand'
    """
    if not (text or look_up):
        return None
    ledgers = [load([name], form) for name in names]
    whole, by_claim = merge(ledgers), {}
    for name, ledger in zip(names, ledgers, strict=True):
        folder = Path(name).parent if look_up and os.path.exists(name) else None  # noqa: PTH110 - a seed is no path
        for check in check_citations(ledger, folder=folder):
            if folder or not text or check.verdict is not Verdict.NO_TEXT:
                by_claim[check.claim.id, check.citation] = check
    checks = check_citations(whole, _texts(names, text)) if text else ()
    by_claim |= {(check.claim.id, check.citation): check for check in checks}
    keys = [(claim.id, citation) for claim in whole for citation in claim.citations]
    return CitationChecks(by_claim[key] for key in keys if key in by_claim)


def _texts(names: Sequence[str], text: Pairs) -> dict[str | Report, str]:
    own = {handle: report for name in names for handle, report in _own_names(name).items()}
    text_of: dict[str | Report, str] = {}
    problems = []
    for name, path in text:
        try:
            text_of[own.get(name, name)] = read_copy(path)
        except CasualtiesError as error:
            problems.append(str(error))
    if problems:
        raise BadInputError(problems)
    return text_of


def _own_names(file: str) -> dict[str, Report]:
    """Give the reports of a file that people wrote by the names that they have in it."""
    if not file.endswith((".yaml", ".yml")) or not os.path.exists(file):  # noqa: PTH110 - the name of a seed is no path
        return {}
    written = yaml.load(Path(file).read_bytes(), yaml.BaseLoader).get("reports") or {}  # noqa: S506 - texts alone
    return {name: Report(**fields) for name, fields in written.items()}
