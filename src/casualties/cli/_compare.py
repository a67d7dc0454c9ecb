"""Commands that tell a result in words: what it says, and what changed."""

from __future__ import annotations

import argparse
import json
from typing import Final

from casualties.cli._command import DONE, FOUND, Command, add_files, date, load
from casualties.difference import changes
from casualties.model.period import PartialDate
from casualties.results import reconcile

__all__ = ["DIFF", "EXPLAIN"]


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--as-of", type=date, metavar="DAY", help="leave out figures that count later days")
    parser.add_argument("--known-on", type=date, metavar="DAY", help="leave out what became known later")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (text)")


def _explain(given: argparse.Namespace) -> int:
    result = reconcile(load(given.files, given.input_format), as_of=given.as_of, known_on=given.known_on)
    told = [finding.explain() for finding in result]
    if given.format == "json":
        print(json.dumps([each.to_dict() for each in told], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(map(str, told)))
    return DONE


EXPLAIN: Final = Command(
    "explain",
    "Tell what claims say together in plain words, in which every number names its claims.",
    (
        "casualties explain nagorno-karabakh-2020-09-30",
        "casualties explain nagorno-karabakh-2020-09-30 --format json",
    ),
    _explain_arguments,
    _explain,
)


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("older", metavar="A", help="the older ledger: a file, the name of a seed, or -")
    parser.add_argument("newer", metavar="B", nargs="?", help="the newer ledger (the same one, for two days of it)")
    for name, told in (("as-of", "leave out figures that count later days"), ("known-on", "leave out later knowledge")):
        parser.add_argument(
            f"--{name}", type=date, nargs="+", metavar="DAY", help=f"{told}; a second day is for the newer ledger"
        )
    parser.add_argument("--input-format", metavar="NAME", help="the format of the files where their names do not say")
    parser.set_defaults(wrong=parser.error)


def _diff(given: argparse.Namespace) -> int:
    if given.newer is None and all(one == two for one, two in map(_two, (given.as_of, given.known_on))):
        given.wrong(
            "the ledger would be compared with itself: name a second one, or give two days, "
            "such as --known-on 2020-09-29 2020-09-30"
        )
    ledgers = [load([given.older], given.input_format)]
    ledgers.append(load([given.newer], given.input_format) if given.newer else ledgers[0])
    as_of, known_on = _two(given.as_of), _two(given.known_on)
    older, newer = (
        reconcile(ledger, as_of=as_of[place], known_on=known_on[place]) for place, ledger in enumerate(ledgers)
    )
    found = changes(older, newer)
    print(found)
    return FOUND if found else DONE


def _two(days: list[PartialDate] | None) -> tuple[PartialDate | None, PartialDate | None]:
    return (days[0], days[-1]) if days else (None, None)


DIFF: Final = Command(
    "diff",
    "Say what changed between two ledgers, or between two days of one; exit status 3 if anything did.",
    (
        "casualties diff nagorno-karabakh-2020-09-30 --as-of 2020-09-29 2020-09-30",
        "casualties diff nagorno-karabakh-2020-09-30 nagorno-karabakh-2020-09-30",
    ),
    _diff_arguments,
    _diff,
)
