"""What holds of every reconciliation, whatever a ledger says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from casualties.model.claim import Aspect, Claim, Link, Stance
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Source
from casualties.reconciling.confidence import LEVELS
from casualties.reconciling.pairs import Dispute
from casualties.reconciling.position import Fate
from casualties.results import reconcile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casualties.results import Finding, Reconciliation

__all__ = ["RECONCILIATION_LAWS", "check_reconciliation_laws", "said"]

_ORDER: Final = ("unreported", "estimate only", "single source", "compatible", "corroborated", "disputed")


def said(finding: Finding) -> dict[str, Any]:
    """Give all that a finding says of its subject, to set two findings side by side.

    What belongs to the ledger and not to the answer is left out: the claims that are set aside, and their fates.

    Examples:
        >>> import casualties as cs
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> here, there = (cs.reconcile(each).one(status="civilian") for each in (ledger, ledger | ledger))
        >>> said(here) == said(there)
        True
    """
    names = (
        *(
            "subject",
            "as_of",
            "positions",
            "independent_sources",
            "disputes",
            "near",
            "overtaken",
            "apart_by_assumed_end",
            "divided",
        ),
        *("status", "common", "undisputed", "span", "support", "witnesses", "denials", "silences", "flags"),
        *("outliers", "estimates", "outside", "blamed", "confidence"),
    )
    return {**{name: getattr(finding, name) for name in names}, "evidence": finding.evidence()}


def _all_said(result: Reconciliation) -> list[object]:
    return [(said(finding), dict(finding.fates), dict(finding.copies), finding.scopes) for finding in result]


def _views(ledger: Ledger, day: PartialDate) -> Iterator[Reconciliation]:
    yield reconcile(ledger)
    yield reconcile(ledger, as_of=day)
    yield reconcile(ledger, known_on=day)


def _findings(ledger: Ledger, day: PartialDate) -> Iterator[Finding]:
    return (finding for view in _views(ledger, day) for finding in view)


def _adding(ledger: Ledger, claims: Iterable[Claim]) -> Ledger:
    added = list(claims)
    return ledger | Ledger(added, sources=[Source(key=claim.source) for claim in added])


def _conserves(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    return all(
        sorted(claim.id for finding in view for claim in finding.claims) == sorted(claim.id for claim in view.ledger)
        and all(
            set(finding.fates) == {claim.id for claim in finding.claims}
            and {claim for claim in finding.claims if finding.fates[claim.id] is not Fate.STANDS}
            == set(finding.set_aside)
            for finding in view
        )
        for view in _views(ledger, day)
    )


def _keeps_order(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    declared = {name: list(reversed(list(values))) for name, values in _lists(ledger).items()}
    turned = Ledger(sorted(ledger, key=lambda claim: claim.id, reverse=True), **declared)
    return all(
        _all_said(one) == _all_said(other) for one, other in zip(_views(ledger, day), _views(turned, day), strict=True)
    )


def _lists(ledger: Ledger) -> dict[str, Iterable[Any]]:
    return {**ledger.declared, "sources": ledger.sources.values()}


def _is_idempotent(ledger: Ledger, _: PartialDate, _figure: Figure) -> bool:
    return _all_said(reconcile(ledger)) == _all_said(reconcile(ledger | ledger))


def _copies(ledger: Ledger, figure: Figure) -> Iterator[Claim]:
    """Copy every figure and every denial, once as it is and once with another figure."""
    for claim in ledger:
        fields = {"subject": claim.subject, "stated": claim.known, "based_on": [Link(claim=claim.id)]}
        if claim.figure is not None:
            yield Claim(source="first copyist", figure=claim.figure, **fields)
            yield Claim(source="second copyist", figure=figure, **fields)
        elif claim.aspect is Aspect.OCCURRENCE:
            yield Claim(source="first copyist", stance=Stance.DENIES, aspect=Aspect.OCCURRENCE, **fields)


def _hears_no_copies(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    copied = _adding(ledger, _copies(ledger, figure))
    return all(
        said(before) == said(after)
        for asked in (None, day)
        for before, after in zip(reconcile(ledger, as_of=asked), reconcile(copied, as_of=asked), strict=True)
    )


def _with_a_new_voice(ledger: Ledger, day: PartialDate, figure: Figure) -> Iterator[tuple[Finding, Finding]]:
    """Let one more source speak on every subject, once with a figure and once with a denial, linked to nobody."""
    before = reconcile(ledger)
    acts: list[dict[str, Any]] = [{"figure": figure}, {"stance": Stance.DENIES, "aspect": Aspect.OCCURRENCE}]
    for act in acts:
        spoken = [Claim(source="new voice", subject=finding.subject, stated=day, **act) for finding in before]
        yield from zip(before, reconcile(_adding(ledger, spoken)), strict=True)


def _widens(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    return all(
        before.span is None or (after.span is not None and before.span.inside(after.span))
        for before, after in _with_a_new_voice(ledger, day, figure)
    )


def _never_lowers(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    """On one last day, a new source that overtakes nobody removes no dispute and never lowers the status."""
    for before, after in _with_a_new_voice(ledger, day, figure):
        if before.as_of != after.as_of or _new(after.overtaken):
            continue
        if _ORDER.index(before.status) > _ORDER.index(after.status):
            return False
        if not {_sides(pair) for pair in before.disputes} <= {_sides(pair) for pair in after.disputes}:
            return False
    return True


def _new(pairs: Iterable[Dispute]) -> bool:
    return any("new voice" in (*pair.lower.sources, *pair.upper.sources) for pair in pairs)


def _sides(pair: Dispute) -> tuple[object, ...]:
    return (pair.lower.roots, pair.upper.roots, pair.lower_figure, pair.upper_figure, pair.gap)


def _widens_as_more_are_asked(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    """Borne out by k lies in borne out by k + 1, its ends lie in the span, and nobody but outliers excludes it."""
    for finding in _findings(ledger, day):
        ranges = [finding.borne_out_by(number) for number in range(1, len(finding.independent_sources) + 2)]
        for narrow, wide in pairwise(ranges):
            if wide is not None and (narrow is None or not narrow.inside(wide)):
                return False
        for figure in ranges:
            if figure is None:
                continue
            if any(not voice.on_day.overlaps(figure) for voice in finding.independent_sources if not voice.outlier):
                return False
            if finding.span is None or not _ends_inside(figure, finding.span):
                return False
    return True


def _ends_inside(figure: Figure, span: Figure) -> bool:
    """Tell whether the ends of a figure that say something lie in a span."""
    ends = [figure.low] * (figure.low > 0) + ([] if figure.high is None else [figure.high])
    return all(end in span for end in ends)


def _is_surer_of_less(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    """A wider figure is never less confident."""
    for finding in _findings(ledger, day):
        asked = [
            asked_figure
            for asked_figure in (figure, finding.undisputed, finding.common, finding.span)
            if asked_figure is not None
        ]
        for narrow in asked:
            for wide in asked:
                if narrow.inside(wide) and (wide.low or wide.high is not None):
                    levels = [
                        LEVELS.index(finding.confidence_in(asked_figure).level) for asked_figure in (narrow, wide)
                    ]
                    if levels[0] > levels[1]:
                        return False
    return True


def _obeys_helly(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    """A common range exists unless two are apart on the finding's day, or nobody states a count."""
    for finding in _findings(ledger, day):
        stating = any(not voice.denies for voice in finding.independent_sources)
        pairs = (*finding.disputes, *finding.near, *finding.apart_by_assumed_end)
        if (finding.common is None) == (stating and not any(pair.of_day for pair in pairs)):
            return False
        if finding.common is not None and finding.undisputed not in (finding.common, None):
            return False
    return True


def _carries(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    return all(
        before.view.is_stock(before.subject)
        or not _words(before) <= _words(after)
        or not _in_order(before.as_of, after.as_of)
        or before.common is None
        or after.common is None
        or before.common.low <= after.common.low
        for before, after in zip(reconcile(ledger, as_of=day), reconcile(ledger), strict=True)
    )


def _words(finding: Finding) -> set[object]:
    """Give what every independent source says, apart from the day for which it is asked."""
    return {(voice.roots, voice.figure, voice.until) for voice in finding.independent_sources}


def _in_order(earlier: PartialDate | None, other: PartialDate | None) -> bool:
    """Tell whether two days are one, or the first surely comes first; what nobody dates is carried nowhere."""
    return earlier is not None and other is not None and (earlier == other or earlier.latest <= other.earliest)


def _looks_not_ahead(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    if day.latest == date.max:
        return True
    tomorrow = PartialDate.day(day.latest + timedelta(days=1))
    known = reconcile(ledger, known_on=day)
    later = [Claim(source=claim.source, subject=claim.subject, figure=figure, stated=tomorrow) for claim in ledger]
    withdrawn = [
        Claim(source=claim.source, subject=claim.subject, stance=Stance.WITHDRAWS, target=claim.id, stated=tomorrow)
        for claim in ledger
    ]
    copied = [
        claim.replacing(based_on=[Link(claim=identified.id, noted=tomorrow)])
        for claim, identified in zip(ledger, later, strict=True)
    ]
    return _all_said(known) == _all_said(reconcile(_adding(ledger, (*later, *withdrawn, *copied)), known_on=day))


def _asks_one_day(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    return all(
        position.until is None or position.until.latest <= day.latest
        for finding in reconcile(ledger, as_of=day)
        for position in finding.positions
    )


def _somebody_speaks(ledger: Ledger, day: PartialDate, _: Figure) -> bool:
    """Copies may be set aside only where somebody else has spoken, be it an estimate, or only to withdraw it."""
    spoken = {Fate.WITHDRAWN, Fate.REPLACED, Fate.MISRELAYED, Fate.PROJECTED, Fate.UNDATED}
    return all(
        bool(finding.positions or finding.estimates) or not finding.copies or bool(spoken & set(finding.fates.values()))
        for finding in _findings(ledger, day)
    )


def _weighs(ledger: Ledger, day: PartialDate, figure: Figure) -> bool:
    weighings = (finding.evidence() for finding in _findings(ledger, day))
    return all(
        evidence is None
        or (
            sum(mass for _, mass in evidence.masses) == 1
            and 0 <= evidence.conflict < 1
            and 0 <= evidence.belief(figure) <= evidence.plausibility(figure) <= 1
        )
        for evidence in weighings
    )


RECONCILIATION_LAWS: Final[dict[str, Callable[[Ledger, PartialDate, Figure], bool]]] = {
    "every claim has one fate": _conserves,
    "the order of claims and declarations changes nothing": _keeps_order,
    "joining a ledger with itself changes nothing": _is_idempotent,
    "copies change nothing": _hears_no_copies,
    "a new voice never narrows the span": _widens,
    "a new voice never lowers the status": _never_lowers,
    "what more bear out holds what fewer do, and nobody but outliers excludes it": _widens_as_more_are_asked,
    "a wider figure is never less confident": _is_surer_of_less,
    "a common range exists unless two are apart": _obeys_helly,
    "floors carry forward while every voice keeps its word": _carries,
    "what is known later leaves no trace": _looks_not_ahead,
    "no position counts days after the one asked about": _asks_one_day,
    "where all are copies somebody has spoken before": _somebody_speaks,
    "masses sum to one, and belief is never above plausibility": _weighs,
}
"""What holds of the reconciliation of any ledger, for any day and any figure, by the name of the law."""


def check_reconciliation_laws(ledger: Ledger, day: PartialDate, figure: Figure) -> None:
    """Check every law of reconciling on a ledger, such as one that a reader of your own gives.

    Args:
        ledger: A ledger; sources named ``new voice``, ``first copyist`` and ``second copyist`` are added to it.
        day: A day to ask about, and from whose knowledge to look.
        figure: What one more voice, or a careless copyist, says.

    Raises:
        AssertionError: If a law is broken, with its name and the ledger.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.period import PartialDate
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> check_reconciliation_laws(ledger, PartialDate.parse("2020-09-30"), cs.Figure(2, 25))
    """
    for name, holds in RECONCILIATION_LAWS.items():
        if not holds(ledger, day, figure):
            raise AssertionError(f"{name}: not so for {ledger!r} on {day} with {figure!r}")
