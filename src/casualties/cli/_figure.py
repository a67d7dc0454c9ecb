"""The command that reads the words of one count."""

from __future__ import annotations

import click

from casualties.cli._command import DONE, command
from casualties.wording import lexicons, parse_figure, silence_of

__all__ = ["run"]


@command(
    "figure",
    "Read the words of one count as a figure.",
    'casualties figure "more than 80"',
    'casualties figure "several dozen" --lexicon acled',
)
@click.argument("text", metavar="TEXT", help="the words of one count")
@click.option(
    "--lexicon",
    type=click.Choice(lexicons.names()),
    default="as-worded",
    help="the convention for vague words (as-worded)",
)
def run(text: str, lexicon: str) -> int:
    """Read words."""
    figure = parse_figure(text, lexicon=lexicon)
    if figure is None:
        silence = silence_of(text, lexicon)
        print(f"no figure: {silence.replace('-', ' ')}" if silence else "no figure")
    else:
        print(str(figure))
    return DONE
