"""Ranges of several experts, and intervals of several studies, pooled into one distribution.

The linear opinion pool gives every independent source the same weight and mixes what they say, so that the pool is as
wide as their disagreement.  Averaging quantiles gives a narrower answer, in which disagreement hardly shows; it is
made only where its name is given.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from casualties.codebooks.resolution import UnusedClaim
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates._claims import Range, canonical, findings, named, ranges_of, said, silent, why_left_out
from casualties.estimates._pooling import Ranges
from casualties.estimates.quantity import Caution, CautionNote, Kind, Quantity
from casualties.estimates.result import Estimate
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger

__all__ = ["RULES", "pool"]

NAME: Final = "pool"
VERSION: Final = "1"

RULES: Final = {
    "linear": "Stone, The opinion pool, Annals of Mathematical Statistics 32 (1961), 1339-1342",
    "quantiles": "Lichtendahl, Grushka-Cockayne and Winkler, Management Science 59 (2013), 1594-1611",
}
"""The rules by which ranges are pooled, and who made them."""

_DRAWS: Final = 4000
_FIFTH: Final = 0.2


def pool(
    data: Ledger,
    *,
    seed: int = 1,
    level: float = 0.9,
    rule: str = "linear",
    ranges_hold: float = 0.9,
    earlier_ok: bool = False,
) -> Estimate:
    """Pool the ranges of the independent sources on one subject.

    Args:
        data: A ledger with one subject; narrow another with `about`.
        seed: Where random numbers begin.
        level: The share of the probability that the interval holds.
        rule: Linear (a mixture) or quantiles (their average).
        ranges_hold: The share of the probability that a range holds whose source does not say it.
        earlier_ok: Accept ranges that count to an earlier day than others; they are of fewer people.

    Raises:
        EstimateError: If there is more than one subject, fewer than two sources with a range, or a range without an
            upper end, which is never closed.
        UnknownNameError: If there is no rule of a name.

    Examples:
        >>> import casualties as cs
        >>> pool(cs.seeds.load("nagorno-karabakh-2020-09-30").about(role="mercenary"))
        Traceback (most recent call last):
        ...
        casualties.errors.EstimateError: Hussein Akoush says 2 or more: the upper end is open, and is not closed here
        Hint: leave out what states no upper end, or pool other ranges
    """
    if rule not in RULES:
        raise UnknownNameError(
            f"rule {rule!r}: there is none of this name", "unknown-rule", f"one of {', '.join(RULES)}"
        )
    subjects = findings(data)
    finding = subjects[0]
    harms = {subject.subject.harm for subject in subjects}
    if len(subjects) > 1:
        raise EstimateError(
            f"{len(subjects)} subjects, such as {'; '.join(sorted(map(named, subjects))[:3])}: they are not one number",
            Caution.HARMS_MIXED if len(harms) > 1 else Caution.SCOPES_MIXED,
            "narrow the ledger to one subject with about(…)",
        )
    ranges, reasons = ranges_of(finding)
    if not earlier_ok:
        ranges = _of_the_day(ranges, reasons)
    open_ends = [
        f"{source_range.source} says {source_range.words}" for source_range in ranges if source_range.high is None
    ]
    if open_ends:
        raise EstimateError(
            f"{'; '.join(open_ends)}: the upper end is open, and is not closed here",
            Caution.OPEN_END,
            "leave out what states no upper end, or pool other ranges",
        )
    if len(ranges) < 2:
        raise EstimateError(
            f"{named(finding)}: {len(ranges)} independent source states a range",
            Caution.ONE_SOURCE,
            "a pool needs two or more; one range is its own answer",
        )
    used: list[Claim] = [claim for source_range in ranges for claim in source_range.claims]
    left_out: list[UnusedClaim] = why_left_out(finding, used, reasons)
    pooled = Ranges.of(
        [
            (source_range.low, source_range.best, source_range.high or 0, source_range.level or ranges_hold)
            for source_range in ranges
        ]
    )
    ends = ((1 - level) / 2, 0.5, (1 + level) / 2)
    rng = np.random.default_rng(seed)
    mean = float(pooled.means().mean())
    by_rule = {
        "linear": tuple(pooled.pooled(share) for share in ends),
        "quantiles": tuple(pooled.averaged(share) for share in ends),
    }
    order = sorted(RULES, key=lambda named_rule: named_rule != rule)
    quantities = tuple(
        Quantity.of(
            f"{named(finding)}: {_NAMES[named_rule]}",
            Kind.MODEL,
            by_rule[named_rule],
            mean,
            said(finding) if named_rule == rule else (),
            pooled.draws(_DRAWS, rng, averaged=named_rule == "quantiles"),
        )
        for named_rule in order
    )
    unsaid = [source_range.source for source_range in ranges if source_range.level is None]
    return Estimate(
        method=NAME,
        version=VERSION,
        paper=RULES[rule],
        of=named(finding),
        level=level,
        quantities=quantities,
        claims_used=canonical(used),
        claims_left_out=tuple(left_out),
        assumptions=(
            "the sources know of one another's ranges what the ledger says, and else nothing",
            *([f"the ranges of {', '.join(unsaid)} hold {ranges_hold:.0%} of the probability"] if unsaid else []),
            "within a range the logarithm is normal on either side of its best number, or of its geometric middle",
        ),
        diagnosed=(("independent sources", float(len(ranges))),),
        warnings=(*_warnings(pooled, by_rule), *silent(left_out)),
        seed=seed,
    )


def _of_the_day(ranges: tuple[Range, ...], reasons: dict[str, str]) -> tuple[Range, ...]:
    """Keep the ranges that count to the latest day, and say of the others that they do not."""
    day = max((source_range.until.earliest for source_range in ranges if source_range.until), default=None)
    early = [source_range for source_range in ranges if day and source_range.until and source_range.until.latest < day]
    reasons.update({claim.id: "it counts to an earlier day" for source_range in early for claim in source_range.claims})
    return tuple(source_range for source_range in ranges if source_range not in early)


_NAMES: Final = {"linear": "linear opinion pool", "quantiles": "average of quantiles"}


def _warnings(pooled: Ranges, by_rule: dict[str, tuple[float, ...]]) -> list[CautionNote]:
    warnings = []
    ends = pooled.quantiles(np.array([0.05, 0.95]))
    if ends[0].max() > ends[1].min():
        text = "the 90 % ranges of two sources share no number: the pool lies between camps"
        warnings.append(CautionNote(Caution.DISAGREE, text))
    linear, averaged = by_rule["linear"][1], by_rule["quantiles"][1]
    if abs(linear - averaged) > _FIFTH * min(linear, averaged):
        text = f"the median of the linear pool is {linear:,.0f}, that of averaged quantiles {averaged:,.0f}"
        warnings.append(CautionNote(Caution.DISAGREE, text))
    return warnings
