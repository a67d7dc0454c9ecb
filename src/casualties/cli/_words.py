"""Commands that read words."""

from __future__ import annotations

import argparse
from typing import Final

from casualties.cli._command import DONE, Command
from casualties.wording import lexicons, parse_figure, silence_of

__all__ = ["FIGURE"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="the words of one count")
    parser.add_argument(
        "--lexicon", choices=lexicons.names(), default="as-worded", help="the convention for vague words (as-worded)"
    )


def _figure(given: argparse.Namespace) -> int:
    figure = parse_figure(given.text, lexicon=given.lexicon)
    if figure is None:
        silence = silence_of(given.text, given.lexicon)
        print(f"no figure: {silence.replace('-', ' ')}" if silence else "no figure")
    else:
        print(figure)
    return DONE


FIGURE: Final = Command(
    "figure",
    "Read the words of one count as a figure.",
    ('casualties figure "more than 80"', 'casualties figure "several dozen" --lexicon acled'),
    _arguments,
    _figure,
)
