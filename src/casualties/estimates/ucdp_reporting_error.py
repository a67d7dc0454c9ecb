"""How far coded counts of events may lie from the truth, by the reporting error that UCDP's coders expect.

Vesco and others asked the coders of UCDP how many people may have died in an event that the dataset codes with some
number, and fitted one distribution to what they said.  It is an error of counts that exist: events that nobody
reported are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.codebooks.resolution import UnusedClaim
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates._claims import canonical, findings, named, said, silent, why_left_out
from casualties.estimates._reporting_error import VIOLENCE, ReportingError
from casualties.estimates.quantity import Beside, Caution, Kind, Quantity
from casualties.estimates.result import Estimate
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.results import Finding

__all__ = ["VIOLENCE", "ucdp_reporting_error"]

Floats = NDArray[np.float64]

NAME: Final = "ucdp-reporting-error"
VERSION: Final = "1"
PAPER: Final = (
    "Vesco and others, Journal of Conflict Resolution (2026), doi 10.1177/00220027261423826; "
    "parameters as in the authors' package uncertainUCDP 0.7.6"
)

ASSUMPTIONS: Final = (
    "the count was coded as UCDP codes, from what was reported of the event",
    "the coders whom the authors asked judge the error rightly; it depends on count and type of violence alone",
    "events that nobody reported are not counted",
)

_DRAWS_TOGETHER: Final = 1000
_NARROW: Final = ("side", "status", "nationality", "role", "age", "sex", "cause")


def ucdp_reporting_error(
    data: Ledger,
    *,
    seed: int = 1,
    level: float = 0.9,
    violence: str | Mapping[str, str] = "any",
    coder: str = "ucdp",
    together: bool = False,
) -> Estimate:
    """Estimate how many were killed in events that somebody coded with one number each.

    Args:
        data: A ledger with the coded events.  Where the coder has no claim in it, each event is coded by UCDP's
            codebook from the claims that there are.
        seed: Where random numbers begin.
        level: The share of the probability that the intervals hold.
        violence: The type of violence of all events, or of each by its key: state-based, non-state, one-sided, any.
        coder: The key of the source whose best numbers are the coded counts.
        together: Whether the total in which all events err together is the answer, and not the one in which each errs
            for itself; both are shown.

    Raises:
        EstimateError: If there is no count of people killed, or the counts share people.
        UnknownNameError: If there is no type of violence of a name.

    Examples:
        >>> import casualties as cs
        >>> found = ucdp_reporting_error(cs.seeds.load("nagorno-karabakh-2020-09-30").about(status="civilian"))
        >>> [(each.name, round(each.median)) for each in found.quantities]
        [('Civilians, Azerbaijani side, killed', 14)]
    """
    used: list[Claim] = []
    left_out: list[UnusedClaim] = []
    coded: list[tuple[Finding, int]] = []
    ledger_findings = findings(data)
    by_coder = any(
        position.source == coder for ledger_finding in ledger_findings for position in ledger_finding.positions
    )
    for finding in ledger_findings:
        count, claims, reason = _coded(finding, coder if by_coder else None)
        left_out += why_left_out(finding, claims, dict.fromkeys((claim.id for claim in finding.claims), reason))
        used += claims
        if count is not None:
            coded.append((finding, count))
    _check(coded)
    types = [_type_of(violence, finding) for finding, _ in coded]
    error = ReportingError.of([count for _, count in coded], types)
    ends = [(1 - level) / 2, 0.5, (1 + level) / 2]
    at_ends = np.array([error.quantile(share) for share in ends])
    means = error.mean()
    sample = error.total_apart(seed)
    events = tuple(
        Quantity.of(
            str(finding.subject.event or named(finding)),
            Kind.EVENT,
            at_ends[:, place],
            means[place],
            (*said(finding), *([] if by_coder else [Beside("UCDP's codebook", count, count, f"{count:,}")])),
            sample if len(coded) == 1 else None,
        )
        for place, (finding, count) in enumerate(coded)
    )
    quantities = events if len(events) == 1 else (*_totals(error, ends, sample, seed, together=together), *events)
    whose = f"the best numbers of {coder}" if by_coder else "UCDP's codebook, from the claims here"
    return Estimate(
        method=NAME,
        version=VERSION,
        paper=PAPER,
        of=f"Killed in {len(coded):,} coded {'event' if len(coded) == 1 else 'events'}",
        level=level,
        quantities=quantities,
        claims_used=canonical(used),
        claims_left_out=tuple(sorted(left_out, key=lambda unused_claim: unused_claim.claim.id)),
        assumptions=(f"coded by {whose}; type of violence: {', '.join(sorted(set(types)))}", *ASSUMPTIONS),
        diagnosed=(("events", float(len(coded))), ("sum of the coded counts", float(error.count.sum()))),
        warnings=tuple(silent(left_out)),
        seed=seed,
    )


def _coded(finding: Finding, coder: str | None) -> tuple[int | None, tuple[Claim, ...], str]:
    if finding.subject.harm != ("killed",):
        return None, (), "another harm: the error is known for people killed"
    if coder is None:
        resolution = finding.resolve("ucdp")
        return resolution.best, resolution.used if resolution.best is not None else (), "the codebook does not use it"
    if any(getattr(finding.subject, facet) for facet in _NARROW):
        return None, (), "a part of an event: the whole of the event is coded"
    for position in finding.positions:
        if position.source == coder and not position.denies:
            figure = position.figure
            count = figure.best if figure.best is not None else figure.low if figure.low == figure.high else None
            if count is not None:
                return count, position.claims, f"not by {coder}"
    return None, (), f"not coded by {coder} with one number"


def _check(coded: list[tuple[Finding, int]]) -> None:
    if not coded:
        raise EstimateError(
            "the ledger: no event in it has one coded count of people killed",
            Caution.NO_CLAIMS,
            "read the coded events with the preset ucdp-ged",
        )
    events = [finding.subject.event for finding, _ in coded]
    if len(coded) > 1 and (None in events or len(set(events)) < len(events)):
        several = sorted({named(finding) for finding, _ in coded})[:5]
        raise EstimateError(
            f"counts of {'; '.join(several)}: they may share people",
            Caution.SCOPES_MIXED,
            "give one count for each event, and name the events; or narrow the ledger with about(…)",
        )


def _type_of(violence: str | Mapping[str, str], finding: Finding) -> str:
    name = violence if isinstance(violence, str) else violence.get(str(finding.subject.event), "any")
    if name not in VIOLENCE:
        raise UnknownNameError(f"violence {name!r}: there is no such type", "unknown-violence", ", ".join(VIOLENCE))
    return name


def _totals(
    error: ReportingError, ends: Sequence[float], sample: Floats, seed: int, *, together: bool
) -> tuple[Quantity, ...]:
    mean = float(error.mean().sum())
    shares = np.random.default_rng(seed).random(_DRAWS_TOGETHER)
    totals = (
        Quantity.of("total, each event errs for itself", Kind.TOTAL, np.quantile(sample, ends), mean, sample=sample),
        Quantity.of(
            "total, all events err together",
            Kind.TOTAL,
            error.total_together(ends),
            mean,
            sample=error.total_together(shares),
        ),
    )
    return totals[::-1] if together else totals
