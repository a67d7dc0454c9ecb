"""The command that looks through ledgers for contradictions, suspicious scopes and gaps."""

from __future__ import annotations

import argparse
from typing import Final

from casualties.bounding import audit
from casualties.cli._command import DONE, FOUND, Command, add_files, date, load

__all__ = ["AUDIT"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--as-of", type=date, metavar="D", help="the day asked about")
    parser.add_argument("--known-on", type=date, metavar="D", help="the day whose knowledge is taken")


def _audit(given: argparse.Namespace) -> int:
    found = audit(load(given.files, given.input_format), as_of=given.as_of, known_on=given.known_on)
    print(found)
    return FOUND if found else DONE


AUDIT: Final = Command(
    "audit",
    "List claims that cannot all be true, scopes that only look alike, and gaps; exit status 3 if there are any.",
    ("casualties audit nagorno-karabakh-2020-09-30", "casualties audit seeds/nagorno-karabakh-2020-war.yaml"),
    _arguments,
    _audit,
)
