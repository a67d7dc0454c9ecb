"""The command that says what changed."""

from __future__ import annotations

import click

from casualties.cli._command import DONE, FOUND, command
from casualties.cli._ledgers import DAY, input_format, load
from casualties.difference import changes
from casualties.model.period import PartialDate
from casualties.results import reconcile

__all__ = ["run"]


@command(
    "diff",
    "Say what changed between two ledgers, or between two days of one; exit status 3 if anything did.",
    "casualties diff nagorno-karabakh-2020-09-30 --as-of 2020-09-29 --as-of 2020-09-30",
    "casualties diff nagorno-karabakh-2020-09-30 nagorno-karabakh-2020-09-30",
)
@click.argument("older", metavar="A", help="the older ledger: a file, the name of a seed, or -")
@click.argument("newer", metavar="[B]", required=False, help="the newer ledger (the same one, for two days of it)")
@click.option(
    "--as-of",
    type=DAY,
    multiple=True,
    metavar="DAY",
    help="leave out figures that count later days; given twice, the second is for the newer ledger",
)
@click.option(
    "--known-on",
    type=DAY,
    multiple=True,
    metavar="DAY",
    help="leave out later knowledge; given twice, the second is for the newer ledger",
)
@input_format
def run(
    older: str,
    newer: str | None,
    as_of: tuple[PartialDate, ...],
    known_on: tuple[PartialDate, ...],
    input_format: str | None,
) -> int:
    """Compare two ledgers, or two days of one."""
    for name, days in (("--as-of", as_of), ("--known-on", known_on)):
        if len(days) > 2:
            raise click.UsageError(f"{name} is given {len(days)} times: once for both ledgers, or once for each")
    if newer is None and all(one == two for one, two in map(_two, (as_of, known_on))):
        raise click.UsageError(
            "the ledger would be compared with itself: name a second one, or give two days, "
            "such as --known-on 2020-09-29 --known-on 2020-09-30"
        )
    first = load([older], input_format)
    second = load([newer], input_format) if newer else first
    (as_first, as_second), (known_first, known_second) = _two(as_of), _two(known_on)
    differences = changes(
        reconcile(first, as_of=as_first, known_on=known_first),
        reconcile(second, as_of=as_second, known_on=known_second),
    )
    print(str(differences))
    return FOUND if differences else DONE


def _two(days: tuple[PartialDate, ...]) -> tuple[PartialDate | None, PartialDate | None]:
    return (days[0], days[-1]) if days else (None, None)
