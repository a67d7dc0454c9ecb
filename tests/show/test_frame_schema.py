"""One schema of all frames: the page that documents it is what the frames have, and a name means one thing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import casualties as cs

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "frames.md"
SEED = "nagorno-karabakh-2020-09-30"
KEYS = ("harm", "side", "victim_status", "place", "event", "since", "until")


def frames() -> dict[str, pd.DataFrame]:
    """Build one of each frame."""
    result = cs.reconcile(cs.seeds.load(SEED))
    mapping = {"name": "a", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
    reading = cs.read_table([{"dead": "x"}], mapping)
    return {
        "result.to_frame()": result.to_frame(),
        "result.positions_frame()": result.positions_frame(),
        "result.claims_frame()": result.claims_frame(),
        "result.compare_codebooks().to_frame()": result.compare_codebooks(["ucdp"]).to_frame(),
        'bounds.totals(by=["month", "side"])': cs.bounds(result.ledger).totals(by=["month", "side"]),
        "reading.quarantine_frame()": reading.quarantine_frame(),
        "reading.broken_frame()": reading.broken_frame(),
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
