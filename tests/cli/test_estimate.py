"""The command that estimates: tables, pictures and refusals."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from casualties.cli import main
from casualties.cli._command import BAD_INPUT, DONE, WRONG_USAGE

SEED = "nagorno-karabakh-2020-09-30"
CODED = ("estimate", SEED, "--method", "ucdp-reporting-error", "--about", "status=civilian")


def test_a_table_is_headed_as_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer says what it is before it says a number, and shows the count beside it."""
    assert main([*CODED, "--option", "violence=state-based"]) == DONE
    shown = capsys.readouterr().out
    assert shown.startswith("Estimate, no count: ucdp-reporting-error")
    assert "count by Azerbaijan: 11 or more" in shown


def test_rows_and_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    """As rows of CSV, each says that it is an estimate; as a picture it is one SVG."""
    assert main([*CODED, "--format", "csv"]) == DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["standing"] for row in rows] == ["estimate"]
    assert main([*CODED, "--format", "svg"]) == DONE
    assert capsys.readouterr().out.startswith("<svg")


def test_a_table_of_overlaps_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table with a mark for each list and a count needs no ledger; options are read as the method has them."""
    table = tmp_path / "lists.csv"
    table.write_text("a,b,count\n1,0,30\n0,1,20\n1,1,10\n", encoding="utf-8")
    asked = ["estimate", str(table), "--method", "overlapping-lists"]
    assert main([*asked, "--option", "independent_ok=yes", "--option", "delta=0.5"]) == DONE
    assert "two-lists" in capsys.readouterr().out
    assert main([*asked, "--option", "independent_ok=yes", "--option", "gamma=13,55", "--seed", "2"]) == DONE
    assert main(["estimate", SEED, "--method", "pool", "--option", "rule=loud"]) == BAD_INPUT
    other = tmp_path / "claims.csv"
    other.write_text("source,harm\n", encoding="utf-8")
    assert main(["estimate", str(other), "--method", "overlapping-lists"]) == BAD_INPUT
    capsys.readouterr()
    assert main(asked) == BAD_INPUT
    assert "two lists cannot show" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["independent_ok=perhaps", "classes=many", "delta=little", "models"])
def test_options_that_cannot_be_read_are_wrong_usage(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An option of another kind, or without a value, is told."""
    try:
        status = main(["estimate", SEED, "--method", "overlapping-lists", "--option", option])
    except SystemExit as stopped:
        status = int(str(stopped.code))
    assert status == WRONG_USAGE
    assert option.partition("=")[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--method", "pool", "--about", "role=mercenary"], "the upper end is open"),
        (["--method", "overlapping-lists"], "none of its claims is on an event"),
        (["--method", "pool", "--option", "loud=1"], "option 'loud': pool has none of this name"),
        (
            ["--method", "pool", "--option", "ranges_hold=0.8", "--about", "status=civilian"],
            "Azerbaijan says 11 or more",
        ),
    ],
)
def test_refusals_are_bad_input(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a method refuses is told with the next step, and ends with the status of bad input."""
    assert main(["estimate", SEED, *arguments]) == BAD_INPUT
    assert told in capsys.readouterr().err
