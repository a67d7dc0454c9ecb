"""The command that tells a result in words."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import click

from casualties.cli._citations import Pairs, checked, looking_up
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import asked_about, days, files, lines_within, load, narrowed, show, table_width, width
from casualties.model.period import PartialDate
from casualties.results import reconcile
from casualties.show.sentences.unread import not_read

__all__ = ["run"]


@command(
    "explain",
    "Tell what claims say together in plain words, in which every number names its claims.",
    "casualties explain nagorno-karabakh-2020-09-30",
    "casualties explain nagorno-karabakh-2020-09-30 --format json",
)
@files
@days
@asked_about
@looking_up
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="how to write it (text)")
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    about: dict[str, str],
    only: tuple[str, ...],
    text: Pairs,
    form: str,
    width: int | None,
    *,
    look_up: bool,
) -> int:
    """Explain every finding."""
    result = reconcile(load(files, input_format), as_of=as_of, known_on=known_on)
    checks = checked(files, input_format, text, look_up=look_up)
    kept = narrowed(result, about, only)
    explanations = [
        explanation
        for finding, explanation in zip(result, result.explain(checks=checks), strict=True)
        if finding in kept.findings
    ]
    left = not_read(result.ledger.unread)
    if form == "json":
        print(json.dumps([explanation.to_dict() for explanation in explanations], ensure_ascii=False, indent=2))
        if left:
            print(left, file=sys.stderr)
    else:
        texts = [replace(explanation, not_read="").to_text(width=table_width(width)) for explanation in explanations]
        show("\n\n".join([*texts, *([lines_within(left, table_width(width))] if left else [])]))
    return DONE
