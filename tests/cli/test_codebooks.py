"""Codebooks on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import casualties as cs
from casualties.cli import main
from casualties.codebooks import names

if TYPE_CHECKING:
    from pathlib import Path

SEED = "nagorno-karabakh-2020-09-30"


def test_all_codebooks_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a list every codebook is in the table, which is that of the library."""
    assert main(["codebooks", SEED, "--width", "100"]) == 0
    table = cs.reconcile(cs.seeds.load(SEED)).compare_codebooks()
    assert capsys.readouterr().out == table.to_text(width=100) + "\n"
    assert table.codebooks == names()


def test_codebooks_are_chosen_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """The codebooks named are compared, in the order in which they were named."""
    assert main(["codebooks", SEED, "--codebook", "gtd", "--codebook", "acled", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["codebooks"] == ["gtd", "acled"]


def test_day_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Later counts take no position on the day asked about, nor is anything known before it was said."""
    for option in ("--as-of", "--known-on"):
        assert main(["codebooks", SEED, option, "2020-09-28", "--codebook", "majority", "--format", "markdown"]) == 0
        assert "81" not in capsys.readouterr().out


def test_markdown_and_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A name that a spreadsheet would run is made harmless in rows."""
    text = cs.seeds.path(SEED).read_text(encoding="utf-8").replace("{name: Azerbaijani side}", "{name: '=1+1'}")
    file = tmp_path / "x.yaml"
    file.write_text(text.replace("armenian: {name: Armenian side", "armenian: {name: '=2+2'"), encoding="utf-8")
    assert main(["codebooks", str(file), "--codebook", "gtd", "--format", "csv"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith(
        "subject,harm,side,victim_status,role,place,event,perpetrator,since,until,locator,codebook,coded,"
    )
    assert len(rows) == 6
    assert [row for row in rows if row.startswith(("=", '"='))] == []


def test_unknown_codebook_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no codebook carries is told with those that there are."""
    assert main(["codebooks", SEED, "--codebook", "prio"]) == 2
    assert "ucdp" in capsys.readouterr().err


def test_reconcile_shows_a_codebook_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the table stands what the codebook writes down; as JSON and rows it stands alone."""
    result = cs.reconcile(cs.seeds.load(SEED))
    table = result.compare_codebooks(["ucdp"])
    wanted = {
        "table": f"{result}\n\n{table}\n",
        "markdown": f"{result.to_markdown()}\n\n{table.to_markdown()}\n",
        "json": table.to_json() + "\n",
    }
    for name, text in wanted.items():
        assert main(["reconcile", SEED, "--codebook", "ucdp", "--format", name]) == 0
        assert capsys.readouterr().out == text
    assert main(["reconcile", SEED, "--codebook", "ucdp", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("subject,harm,side,")
