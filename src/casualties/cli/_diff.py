"""The command that says what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import click

from casualties.cli._command import DONE, FOUND, command
from casualties.cli._ledgers import DAY, MOMENT, input_format, load, show, table_width, width
from casualties.difference.changes import Changes, changes
from casualties.model.period import PartialDate
from casualties.results import reconcile

__all__ = ["run"]

_Day = TypeVar("_Day")


@command(
    "diff",
    "Say what changed between two ledgers, two days of one, or since a moment; exit status 3 if anything did.",
    "casualties diff nagorno-karabakh-2020-09-30 --as-of 2020-09-29 --as-of 2020-09-30",
    "casualties diff nagorno-karabakh-2020-09-30 --since 18:00 --format markdown",
    "casualties diff nagorno-karabakh-2020-09-30 nagorno-karabakh-2020-09-30",
)
@click.argument("older", metavar="A", help="the older ledger: a file, the name of a seed, or -")
@click.argument("newer", metavar="[B]", required=False, help="the newer ledger (the same one, for two days of it)")
@click.option(
    "--since",
    type=MOMENT,
    metavar="MOMENT",
    help="what was known then against what is known now: a day, a moment such as 2026-06-12T18:00+02:00, or an hour",
)
@click.option(
    "--as-of",
    type=DAY,
    multiple=True,
    metavar="DAY",
    help="leave out figures that count later days; given twice, the second is for the newer ledger",
)
@click.option(
    "--known-on",
    type=MOMENT,
    multiple=True,
    metavar="MOMENT",
    help="leave out later knowledge; given twice, the second is for the newer ledger",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="how to write it (text)",
)
@width
@input_format
def run(
    older: str,
    newer: str | None,
    since: PartialDate | str | None,
    as_of: tuple[PartialDate, ...],
    known_on: tuple[PartialDate | str, ...],
    form: str,
    width: int | None,
    input_format: str | None,
) -> int:
    """Compare two ledgers, two days of one, or a ledger with what was known of it."""
    for name, days in (("--as-of", as_of), ("--known-on", known_on)):
        if len(days) > 2:
            raise click.UsageError(f"{name} is given {len(days)} times: once for both ledgers, or once for each")
    if since is not None and (newer or as_of or known_on):
        raise click.UsageError("--since compares one ledger with itself: leave out B, --as-of and --known-on")
    (as_first, as_second), (known_first, known_second) = _two(as_of), _two(known_on)
    if newer is None and since is None and as_first == as_second and known_first == known_second:
        raise click.UsageError(
            "the ledger would be compared with itself: name a second one, say --since 18:00, or give two days, "
            "such as --known-on 2020-09-29 --known-on 2020-09-30"
        )
    first = load([older], input_format)
    if since is not None:
        differences = changes(first, since=since)
    else:
        second = load([newer], input_format) if newer else first
        differences = changes(
            reconcile(first, as_of=as_first, known_on=known_first),
            reconcile(second, as_of=as_second, known_on=known_second),
        )
    show(_shown(differences, form, width))
    return FOUND if differences else DONE


def _shown(differences: Changes, form: str, width: int | None) -> str:
    if form == "json":
        return differences.to_json()
    return differences.to_markdown() if form == "markdown" else differences.to_text(width=table_width(width))


def _two(days: Sequence[_Day]) -> tuple[_Day | None, _Day | None]:
    return (days[0], days[-1]) if days else (None, None)
