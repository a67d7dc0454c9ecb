"""`casualties.reconcile` on whatever holds claims: ledgers, tables and files, over objects or over columns."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
import pytest

import casualties as cs
from casualties.cli import main
from casualties.columns import FINDINGS, RESOLVED, claims_table, reconcile_table
from casualties.errors import CasualtiesError, LedgerFileError

from .engines import ENGINES, put
from .test_equal_to_objects import content

pytest.importorskip("pyarrow", reason="the extra columns is not installed")
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
    return content(cs.reconcile(LEDGER, **asked))


@pytest.mark.parametrize("held", ["ledger", "claims", "frame", "file", "folder", "mapped"])
@pytest.mark.parametrize("large", [False, True])
def test_one_class_whatever_is_given(held: str, large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, pages, codebooks, explanations and every frame are those of the ledger, whatever holds the claims."""
    if large:
        monkeypatch.setattr("casualties.columns._reconciliation.CROSSOVER", 0)
    named = cs.Ledger().add(*LEDGER)  # without what no table of claims holds, such as names of sources
    asked: Any = {
        "ledger": named,
        "claims": list(named),
        "file": tmp_path / "claims.csv",
        "folder": tmp_path / "claims",
    }
    flat = claims_table(named).drop(columns=list(RESOLVED))
    flat.assign(year="2020").to_parquet(tmp_path / "claims", partition_cols=["year"]) if held == "folder" else cs.write(
        named, tmp_path / "claims.csv"
    )
    mapping = {"name": "a", "source": "{source}", "claims": [{"harm": "{harm}", "count": "low"}]}
    asked |= {"frame": flat, "mapped": cs.read_table([{"source": "a", "harm": "killed", "low": 5}], mapping)}
    expected = cs.reconcile(asked["mapped"].ledger if held == "mapped" else named)
    result = assert_type(cs.reconcile(asked[held]), cs.Reconciliation)
    assert len(result) == len(expected)
    assert repr(result) == repr(expected)
    assert content(result) == content(expected)
    assert str(result) == str(expected)
    assert result == expected
    assert pickle.loads(pickle.dumps(result)) == expected
    assert result.about(harm="killed").tables.to_frame().equals(expected.about(harm="killed").tables.to_frame())
    for name in ("to_frame", "positions_frame", "claims_frame"):
        for library in ("pandas", "polars"):
            assert getattr(result, name)(library).equals(getattr(expected, name)(library))
    assert result.to_json() == expected.to_json()
    assert result.to_html() == expected.to_html()
    assert result.explain() == expected.explain()
    assert str(result.compare_codebooks(["ucdp"])) == str(expected.compare_codebooks(["ucdp"]))


def test_frames_without_words_are_part_of_those_with_them() -> None:
    """Both kinds are made in their own way, and a column means one thing in both."""
    for name in cs.seeds.names():
        result = cs.reconcile(cs.seeds.load(name))
        words = result.to_frame().sort_values("finding", ignore_index=True)[list(FINDINGS)]
        bare = result.to_frame(words=False)
        pd.testing.assert_frame_equal(words, bare.astype(words.dtypes.to_dict()))
        polars = pytest.importorskip("polars")
        given = result.to_frame("polars", words=False)
        assert given.equals(result.to_frame("polars").sort("finding").select(list(FINDINGS)), null_equal=True)
        assert isinstance(result.attribution_frame("polars"), polars.DataFrame)
        assert len(result.support_frame("polars")) == len(result.support_frame())


def test_objects_of_too_large_a_table_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its tables are there, and what needs an object for each claim says what to do."""
    table = pd.DataFrame([{"source": "a", "harm": "killed", "stance": "states", "low": low} for low in (3, 4, 5)])
    result = reconcile_table(table.astype({"low": "Int64"}))
    monkeypatch.setattr("casualties.columns._claim_tables.MOST_OBJECTS", 2)
    monkeypatch.setattr("casualties.results.reconciliation.FEW", 2)
    assert (len(result), len(result.to_frame(words=False)), repr(result)) == (
        1,
        1,
        "<Reconciliation of 3 claims: 1 findings>",
    )
    assert str(result) == "killed: 5 or more, single source"
    with pytest.raises(CasualtiesError, match=r"3 rows, more than 2.*\n.*take its tables"):
        result.to_frame()


@pytest.mark.parametrize("engine", ENGINES)
def test_small_table_goes_over_objects(engine: str) -> None:
    """A table of a few rows is reconciled as objects, whatever holds it."""
    result = cs.reconcile(put(FLAT, engine))
    assert result.tables.path == "objects"
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
    assert str(result.one().common) == "11 or more"


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet", "claims.yaml"])
def test_small_file_goes_over_objects(name: str, tmp_path: Path) -> None:
    """A small file is read as a ledger."""
    cs.write(LEDGER, tmp_path / name)
    result = cs.reconcile(tmp_path / name)
    assert result.tables.path == "objects"
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
    assert content(cs.reconcile(tmp_path / name)) == content(cs.reconcile(seed))
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
    assert cs.reconcile(tmp_path / "claims.csv").one().subject.event == "-x"


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


@pytest.mark.parametrize(("arguments", "begins"), [((), "killed"), (("--format", "csv"), "finding,harm,side,")])
def test_command_line_takes_a_large_table(
    arguments: tuple[str, ...],
    begins: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A Parquet file of the published columns is reconciled by the command line, and so is a folder of them."""
    monkeypatch.setattr("casualties.cli._reconcile.FEW", 0)
    monkeypatch.setattr("casualties.results.reconciliation.FEW", 0)
    FLAT.assign(event="=1", claim_id="", target="").to_parquet(tmp_path / "claims.parquet")
    assert main(["reconcile", str(tmp_path / "claims.parquet"), *arguments]) == 0
    shown = capsys.readouterr().out
    assert main(["reconcile", str(tmp_path), *arguments, "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out").read_text(encoding="utf-8") == shown
    assert shown.startswith(begins)
    assert ",'=1," in shown or not arguments


@pytest.mark.parametrize(
    "asked", [(), ("--format", "html"), ("--codebook", "ucdp"), ("--format", "csv"), ("--only", "disputed")]
)
def test_command_line_shows_a_table_as_its_ledger(
    asked: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table of claims has pages, codebooks and words like any other."""
    FLAT.to_parquet(tmp_path / "claims.parquet")
    cs.write(LEDGER, tmp_path / "claims.csv")
    assert main(["reconcile", str(tmp_path / "claims.parquet"), *asked]) == 0
    shown = capsys.readouterr().out
    assert main(["reconcile", str(tmp_path / "claims.csv"), *asked]) == 0
    assert capsys.readouterr().out == shown
