"""The tally of running totals, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

NAME = "cumulative-authoritative"
BEFORE = {"facets": {"until": "2020-09-28"}}


def test_cumulative_authoritative_gap(finding_of: Callable[..., Finding]) -> None:
    """A day without a report is neither 0 nor carried."""
    finding = finding_of(("hospital", 14), as_of="2020-10-02")
    assert finding.resolve(NAME).reason == "not coded: needs a report for 2020-10-02: a gap is not filled"
    assert finding_of(("hospital", 14), as_of="2020-09-30").resolve(NAME).number == 14


def test_cumulative_authoritative_rounded(finding_of: Callable[..., Finding]) -> None:
    """A rounded or open phrase cannot carry a running total, though its source ranks first."""
    resolution = finding_of(("hospital", "about 2,300"), ("paper", 12)).resolve(NAME)
    assert resolution.number == 12
    assert not finding_of(("hospital", Figure.at_least(14))).resolve(NAME).coded


def test_cumulative_authoritative_ranked(finding_of: Callable[..., Finding]) -> None:
    """The health authority stands above another office; who has no rank gives no total."""
    assert finding_of(("hospital", 14), ("state", 20)).resolve(NAME).number == 14
    assert not finding_of(("hospital", 14)).resolve(NAME, ranking=["state"]).coded


def test_cumulative_authoritative_cumulative(finding_of: Callable[..., Finding]) -> None:
    """The running total is written as it was reported; a stock is no running total."""
    resolution = finding_of(("hospital", 14)).resolve(NAME)
    assert (resolution.number, resolution.parts) == (14, ())
    stock = finding_of(("hospital", 14), harm=["missing"]).resolve(NAME)
    assert stock.reason == "not coded: needs a running total, not the count of one day"


def test_cumulative_authoritative_never_falls(finding_of: Callable[..., Finding]) -> None:
    """A total that falls is not coded, unless it is accepted and the earlier days are to be held down."""
    finding = finding_of(("hospital", 20, BEFORE), ("hospital", 14))
    assert finding.resolve(NAME).reason == (
        "not coded: needs a running total that does not fall: the total to 2020-09-28 is 20 and that to 2020-09-30 14"
    )
    accepted = finding.resolve(NAME, falls="accepted")
    assert (accepted.number, accepted.parts) == (14, ())


def test_cumulative_authoritative_daily(finding_of: Callable[..., Finding]) -> None:
    """The number since the last total is what reconciles the two."""
    resolution = finding_of(("hospital", 9, BEFORE), ("hospital", 14)).resolve(NAME)
    assert [str(part) for part in resolution.parts] == ["to 2020-09-28: 9", "since: 5"]


def test_cumulative_authoritative_tie(finding_of: Callable[..., Finding]) -> None:
    """Two sources of one rank with two totals have no winner."""
    assert not finding_of(("paper", 12), ("agency", 14)).resolve(NAME).coded
