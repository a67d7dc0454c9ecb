"""Losses of a war from biased reports: how far each source bends the losses of each side, and what is left.

Every source is taken to multiply the losses of a side by a factor of its own, which differs somewhat from harm to harm.
Where several sources report the same losses the factors show in relation to one another.  Their common level does not
show at all: it comes from the prior, which takes biases to be centred on none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.codebooks.resolution import UnusedClaim
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates._bias_sampler import AGREED, WORTH, Draws, draw
from casualties.estimates._chains import effective_size, rhat
from casualties.estimates._claims import canonical, dominant, findings, named, roots_of, said, silent, why_left_out
from casualties.estimates._losses import Reports
from casualties.estimates.quantity import Caution, CautionNote, Kind, Quantity
from casualties.estimates.result import Estimate
from casualties.model.claim import Claim, Stance
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.subject import FACETS, Subject
from casualties.reconciling.position import Fate
from casualties.results import Finding
from casualties.show.describe import describe_date

__all__ = ["ERRORS", "reporting_bias"]

Floats = NDArray[np.float64]

NAME: Final = "reporting-bias"
VERSION: Final = "1"
PAPER: Final = (
    "Radford, Dai, Stoehr, Schein, Fernandez and Sajid, Estimating conflict losses and reporting biases, "
    "Proceedings of the National Academy of Sciences 120 (2023), e2307372120"
)

ERRORS: Final = {
    "negative-binomial": "counts have a negative-binomial error, as published",
    "student": "logarithms of counts have Student's error with 4 degrees of freedom: robust, and not as published",
}
"""How reports scatter about what their source would say without error."""

_KEPT_FACETS: Final = frozenset({"side", "status", "nationality", "perpetrator", "basis"})
_ASIDE: Final = frozenset({Fate.COPY, Fate.WITHDRAWN, Fate.MISRELAYED, Fate.PROJECTED, Fate.UNDATED})
_FIFTH: Final = 0.2
_WIDER: Final = 1.5
_FEW: Final = 20


@dataclass(frozen=True)
class _Report:
    """One report: of which loss, by which independent source, on which day."""

    loss: Subject
    source: str
    day: date
    daily: bool
    low: int
    high: int | None
    claim: Claim


def reporting_bias(data: Ledger, *, seed: int = 1, level: float = 0.9, error: str = "negative-binomial") -> Estimate:
    """Estimate losses of each side in all, and the factor by which each source bends them.

    Args:
        data: A ledger with reports of the losses of one war by several sources: counts of all days from its start, and
            counts of single days.
        seed: Where random numbers begin.
        level: The share of the probability that the intervals hold.
        error: One of `ERRORS`.

    Raises:
        EstimateError: If one source makes all reports, or every side alone counts its own losses.
        UnknownNameError: If there is no error of a name.

    Examples:
        >>> import casualties as cs
        >>> reporting_bias(cs.seeds.load("nagorno-karabakh-2020-09-30").about(side="armenian"))
        Traceback (most recent call last):
        ...
        casualties.errors.EstimateError: the ledger: 1 independent source reports losses
        Hint: a bias shows only beside another source: give reports of two or more
    """
    if error not in ERRORS:
        raise UnknownNameError(f"error {error!r}: there is none of this name", "unknown-error", ", ".join(ERRORS))
    subjects = findings(data)
    start = _start(subjects)
    reports, left_out = _reports(subjects, start)
    _check(reports, data)
    losses = sorted({report.loss for report in reports}, key=lambda loss: loss.key)
    sources = sorted({report.source for report in reports})
    last = max(report.day for report in reports)
    drawn = draw(_arrays(reports, losses, sources, start, last), seed, robust=error == "student")
    shown = {
        loss: finding for finding in subjects if (loss := _loss(finding.subject)) in losses and _whole(finding, start)
    }
    names = {loss: named(shown[loss]) if loss in shown else str(loss) for loss in losses}
    words = data.sources
    called = {source: words[source].name if source in words else source for source in sources}
    ends = ((1 - level) / 2, 0.5, (1 + level) / 2)
    totals, warnings, numbers = [], [], {}
    day = describe_date(PartialDate.parse(last.isoformat()))
    for place, loss in enumerate(losses):
        chains = drawn.total[:, :, place]
        agree, worth = rhat(chains), effective_size(chains)
        numbers[f"{names[loss]}: rhat"] = round(agree, 4)
        numbers[f"{names[loss]}: effective draws"] = float(round(worth))
        counts = said(shown[loss]) if loss in shown else ()
        name = f"{names[loss]}, to {day}"
        if agree > AGREED or worth < WORTH:
            warnings.append(
                CautionNote(Caution.NOT_CONVERGED, f"{name}: rhat {agree:.3f}, {worth:,.0f} effective draws")
            )
            totals.append(Quantity(name, Kind.TOTAL, None, None, None, None, counts))
            continue
        sample = np.exp(chains.ravel())
        totals.append(Quantity.of(name, Kind.TOTAL, np.quantile(sample, ends), sample.mean(), counts, sample))
    has_total = [quantity.median is not None for quantity in totals]
    multipliers = _multipliers(drawn, losses, sources, names, called, ends, has_total)
    warnings += _alone(reports, names, called)
    warnings += dominant([called[report.source] for report in reports])
    warnings += [*_moved(drawn, totals, numbers), *silent(left_out)]
    return Estimate(
        method=NAME,
        version=VERSION,
        paper=PAPER,
        of=f"Losses from {describe_date(PartialDate.parse(start.isoformat()))} to {day}, from {len(reports):,} reports",
        level=level,
        quantities=(*totals, *multipliers),
        several=True,
        claims_used=canonical(report.claim for report in reports),
        claims_left_out=tuple(sorted(left_out, key=lambda unused_claim: unused_claim.claim.id)),
        assumptions=(
            "biases are centred on none: if all sources inflate alike, so does the estimate, and nothing shows it",
            "a source bends all days of a loss by one factor",
            "losses of a day change smoothly, with a knot about every fortnight",
            f"{ERRORS[error]}; reports of single days have a wider error of their own",
            "at least and at most are bounds on what the source would have said",
        ),
        priors=(
            "biases: normal by source and side, and within it by harm, with half-normal(1) scales",
            "the logarithm of daily losses: splines with half-normal(1) scales, slopes and starts normal",
        ),
        diagnosed=tuple(sorted(numbers.items())),
        warnings=tuple(warnings),
        seed=seed,
    )


def _loss(subject: Subject) -> Subject:
    """Give what is lost, without the days and without who is said to have done it or how it was counted."""
    return subject.replacing(since=None, until=None, perpetrator=None, basis=None)


def _start(subjects: tuple[Finding, ...]) -> date:
    starts = Counter(
        finding.subject.since.earliest for finding in subjects for _ in finding.claims if finding.subject.since
    )
    if not starts:
        raise EstimateError(
            "the ledger: no claim says from when it counts", Caution.SCOPES_MIXED, "give the start of the war as since"
        )
    return min(starts.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _whole(finding: Finding, start: date) -> bool:
    since = finding.subject.since
    return since is not None and since.earliest == start and bool(finding.positions)


def _reports(subjects: tuple[Finding, ...], start: date) -> tuple[list[_Report], list[UnusedClaim]]:
    reports: dict[tuple[object, ...], _Report] = {}
    left_out: list[UnusedClaim] = []
    corrected = {identity for finding in subjects for claim in finding.claims for identity in claim.replaces}
    for finding in subjects:
        used, reasons = [], {}
        for claim in finding.claims:
            reason = _unfit(finding, claim, start, corrected)
            if reason:
                reasons[claim.id] = reason
                continue
            figure, until = claim.figure, claim.day
            if figure is None or until is None:
                continue
            source = roots_of(finding, claim)
            daily = _daily(claim, start)
            report = _Report(_loss(finding.subject), source, until.latest, daily, figure.low, figure.high, claim)
            key = (report.loss, source, report.day, daily, figure.low, figure.high)
            if key in reports:
                reasons[claim.id] = f"{source} says the same of that day already"
                continue
            reports[key] = report
            used.append(claim)
        left_out += why_left_out(finding, used, reasons)
    return list(reports.values()), left_out


def _unfit(finding: Finding, claim: Claim, start: date, corrected: set[str]) -> str:
    """Say why a claim is no report of a loss, or nothing."""
    since, until, figure = finding.subject.since, claim.day, claim.figure
    narrow = [facet for facet in FACETS if facet not in _KEPT_FACETS and getattr(finding.subject, facet)]
    if claim.stance is not Stance.STATES or figure is None:
        return ""
    if claim.is_estimate:
        return "an estimate of its source, and no count"
    if finding.fates[claim.id] in _ASIDE:
        return str(finding.fates[claim.id])
    if claim.id in corrected:
        return "its source corrected it"
    if narrow:
        return f"a part, by {narrow[0]}"
    if since is None or until is None:
        return "it does not say from when, or up to when, it counts"
    if until.latest < start or (since.earliest not in (start, until.latest)):
        return "it counts neither from the start nor a single day"
    if figure.low == 0 and figure.high is None:
        return "0 or more says nothing"
    return ""


def _daily(claim: Claim, start: date) -> bool:
    since = claim.subject.since
    return since is not None and since.earliest != start


def _check(reports: list[_Report], data: Ledger) -> None:
    sources = {report.source for report in reports}
    if len(sources) < 2:
        raise EstimateError(
            f"the ledger: {len(sources)} independent source reports losses",
            Caution.ONE_SOURCE if sources else Caution.NO_CLAIMS,
            "a bias shows only beside another source: give reports of two or more",
        )
    sides = {source: data.sources.side(source) if source in data.sources else None for source in sources}
    if all(sides[report.source] is not None and sides[report.source] == report.loss.side for report in reports):
        raise EstimateError(
            "the ledger: every side counts its own losses alone, and nobody else counts them",
            Caution.ONE_SIDED,
            "give reports of an opponent or of a third party",
        )


def _arrays(reports: list[_Report], losses: list[Subject], sources: list[str], start: date, last: date) -> Reports:
    """Write reports as arrays; a range is two bounds."""
    sides = sorted({loss.side or "" for loss in losses})
    rows: list[tuple[int, int, int, float, bool, int]] = []
    for report in reports:
        place = (losses.index(report.loss), sources.index(report.source), (report.day - start).days + 1)
        if report.low == report.high:
            rows.append((*place, float(report.low), report.daily, 0))
            continue
        if report.low > 0:
            rows.append((*place, float(report.low), report.daily, 1))
        if report.high is not None:
            rows.append((*place, float(report.high), report.daily, -1))
    table = np.array(rows, dtype=np.float64).T
    loss, source, day, bound = table[[0, 1, 2, 5]].astype(np.intp)
    side = np.array([sides.index(subject.side or "") for subject in losses], dtype=np.intp)
    days = (last - start).days + 1
    return Reports(loss, source, day, table[3], table[4] > 0, bound, side, days, len(sources), len(sides))


def _multipliers(
    drawn: Draws,
    losses: list[Subject],
    sources: list[str],
    names: dict[Subject, str],
    called: dict[str, str],
    ends: tuple[float, ...],
    has_total: list[bool],
) -> list[Quantity]:
    quantities = []
    for (place, slot), which in np.ndenumerate(drawn.source_of):
        if which < 0 or not has_total[place]:
            continue
        sample = np.exp(drawn.bias[:, :, place, slot].ravel())
        name = f"{called[sources[which]]} on {names[losses[place]]}, times"
        quantities.append(Quantity.of(name, Kind.MULTIPLIER, np.quantile(sample, ends), sample.mean(), sample=sample))
    return quantities


def _alone(reports: list[_Report], names: dict[Subject, str], called: dict[str, str]) -> list[CautionNote]:
    """Warn of losses that one source alone reports: their level rests on how it bends other losses."""
    warnings = []
    for loss, name in names.items():
        who = {report.source for report in reports if report.loss == loss}
        if len(who) == 1:
            warnings.append(CautionNote(Caution.ONE_SOURCE, f"{name}: only {called[who.pop()]} reports it"))
    return warnings


def _moved(drawn: Draws, totals: list[Quantity], numbers: dict[str, float]) -> list[CautionNote]:
    """Warn of totals whose median moves by a fifth if biases may be half as wide again, by weighting the draws."""
    log = (drawn.scales**2).sum(2).ravel() / 2 * (1 - 1 / _WIDER**2)
    weight = np.exp(log - log.max())
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    numbers["wider biases: draws that the weighted ones are worth"] = float(round(worth))
    warnings = []
    for quantity in totals:
        if quantity.sample is None or quantity.median is None or worth < _FEW:
            continue
        order = np.argsort(quantity.sample)
        summed = np.cumsum(weight[order])
        median = float(quantity.sample[order][np.searchsorted(summed, summed[-1] / 2)])
        if abs(median - quantity.median) > _FIFTH * quantity.median:
            wider = f"with biases half as wide again the median is {median:,.0f}, not {quantity.median:,.0f}"
            text = f"{quantity.name}: {wider}"
            warnings.append(CautionNote(Caution.PRIOR, text))
    return warnings
