"""Outputs depend on what was said, never on its order; they hold every claim, and no text in them acts."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

import casualties as cs
from casualties.model.ledger import Ledger
from casualties.show.text import NARROWEST
from casualties.testing import ledgers

_T = TypeVar("_T")


def outputs(ledger: Ledger) -> list[str]:
    """Give everything that can be written of a ledger."""
    result = cs.reconcile(ledger)
    frames = [result.to_frame(), result.positions_frame(), result.claims_frame()]
    return [
        str(result),
        result.to_text(width=NARROWEST, color=True, limit=3),
        result.to_markdown(),
        result.to_json(),
        *(frame.to_csv() for frame in frames),
        *map(str, result),
    ]


@given(ledgers(), st.randoms(use_true_random=False))
def test_order_of_claims_changes_no_byte(ledger: Ledger, chance: random.Random) -> None:
    """Claims, sources, words and reports in any order give the same bytes."""

    def shuffled(members: Iterable[_T]) -> list[_T]:
        found = list(members)
        chance.shuffle(found)
        return found

    moved = {
        "sources": shuffled(ledger.sources.values()),
        "terms": shuffled(ledger.words),
        "reports": shuffled(ledger.reports),
        "identifications": shuffled(ledger.identifications),
        "unread": shuffled(ledger.unread),
    }
    again = Ledger(shuffled(ledger), **{**ledger.declared, **moved})
    assert outputs(again) == outputs(ledger)


def test_seed_of_hashes_changes_no_byte() -> None:
    """Two processes with other hashes write the same bytes of every ledger that ships."""
    code = """
import json, sys, casualties as cs
told = {}
for name in cs.seeds.names():
    result = cs.reconcile(cs.seeds.load(name))
    frames = [result.to_frame(), result.positions_frame(), result.claims_frame()]
    told[name] = [str(result), result.to_markdown(), result.to_json(), *(frame.to_csv() for frame in frames)]
json.dump(told, sys.stdout)
"""
    one, other = (
        json.loads(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
            ).stdout
        )
        for seed in ("0", "12345")
    )
    assert list(one) == list(other) == list(cs.seeds.names())
    assert [name for name in one if one[name] != other[name]] == []
    assert min(len("".join(texts)) for texts in one.values()) > 1000


@given(ledgers())
def test_no_claim_is_missing_from_any_output(ledger: Ledger) -> None:
    """Every claim is a numbered row of the table, an object of the JSON and a row of the claims frame."""
    result = cs.reconcile(ledger)
    identities = sorted(claim.id for claim in ledger)
    numbers = [int(found) for found in re.findall(r"^ {1,3}(\d+) ", _rows(result.to_text(width=400)), re.MULTILINE)]
    assert numbers == list(range(1, len(ledger) + 1))
    read = json.loads(result.to_json())
    assert sorted(claim["id"] for finding in read["findings"] for claim in finding["claims"]) == identities
    assert sorted(set(result.claims_frame()["claim"])) == identities


def _rows(text: str) -> str:
    """Keep the lines between the rules, without notes."""
    kept, inside = [], False
    for line in text.splitlines():
        if line.startswith("----"):
            inside = not inside
        elif inside and not line.startswith("    inside"):
            kept.append(line)
    return "\n".join(kept)


@given(ledgers(), st.sampled_from([NARROWEST, 80, 133]))
def test_text_is_inert_and_within_its_width(ledger: Ledger, width: int) -> None:
    """No character of a ledger acts on a terminal, and no line is wider than asked."""
    result = cs.reconcile(ledger)
    lines = result.to_text(width=width).split("\n")
    for line in [*lines, *result.to_markdown().split("\n"), *result.to_json().split("\n")]:
        acting = [each for each in line if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")]
        assert set(acting) <= set("\u200c\u200d"), acting
    wide = [sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line) for line in lines]
    marks = [sum(unicodedata.category(each) in ("Mn", "Me", "Cf") for each in line) for line in lines]
    assert max((size - less for size, less in zip(wide, marks, strict=True)), default=0) <= width


@given(ledgers())
def test_rows_of_markdown_have_five_cells(ledger: Ledger) -> None:
    """Nothing in a ledger breaks a row of Markdown or begins a tag."""
    for line in cs.reconcile(ledger).to_markdown().split("\n"):
        plain = re.sub(r"\\.", "", line)
        assert not re.search(r"[<>\[\]`]", plain), line
        if line.startswith("|"):
            assert plain.count("|") == 6, line
