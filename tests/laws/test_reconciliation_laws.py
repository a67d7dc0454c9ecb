"""The laws of reconciling, on drawn ledgers with revisions, copies, withdrawals, partial dates, denials and stocks."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from itertools import groupby, product
from math import prod
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import builders

from casualties.model.claim import Claim, Link
from casualties.model.columns import Columns, laid_out
from casualties.model.figure import End, Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.reconciling import view
from casualties.reconciling.confidence import LEVELS, Confidence
from casualties.reconciling.evidence import Evidence, combine
from casualties.reconciling.finding import FindingStatus
from casualties.reconciling.independence import Origin
from casualties.reconciling.support import runs
from casualties.reconciling.view import View
from casualties.results import Finding, reconcile
from casualties.testing import (
    RECONCILIATION_LAWS,
    check_reconciliation_laws,
    dates,
    figures,
    ledgers,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TOP = 8
"""The largest count in a universe small enough to try every case; one more place stands for all above."""

small = figures(max_count=TOP, plain=True)
drawn = ledgers(few_subjects=True, max_claims=8)


NONE_ASSUMED = Ledger(
    [Claim(source="army", subject=Subject(harm=["killed"]), figure=Figure(0, 0, assumed=frozenset({End.LOW})))],
    sources=[Source(key="army")],
)
"""A lower end of 0 is none, also where it is marked as assumed."""


@example(ledger=NONE_ASSUMED, day=PartialDate.parse("2020"), figure=Figure(0, None))
@given(ledger=drawn, day=dates(), figure=figures(max_count=10))
def test_laws(ledger: Ledger, day: PartialDate, figure: Figure) -> None:
    """Every law holds for the reconciliation of any ledger."""
    check_reconciliation_laws(ledger, day, figure)


def early(date: PartialDate | None, day: PartialDate, offset: str) -> bool:
    """Tell whether what carries a date was known by the end of a day, or at a moment."""
    if date is None or day.at is None:
        return date is None or date.latest <= day.latest
    over = datetime.fromisoformat(f"{date.latest}T23:59:59.999999{offset}")
    return (date.at or over) <= day.at


def stripped(ledger: Ledger, day: PartialDate) -> Ledger:
    """Write a ledger as somebody would have on a day, from the rule as the design prints it."""
    written, offset = [], ledger.timezone or "+00:00"
    for claim in ledger:
        printed = [each.report.published for each in claim.citations if each.report and each.report.published]
        dated = [claim.stated] if claim.stated else printed
        if any(early(date, day, offset) for date in dated):
            written.append(
                claim.replacing(
                    citations=[
                        each for each in claim.citations if not each.report or early(each.report.published, day, offset)
                    ],
                    assessments=[each for each in claim.assessments if early(each.graded, day, offset)],
                    based_on=[each for each in claim.based_on if early(each.noted, day, offset)],
                    misrelays=[each for each in claim.misrelays if early(each.noted, day, offset)],
                )
            )
    return ledger.keeping(written)


@given(ledger=drawn, day=dates())
def test_known_on_is_the_ledger_of_that_day(ledger: Ledger, day: PartialDate) -> None:
    """Looking from the knowledge of a day is looking at the ledger as it would have been written then."""
    known, then = reconcile(ledger, known_on=day), reconcile(stripped(ledger, day))
    assert [said(finding) for finding in known] == [said(finding) for finding in then]
    assert [dict(finding.fates) for finding in known] == [dict(finding.fates) for finding in then]


@given(st.lists(figures(max_count=TOP, plain=True), max_size=6))
def test_sweep_is_counting(several: list[Figure]) -> None:
    """The runs of one sweep are those that asking every count, one after the other, gives."""
    asked = [(count, tuple(place for place, each in enumerate(several) if count in each)) for count in range(TOP + 2)]
    counted = []
    for supporters, run in groupby(asked, key=lambda each: each[1]):
        counts = [count for count, _ in run]
        if supporters:
            counted.append((counts[0], None if counts[-1] == TOP + 1 else counts[-1], supporters))
    assert [(run.figure.low, run.figure.high, run.supporters) for run in runs(several)] == counted


def counts(figure: Figure) -> frozenset[int]:
    """Give the counts that a figure allows; the last stands for all above the largest."""
    return frozenset(count for count in range(TOP + 2) if count in figure)


weighed = st.lists(st.tuples(small, st.fractions(0, Fraction(9, 10), max_denominator=10)), max_size=4)


@given(weighed=weighed, asked=small, data=st.data())
def test_dempster_is_trying_every_case(
    weighed: list[tuple[Figure, Fraction]], asked: Figure, data: st.DataObject
) -> None:
    """Belief, plausibility and conflict are those of trying every choice of what to trust, in any order."""
    found = combine(data.draw(st.permutations(weighed)))
    assert found == combine(weighed)
    conflict = believed = plausible = Fraction(0)
    for trusted in product((True, False), repeat=len(weighed)):
        mass = prod(
            (each if yes else 1 - each for yes, (_, each) in zip(trusted, weighed, strict=True)), start=Fraction(1)
        )
        left = frozenset(range(TOP + 2)).intersection(
            *(counts(figure) for yes, (figure, _) in zip(trusted, weighed, strict=True) if yes)
        )
        conflict += mass * (not left)
        believed += mass * (bool(left) and left <= counts(asked))
        plausible += mass * (not left.isdisjoint(counts(asked)))
    assert found.conflict == conflict
    assert found.belief(asked) == believed / (1 - conflict)
    assert found.plausibility(asked) == plausible / (1 - conflict)
    assert sum(mass for _, mass in found.masses) == 1


KILLED = Subject(harm=["killed"], since="2020-09-27")


def says(source: str, count: int, until: str, **more: Any) -> Claim:
    """Make a claim that states a count to a day, on that day."""
    return builders.says(source, count, until, about=KILLED, stated=until, **more)


REPLACED = says("army", 70, "2020-09-28")
STANDING = says("army", 80, "2020-09-30")
SEVERAL = Ledger(
    [
        REPLACED,
        STANDING,
        says("paper", 80, "2020-09-30", based_on=[Link(claim=STANDING.id)]),
        says("un", 90, "2020-10-02"),
        says("ngo", 90, "2020-10-02"),
    ],
    sources=[Source(key=key) for key in ("army", "paper", "un", "ngo")],
)


def on_finding(name: str, answer: Callable[[Finding], object]) -> Callable[[pytest.MonkeyPatch], None]:
    """Let findings answer wrongly."""
    return lambda patch: patch.setattr(Finding, name, property(answer))


def by_file_order(patch: pytest.MonkeyPatch) -> None:
    """Let confidence depend on which claim a file names first."""

    def as_given(claims: Iterable[Claim]) -> Columns:
        given = tuple(claims)
        return laid_out(given)._replace(by_id={claim.id: claim for claim in given})

    patch.setattr("casualties.model.ledger.laid_out", as_given)
    on_finding("confidence", lambda finding: next(iter(finding.view.claims)))(patch)


BROKEN: dict[str, list[Callable[[pytest.MonkeyPatch], None]]] = {
    "every claim has one fate": [
        on_finding("set_aside", lambda _: ()),
        on_finding("fates", lambda _: {}),
    ],
    "the order of claims and declarations changes nothing": [by_file_order],
    "joining a ledger with itself changes nothing": [
        lambda patch: patch.setattr(Ledger, "__or__", lambda self, _: self.keeping(list(self)[1:])),
    ],
    "copies change nothing": [lambda patch: patch.setattr(Origin, "copy", property(lambda _: False))],
    "a new voice never narrows the span": [on_finding("span", lambda finding: Figure.exactly(len(finding.claims)))],
    "a new voice never lowers the status": [
        on_finding("status", lambda finding: FindingStatus.UNREPORTED if len(finding.claims) > 5 else "disputed"),
    ],
    "what more bear out holds what fewer do, and nobody but outliers excludes it": [
        lambda patch: patch.setattr(Finding, "borne_out_by", lambda _, number: Figure.exactly(number)),
        lambda patch: patch.setattr(Finding, "borne_out_by", lambda _, number: Figure.at_least(900 - number)),
        lambda patch: patch.setattr(Finding, "borne_out_by", lambda _, number: Figure.at_most(number)),
    ],
    "a wider figure is never less confident": [
        lambda patch: patch.setattr(
            Finding, "confidence_in", lambda _, figure: Confidence(LEVELS[1 + figure.is_exact], figure, ())
        ),
    ],
    "a common range exists unless two are apart": [
        on_finding("common", lambda _: None),
        on_finding("undisputed", lambda _: Figure.exactly(1)),
    ],
    "floors carry forward while every voice keeps its word": [
        on_finding("common", lambda finding: Figure.at_least(9 if finding.view.as_of else 1)),
    ],
    "what is known later leaves no trace": [
        lambda patch: patch.setattr(view, "as_known", lambda ledger, _: ledger),
    ],
    "no position counts days after the one asked about": [
        lambda patch: patch.setattr(View, "later", lambda _, __: False),
    ],
    "where all are copies somebody has spoken before": [
        lambda patch: (
            on_finding("positions", lambda _: ())(patch),
            on_finding("fates", lambda _: {})(patch),
        )[0],
    ],
    "masses sum to one, and belief is never above plausibility": [
        lambda patch: patch.setattr(
            Finding, "evidence", lambda _: Evidence(((Figure.at_least(0), Fraction(1, 2)),), Fraction(0))
        ),
    ],
}

CASES = [(law, breaks) for law, several in BROKEN.items() for breaks in several]


@pytest.mark.parametrize("law", RECONCILIATION_LAWS)
def test_law_holds_of_several(law: str) -> None:
    """The ledger on which each law is seen to fail below keeps them all."""
    assert RECONCILIATION_LAWS[law](SEVERAL, PartialDate.parse("2020-09-30"), Figure.exactly(85))


def test_laws_hold_beside_a_denial() -> None:
    """A copy of a denial of the occurrence adds no voice either."""
    denial = Claim(source="enemy", subject=KILLED, stance="denies", aspect="occurrence", stated="2020-10-01")
    ledger = SEVERAL | Ledger([denial], sources=[Source(key="enemy")])
    check_reconciliation_laws(ledger, PartialDate.parse("2020-09-30"), Figure.exactly(85))


@pytest.mark.parametrize(("law", "breaks"), CASES, ids=[law for law, _ in CASES])
def test_law_can_fail(law: str, breaks: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each law notices what it is for."""
    breaks(monkeypatch)
    assert not RECONCILIATION_LAWS[law](SEVERAL, PartialDate.parse("2020-09-30"), Figure.exactly(85))


def test_every_law_is_seen_to_fail() -> None:
    """A new law is added to the cases above."""
    assert set(BROKEN) == set(RECONCILIATION_LAWS)


def test_broken_law_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check names the law, and shows the ledger, the day and the figure."""
    monkeypatch.setitem(RECONCILIATION_LAWS, "nobody agrees", lambda _, __, ___: False)
    with pytest.raises(AssertionError, match=r"nobody agrees: not so for <Ledger: 0 claims by 0 sources> on 2020 with"):
        check_reconciliation_laws(Ledger(), PartialDate.parse("2020"), Figure.exactly(1))


def test_last_day_of_all_has_nothing_later() -> None:
    """The law on later knowledge needs a later day."""
    assert RECONCILIATION_LAWS["what is known later leaves no trace"](
        SEVERAL, PartialDate.parse("9999-12-31"), Figure.exactly(1)
    )
