"""The laws of estimates: order, copies and seeds; and that no number of theirs is taken for a count."""

from __future__ import annotations

import pickle
import subprocess
import sys
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.errors import EstimateError
from casualties.estimates import Estimate, Overlaps
from casualties.model.claim import Claim, Link
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.testing import ledgers

counts = st.integers(0, 400)
ranges = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=2, max_size=5)


def pooled(pairs: list[tuple[int, int]], *, turned: bool = False, copied: bool = False) -> Estimate:
    """Pool ranges; in the other order, or with a newspaper that repeats the first."""
    subject = Subject(harm=["killed"])
    claims = [
        Claim(source=f"s{place}", subject=subject, figure=Figure.between(low, low + width), stated="2020")
        for place, (low, width) in enumerate(pairs)
    ]
    if copied:
        first = claims[0]
        claims.append(first.replacing(source="paper", based_on=[Link(claim=first.id)]))
    sources = [Source(key=f"s{place}") for place in range(len(pairs))] + [Source(key="paper")]
    return cs.estimate(Ledger(claims[::-1] if turned else claims, sources=sources), method="pool")


@given(pairs=ranges)
def test_the_order_of_claims_changes_nothing(pairs: list[tuple[int, int]]) -> None:
    """The same claims in another order give the same estimate, in every number, word and draw."""
    one, other = pooled(pairs), pooled(pairs, turned=True)
    assert one == other
    assert str(one) == str(other)
    assert one.draws().tobytes() == other.draws().tobytes()


@given(pairs=ranges)
def test_copies_change_nothing(pairs: list[tuple[int, int]]) -> None:
    """A newspaper that repeats a source adds no range; its claim is listed as left out."""
    one, other = pooled(pairs), pooled(pairs, copied=True)
    assert [(each.low, each.median, each.high) for each in one.quantities] == [
        (each.low, each.median, each.high) for each in other.quantities
    ]
    assert one.draws().tobytes() == other.draws().tobytes()
    assert len(other.claims_left_out) == len(one.claims_left_out) + 1


@given(pairs=ranges)
def test_an_interval_holds_the_median_and_draws_hold_both(pairs: list[tuple[int, int]]) -> None:
    """Low, median and high are in order, and the draws are of the same distribution."""
    found = pooled(pairs)
    ends = (found.low, found.median, found.high)
    assert None not in ends
    assert list(ends) == sorted(map(float, filter(None, ends)))
    below = np.mean(found.draws() < float(found.median or 0))
    assert 0.4 < below < 0.6


@given(ledger=ledgers(max_claims=8))
def test_every_claim_is_used_or_left_out_once(ledger: Ledger) -> None:
    """No claim is lost on the way to an estimate."""
    try:
        found = cs.estimate(ledger, method="ucdp-reporting-error")
    except EstimateError:
        return
    told = [claim.id for claim in found.claims_used] + [each.claim.id for each in found.claims_left_out]
    assert sorted(told) == sorted(claim.id for claim in ledger)


@settings(max_examples=10)
@given(three=st.lists(counts, min_size=7, max_size=7).filter(lambda each: each[2] and each[4] and each[5]))
def test_the_order_of_lists_changes_nothing(three: list[int]) -> None:
    """Lists under other names, in whatever order, have the same total."""
    models = ["decomposable-graphs", "log-linear", "lower-bound"]
    seen = []
    for names in permutations("abc"):
        cells = {
            tuple(name for place, name in enumerate(names) if pattern >> place & 1): count
            for pattern, count in enumerate(three, start=1)
        }
        found = cs.estimate(Overlaps.of(cells), method="overlapping-lists", models=models)
        seen.append([each.median for each in found.quantities if each.name in models])
    for other in seen[1:]:
        assert other == pytest.approx(seen[0], rel=1e-6, abs=1)


def test_estimates_pickle_and_compare_by_content() -> None:
    """An estimate that went to another process is the same estimate, with its draws."""
    found = pooled([(10, 20), (30, 5)])
    back = pickle.loads(pickle.dumps(found))
    assert back == found
    assert hash(back) == hash(found)
    assert back.draws().tobytes() == found.draws().tobytes()


def test_a_seed_gives_the_same_bytes_in_another_process() -> None:
    """What one interpreter draws, another draws again."""
    code = (
        "import casualties as cs, hashlib\n"
        "from casualties.estimates import Overlaps\n"
        "lists = Overlaps.of({('a',): 40, ('b',): 50, ('c',): 60, ('a', 'b'): 13, ('a', 'c'): 11, ('b', 'c'): 9})\n"
        "models = ['decomposable-graphs', 'log-linear', 'lower-bound']\n"
        "found = cs.estimate(lists, method='overlapping-lists', models=models, seed=7)\n"
        "print(hashlib.sha256(str(found).encode() + found.draws().round(6).tobytes()).hexdigest())\n"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    assert runs != {""}


def test_an_estimate_is_no_figure() -> None:
    """It has no meet, is no figure, and is headed as an estimate wherever it is shown."""
    found = pooled([(10, 20), (30, 5)])
    assert not isinstance(found, Figure)
    with pytest.raises(TypeError):
        _ = found & Figure.exactly(3)  # type: ignore[operator]
    assert str(found).startswith("Estimate, no count")
    assert "Estimate, no count" in found.to_svg()
    assert set(found.to_frame()["standing"]) == {"estimate"}
