"""One schema of all frames: the page that documents it is what the frames have, and a name means one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd
import pytest
from hypothesis import given

import casualties as cs
from casualties.errors import LedgerFileError, UnknownNameError
from casualties.testing import ledgers

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "frames.md"
SEED = "nagorno-karabakh-2020-09-30"
KEYS = ("harm", "side", "victim_status", "place", "event", "since", "until")


def frames() -> dict[str, pd.DataFrame]:
    """Build one of each frame."""
    result = cs.reconcile(cs.seeds.load(SEED))
    mapping = {"name": "a", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
    reading = cs.read_table([{"dead": "x"}], mapping)
    lists = cs.estimates.Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
    estimate = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
    return {
        "result.to_frame()": result.to_frame(),
        "result.positions_frame()": result.positions_frame(),
        "result.claims_frame()": result.claims_frame(),
        "result.compare_codebooks().to_frame()": result.compare_codebooks(["ucdp"]).to_frame(),
        'bounds.totals(by=["month", "side"])': cs.bounds(result.ledger).totals(by=["month", "side"]),
        "reading.quarantine_frame()": reading.quarantine_frame(),
        "reading.broken_frame()": reading.broken_frame(),
        "estimate.to_frame()": estimate.to_frame(),
        "estimate.claims_frame()": estimate.claims_frame(),
        "result.to_frame(words=False)": result.to_frame(words=False),
        "result.attribution_frame()": result.attribution_frame(),
        "result.support_frame()": result.support_frame(),
    }


def kind(column: pd.Series) -> str:
    """Give the type of a column as the page has it: text is text, whatever holds it."""
    name = str(column.dtype)
    return "text" if name in ("str", "string", "object") else name


def schema() -> str:
    """Write the tables of the page."""
    parts = []
    for call, frame in frames().items():
        lines = [f"| `{name}` | {kind(frame[name])} |" for name in frame.columns]
        parts.append("\n".join([f"## `{call}`", "", "| column | type |", "|---|---|", *lines]))
    return "\n\n".join(parts) + "\n"


def test_page_is_the_schema_of_the_frames() -> None:
    """Names and types stand on the page as the frames have them; a change there is a change for everybody."""
    assert PAGE.read_text(encoding="utf-8").partition("\n## ")[2] == schema().removeprefix("## ")


@pytest.mark.parametrize("name", KEYS)
def test_keys_mean_the_same_in_all_frames(name: str) -> None:
    """Frames of findings, positions, claims and codebooks can be joined by what they are about."""
    calls = [call for call, frame in frames().items() if name in frame.columns]
    assert len(calls) >= 4
    assert {kind(frames()[call][name]) for call in calls} == {"text"}


def test_findings_and_codebooks_join() -> None:
    """What a codebook writes down stands beside the finding that it codes."""
    result = cs.reconcile(cs.seeds.load(SEED))
    found, coded = result.to_frame(), result.compare_codebooks(["ucdp"]).to_frame()
    joined = found.merge(coded, on=["harm", "side", "victim_status", "role", "since", "until"], how="inner")
    assert len(joined) == len(found) == 5


def test_a_name_has_one_type_in_all_frames() -> None:
    """What is a count in one frame is no text in another: a name means one thing."""
    kinds: dict[str, set[str]] = {}
    for frame in frames().values():
        for name in map(str, frame.columns):
            kinds.setdefault(name, set()).add(kind(frame[name]))
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("seed", cs.seeds.names())
def test_frames_of_claims_are_read_back(seed: str, library: Literal["pandas", "polars"]) -> None:
    """Frames of pandas and polars are taken as they were given: every claim has its identity again."""
    ledger = cs.seeds.load(seed)
    again = cs.read(cs.reconcile(ledger).claims_frame(library))
    assert {claim.id for claim in again} == {claim.id for claim in ledger}


@given(ledgers())
def test_any_frame_of_claims_is_read_back(ledger: cs.Ledger) -> None:
    """Silences, denials, estimates and claims that are cited nowhere come back as they were."""
    result = cs.reconcile(ledger)
    held = {claim.id for finding in result for claim in finding.claims}
    assert {claim.id for claim in cs.read(result.claims_frame("polars"))} == held


def test_frame_of_findings_is_no_frame_of_claims() -> None:
    """What it lacks is named, with what to give."""
    frame = cs.reconcile(cs.seeds.load(SEED)).to_frame()
    with pytest.raises(LedgerFileError, match="it lacks 'claim', 'source', 'stance', 'low', 'high'"):
        cs.read(frame)


def test_frames_of_other_libraries_are_refused() -> None:
    """A library that is not known is named with those that are."""
    with pytest.raises(UnknownNameError, match="library 'arrow': no frames of it are given"):
        cs.reconcile(cs.seeds.load(SEED)).to_frame("arrow")  # type: ignore[call-overload]


def test_columns_of_the_publisher_stay_with_the_claims() -> None:
    """Ids and coordinates that a mapping keeps are columns of every frame about claims, as text under their names."""
    rows = [
        {"id": "G7", "lat": "40.1", "dead": 3, "town": "Aram"},
        {"id": "G8", "lat": "40.2", "dead": 4, "town": "Aram"},
        {"id": "", "lat": None, "dead": 5, "town": "Beth"},
    ]
    mapping = {
        "name": "ged",
        "source": "us",
        "claims": [{"harm": "killed", "count": "dead", "place": "{town}", "keep": ["id", "lat"]}],
    }
    ledger = cs.read_table(rows, mapping).ledger
    result = cs.reconcile(ledger)
    found = result.claims_frame()
    assert dict(zip(found["low"], found["extra_id"].fillna("-"), strict=True)) == {3.0: "G7", 4.0: "G8", 5.0: "-"}
    assert list(result.to_frame()["extra_lat"].fillna("-")) == ["40.1; 40.2", "-"]
    assert list(result.to_frame()["locator"]) == ["row 1; row 2", "row 3"]
    assert "extra_id" in result.positions_frame()
    assert "extra_id" in result.compare_codebooks(["ucdp"]).to_frame()
    assert [claim.extra for claim in cs.read(found)] == [claim.extra for claim in ledger]


def test_frames_can_be_given_back() -> None:
    """A frame of claims is a table like any other: an open end is understood as one."""
    frame = cs.reconcile(cs.seeds.load(SEED)).claims_frame()
    stating = frame[frame["stance"] == "states"]
    claim = {
        "harm": "{harm}",
        "low": "low",
        "high": "high",
        "side": "{side}",
        "place": {"from": "{place}", "absent": ""},
    }
    reading = cs.read_table(stating, {"name": "again", "source": "{source}", "claims": [claim]})
    assert sorted(str(each.figure) for each in reading.ledger) == [
        "1",
        "11 or more",
        "2 or more",
        "81 or more",
        "up to 25",
    ]
