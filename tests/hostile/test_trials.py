"""Five hundred of the trials that `python -m tests.hostile` makes by the thousand, each by its number."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.hostile.trial import KINDS, attempt, kind_of

pytest.importorskip("pyarrow", reason="the extra columns is not installed")
for _needed in ("openpyxl", "pyarrow", "prov", "rdflib"):
    pytest.importorskip(_needed, reason="the extras are not installed")

BLOCKS, TRIALS = 10, 50


@pytest.mark.parametrize("block", range(BLOCKS))
def test_trials_end_well(block: int, tmp_path: Path) -> None:
    """No foreign error, no more than two seconds, nothing lost without a word, no ledger that cannot be kept."""
    faults = {}
    ends: Counter[bool] = Counter()
    for number in range(block * TRIALS, (block + 1) * TRIALS):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = attempt(number, folder)
        ends[found.end in ("read", "status 0", "status 3")] += 1
        if found.faults:
            faults[number, found.kind] = found.faults
    assert faults == {}
    assert min(ends.values()) > 0
    assert len(ends) == 2, "everything is read, or nothing is: the files are not spoilt, or too much so"


def test_every_kind_is_tried() -> None:
    """Among five hundred trials every kind comes up more than once."""
    counts = Counter(map(kind_of, range(BLOCKS * TRIALS)))
    assert counts.keys() == KINDS.keys()
    assert min(counts.values()) > 1
