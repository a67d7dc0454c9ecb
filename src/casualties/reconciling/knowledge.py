"""What was known on a day: a ledger without what was said, printed, graded or linked later."""

from __future__ import annotations

from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate

__all__ = ["as_known"]


def as_known(ledger: Ledger, day: PartialDate) -> Ledger:
    """Keep what was surely known by the end of a day; what became known later leaves no trace.

    A claim is known from the date stated, else from its earliest publication, else never.  Citations, gradings and
    links that carry a later date go; those that carry none follow their claim.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.period import PartialDate
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> len(as_known(seed, PartialDate.parse("2020-09-29"))), len(as_known(seed, PartialDate.parse("2020-09-30")))
        (0, 8)
    """

    def early(date: PartialDate | None) -> bool:
        return date is None or date.latest <= day.latest

    kept = []
    for claim in ledger:
        if claim.known is None or not early(claim.known):
            continue
        changes = {
            "citations": tuple(each for each in claim.citations if each.report is None or early(each.report.published)),
            "assessments": tuple(each for each in claim.assessments if early(each.graded)),
            "based_on": tuple(each for each in claim.based_on if early(each.noted)),
            "misrelays": tuple(each for each in claim.misrelays if early(each.noted)),
        }
        same = all(value == getattr(claim, name) for name, value in changes.items())
        kept.append(claim if same else claim.replacing(**changes))
    reports = [report for report in ledger.reports if early(report.published)]
    said = [each for each in ledger.identifications if early(each.stated)]
    return Ledger(kept, **{**ledger.declared, "reports": reports, "identifications": said})
