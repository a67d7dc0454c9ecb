"""The command that looks through ledgers for contradictions, questions of scope and gaps."""

from __future__ import annotations

from casualties.bounding import audit
from casualties.cli._citations import Pairs, checked, looking_up
from casualties.cli._command import DONE, FOUND, command
from casualties.cli._ledgers import days, files, load, show, table_width, width
from casualties.model.period import PartialDate

__all__ = ["run"]


@command(
    "audit",
    "List claims that cannot all be true, scopes that only look alike, and gaps; exit status 3 if there are any.",
    "casualties audit nagorno-karabakh-2020-09-30",
    "casualties audit seeds/nagorno-karabakh-2020-war.yaml",
)
@files
@days
@looking_up
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    text: Pairs,
    width: int | None,
    *,
    look_up: bool,
) -> int:
    """Audit ledgers."""
    checks = checked(files, input_format, text, look_up=look_up)
    audited = audit(load(files, input_format), as_of=as_of, known_on=known_on, checks=checks)
    show(audited.to_text(width=table_width(width)))
    return FOUND if audited else DONE
