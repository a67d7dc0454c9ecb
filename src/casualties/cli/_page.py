"""The command that writes a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from casualties.cli._command import DONE, Command, add_files, date, load
from casualties.errors import CasualtiesError
from casualties.results import reconcile

__all__ = ["PAGE"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("-o", "--output", metavar="PAGE", default="-", help="the file to write (standard output)")
    parser.add_argument("--as-of", type=date, metavar="DAY", help="leave out figures that count later days")
    parser.add_argument("--known-on", type=date, metavar="DAY", help="leave out what became known later")
    parser.add_argument("--no-pictures", action="store_true", help="leave out the pictures, which need the extra plot")


def _page(given: argparse.Namespace) -> int:
    result = reconcile(load(given.files, given.input_format), as_of=given.as_of, known_on=given.known_on)
    page = result.to_html(pictures=not given.no_pictures)
    if given.output == "-":
        sys.stdout.write(page)
        return DONE
    try:
        Path(given.output).write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CasualtiesError(
            f"{given.output!r}: {error.strerror}", "not-written", "name a file in a folder that exists"
        ) from error
    return DONE


PAGE: Final = Command(
    "page",
    "Write one page of HTML that stands alone: the table, the pictures and every claim with where it was read.",
    ("casualties page nagorno-karabakh-2020-09-30 -o page.html",),
    _arguments,
    _page,
)
