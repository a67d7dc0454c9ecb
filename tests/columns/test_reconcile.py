"""`casualties.reconcile` on whatever holds claims: ledgers, tables and files, over objects or over columns."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
import pytest

import casualties as cs
from casualties.cli import main
from casualties.columns import RESOLVED, Tables, claims_table, tables_of
from casualties.errors import CasualtiesError, LedgerFileError

from .engines import ENGINES, put
from .test_equal_to_objects import content

pytest.importorskip("narwhals", reason="the extra columns is not installed")
pytest.importorskip("pyarrow", reason="the extra columns is not installed")

_TABLE = io.StringIO()
cs.write(cs.seeds.load("nagorno-karabakh-2020-09-30"), _TABLE, format="csv")
LEDGER = cs.read(io.StringIO(_TABLE.getvalue()), format="csv")
"""What a flat table keeps of the seed: claims and who speaks, and no trees or declared words."""

FLAT = claims_table(LEDGER).drop(columns=list(RESOLVED))


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every table be a large one."""
    monkeypatch.setattr("casualties.columns._reconciliation.CROSSOVER", 0)


@pytest.fixture(params=["polars", "duckdb", ""])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let one engine besides pandas be installed, or none."""
    if request.param:
        pytest.importorskip(request.param, reason=f"the extra {request.param} is not installed")
    monkeypatch.setattr("casualties.columns._files.find_spec", lambda name: name == request.param or None)
    return str(request.param)


def expected(**asked: Any) -> dict[str, Any]:
    """Give what the objects say."""
    return content(tables_of(cs.reconcile(LEDGER, **asked)))


def test_ledger_gives_a_reconciliation() -> None:
    """Claims that are objects can be asked why, and the type says so; tables and files give tables."""
    assert isinstance(assert_type(cs.reconcile(LEDGER), cs.Reconciliation), cs.Reconciliation)
    assert isinstance(assert_type(cs.reconcile(FLAT), Tables), Tables)


@pytest.mark.parametrize("engine", ENGINES)
def test_small_table_goes_over_objects(engine: str) -> None:
    """A table of a few rows is reconciled as objects, whatever holds it."""
    result = cs.reconcile(put(FLAT, engine))
    assert result.path == "objects"
    assert content(result) == expected()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.usefixtures("columns")
def test_large_table_has_the_same_values(engine: str) -> None:
    """A table of more rows is reconciled by the same rules, with the same values in the same order."""
    result = cs.reconcile(put(FLAT, engine), as_of="2020-09-30")
    assert content(result) == expected(as_of="2020-09-30")


def test_table_made_from_a_ledger_is_refused() -> None:
    """A table in which trees and links were resolved cannot become its ledger again, however small it is."""
    with pytest.raises(CasualtiesError, match="reconcile the ledger itself"):
        cs.reconcile(claims_table(LEDGER))


def test_lexicon_goes_over_objects() -> None:
    """Words are read anew as objects."""
    assert content(cs.reconcile(FLAT, lexicon="acled")) == expected(lexicon="acled")


def test_table_without_what_is_counted_is_refused() -> None:
    """A table of another kind is refused with the columns that it lacks."""
    with pytest.raises(LedgerFileError, match="there is no column 'harm'"):
        cs.reconcile(pd.DataFrame({"source": ["ministry"], "killed": [3]}))


def test_bare_table_goes_over_objects() -> None:
    """A table with no more than a source, a harm and words is read as objects."""
    result = cs.reconcile(pd.DataFrame({"source": ["ministry"], "harm": ["killed"], "words": ["at least 11"]}))
    assert str(result) == "killed: 11 or more, single source"


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet", "claims.yaml"])
def test_small_file_goes_over_objects(name: str, tmp_path: Path) -> None:
    """A small file is read as a ledger."""
    cs.write(LEDGER, tmp_path / name)
    result = cs.reconcile(tmp_path / name)
    assert result.path == "objects"
    assert content(result) == expected()


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet", "foreign.parquet", "folder"])
@pytest.mark.usefixtures("columns")
@pytest.mark.usefixtures("installed")
def test_large_file_has_the_same_values(name: str, tmp_path: Path) -> None:
    """A large file, or a folder of Parquet files, is read by the fastest engine there is."""
    path = tmp_path / name
    if name == "folder":
        FLAT.assign(year="2020").to_parquet(path, partition_cols=["year"])
    elif name == "foreign.parquet":
        FLAT.to_parquet(path)
    else:
        cs.write(LEDGER, path)
    assert content(cs.reconcile(str(path))) == expected()


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet"])
def test_file_with_trees_is_a_ledger(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside which trees stand is a ledger, and refused where it is too large for one."""
    monkeypatch.setattr("casualties.columns._reconciliation.CROSSOVER", 0)
    seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
    cs.write(seed, tmp_path / name)
    assert content(cs.reconcile(tmp_path / name)) == content(tables_of(cs.reconcile(seed)))
    monkeypatch.setattr("casualties.columns._reconciliation.MOST_OBJECTS", 7)
    with pytest.raises(CasualtiesError, match="more than 7 rows, and beside them trees"):
        cs.reconcile(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("source,harm,dead\na,killed,1\n", "row 1, column 3: unknown column 'dead'"),
        ("source,harm,low\na,killed,1.5\nb,killed,x\n", "column low: '1.5' is no count: 2 rows"),
        ("source,harm,low\n=a,killed,1\n", "column source: '=a' would be run as a formula by a spreadsheet: 1 rows"),
        ("source,harm,low\na,killed\n", "this is not a table"),
    ],
)
@pytest.mark.usefixtures("columns")
def test_large_csv_that_cannot_be_read_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    """What the reader of ledgers refuses of a cell is refused in a large file too."""
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerFileError) as caught:
        cs.reconcile(tmp_path / "claims.csv")
    assert problem in str(caught.value)


def test_large_csv_keeps_protected_texts(columns: None, tmp_path: Path) -> None:
    """An apostrophe that keeps a spreadsheet from running a text is no part of it, and space around it neither."""
    (tmp_path / "claims.csv").write_text(
        "claim_id;source;stance;harm;event;low\n;a;states;killed; '-x ; 3 \n", encoding="utf-8"
    )
    assert str(cs.reconcile(tmp_path / "claims.csv")).startswith("killed, ")


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet"])
def test_file_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    """A file that is not there, or is of another kind, gives an error of ours."""
    with pytest.raises(LedgerFileError):
        cs.reconcile(tmp_path / name)
    (tmp_path / name).write_bytes(b"\x00\x01")
    with pytest.raises(LedgerFileError):
        cs.reconcile(tmp_path / name)


def test_printing_a_reconciliation_shows_the_first_fifty() -> None:
    """Of many findings the first fifty are printed, and the number of the others."""
    claim = next(iter(LEDGER))
    many = cs.Ledger(
        (claim.replacing(subject=claim.subject.replacing(event=f"e{place:03}")) for place in range(60)),
        sources=LEDGER.sources.values(),
    )
    result = cs.reconcile(many)
    assert "… and 10 more findings, not shown." in str(result)
    assert "more findings" not in result.to_text()
    assert isinstance(tables_of(result), Tables)


@pytest.mark.parametrize(("arguments", "begins"), [((), "killed"), (("--format", "csv"), "finding,harm,side,")])
def test_command_line_takes_a_table(
    arguments: tuple[str, ...], begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Parquet file of the published columns is reconciled by the command line, and so is a folder of them."""
    FLAT.assign(event="=1", claim_id="", target="").to_parquet(tmp_path / "claims.parquet")
    assert main(["reconcile", str(tmp_path / "claims.parquet"), *arguments]) == 0
    shown = capsys.readouterr().out
    assert main(["reconcile", str(tmp_path), *arguments]) == 0
    assert capsys.readouterr().out == shown
    assert shown.startswith(begins)
    assert ",'=1," in shown or not arguments


@pytest.mark.parametrize("asked", [("--format", "html"), ("--codebook", "ucdp")])
def test_command_line_refuses_what_tables_do_not_show(
    asked: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table has no pages and no codebooks; the command line says so."""
    FLAT.to_parquet(tmp_path / "claims.parquet")
    assert main(["reconcile", str(tmp_path / "claims.parquet"), *asked]) == 1
    assert f"not shown by {' '.join(asked)}" in capsys.readouterr().err
