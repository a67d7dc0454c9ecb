"""A count of one day lies inside a running count that has reached it, and never inside an earlier day."""

from __future__ import annotations

import io

import pytest

import casualties as cs

HEAD = "casualties: 1\nsources: {army: {name: Army, kind: belligerent}}\nclaims:\n"


def inside(*periods: tuple[str, str]) -> list[list[str]]:
    """Give for each period what it lies inside, by first days; periods are reconciled as counts of the killed."""
    claims = "".join(f"  - {{source: army, killed: 5, since: {since}, until: {until}}}\n" for since, until in periods)
    result = cs.reconcile(cs.read(io.StringIO(HEAD + claims), format="yaml"))
    return [[str(subject.since) for subject in finding.inside] for finding in result]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([("2021-01-05", "2021-01-05"), ("2021-02-06", "2021-02-06")], [[], []]),
        ([("2021-01-05", "2021-03-01"), ("2021-02-06", "2021-02-06")], [[], ["2021-01-05"]]),
        ([("2021-01-05", "2021-02-05"), ("2021-02-06", "2021-02-06")], [[], []]),
        (
            [("2021-01-01", "2021-04-01"), ("2021-02-01", "2021-03-01"), ("2021-02-06", "2021-02-06")],
            [[], ["2021-01-01"], ["2021-02-01"]],
        ),
    ],
)
def test_days_inside_running_counts(periods: list[tuple[str, str]], expected: list[list[str]]) -> None:
    """A subject that begins earlier holds another only where it counts its last day."""
    assert inside(*periods) == expected


def test_undated_counts_are_inside_by_their_facets() -> None:
    """Where nothing dates a count, only the facets tell."""
    claims = "  - {source: army, killed: 5}\n  - {source: army, killed: 3, sex: female}\n"
    result = cs.reconcile(cs.read(io.StringIO(HEAD + claims), format="yaml"))
    assert [len(finding.inside) for finding in result] == [0, 1]
