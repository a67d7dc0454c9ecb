"""What is no path, no open file and no name, given where one belongs: an error of ours with a next step."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casualties as cs
from casualties.drafting import load_words
from casualties.errors import CasualtiesError, LedgerFileError

pytest.importorskip("pyarrow", reason="the extra columns is not installed")

SEED = cs.seeds.load("nagorno-karabakh-2020-09-30")
PICTURE = cs.reconcile(SEED).plot()
MAPPING = {"name": "m", "source": "us", "claims": [{"harm": "killed", "count": "n"}]}


def given(folder: Path) -> dict[str, Any]:
    """Make what people give by mistake."""
    one, other = folder / "one.yaml", folder / "other.yaml"
    one.symlink_to(other)
    other.symlink_to(one)
    (folder / "file").write_text("x", encoding="utf-8")
    text, content = io.StringIO("x"), io.BytesIO(b"x")
    text.close()
    content.close()
    return {
        "NUL": "a\0b.yaml",
        "half a character": "a\ud800.yaml",
        "long name": "x" * 300 + ".yaml",
        "loop of links": str(one),
        "folder": str(folder),
        "below a file": str(folder / "file" / "x.yaml"),
        "empty": "",
        "number": 5,
        "nothing": None,
        "list": [],
        "closed text": text,
        "closed bytes": content,
        "bytes": b"a.yaml",
        "object": object(),
    }


def _store(path: Any) -> Any:
    from casualties.columns import ParquetLedger

    return ParquetLedger(path)


def _read(form: str) -> Callable[[Any], Any]:
    return lambda what: cs.read(what, format=form)


def _table(kind: str) -> Callable[[Any], Any]:
    return lambda what: cs.read_table(what, MAPPING, kind=kind)


def _write(form: str) -> Callable[[Any], Any]:
    return lambda what: cs.write(SEED, what, format=form)


READS: dict[str, Callable[[Any], Any]] = {
    **{form: _read(form) for form in ("yaml", "json", "csv", "excel", "parquet", "hxl")},
    **{f"table of {kind}": _table(kind) for kind in ("csv", "json", "jsonl", "xlsx", "parquet")},
    "mapping": lambda what: cs.read_table([{"n": 1}], what),
    "words": load_words,
    "store": lambda what: _store(what).ledger(),
}
WRITES: dict[str, Callable[[Any], Any]] = {
    **{form: _write(form) for form in ("yaml", "csv", "excel", "parquet")},
    "picture": lambda what: (
        cs.reconcile(SEED).plot().save(what.replace(".yaml", ".svg") if isinstance(what, str) else what)
    ),
    "store": lambda what: _store(what).append(SEED),
}
NAMES: dict[str, Callable[[Any], Any]] = {
    "format to read": lambda what: cs.read(io.StringIO("x"), format=what),
    "format to write": lambda what: cs.write(SEED, io.StringIO(), format=what),
    "kind": lambda what: cs.read_table("table", MAPPING, kind=what),
    "seed": cs.seeds.load,
    "lexicon": lambda what: cs.parse_figure("five", lexicon=what),
    "method": lambda what: cs.estimate(SEED, method=what),
    "codebook": lambda what: next(iter(cs.reconcile(SEED))).resolve(what),
    "day": lambda what: cs.reconcile(SEED, as_of=what),
}
MISTAKES = 14
FINE = {
    ("read", "words", "nothing"),  # no words of one's own
    ("name", "day", "nothing"),
    ("write", "store", "folder"),
    ("write", "picture", "loop of links"),  # of another name, where no link is
    *(("read", f"table of {kind}", "list") for kind in ("csv", "json", "jsonl", "xlsx", "parquet")),  # of no rows
}


@pytest.mark.parametrize(
    ("way", "what"),
    [
        *(pytest.param("read", name, id=f"read {name}") for name in READS),
        *(pytest.param("write", name, id=f"write {name}") for name in WRITES),
        *(pytest.param("name", name, id=f"name of a {name}") for name in NAMES),
    ],
)
def test_mistakes_are_errors_of_ours(way: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mistake is told with what to do, and speaks of nothing inside the library."""
    call = {"read": READS, "write": WRITES, "name": NAMES}[way][what]
    monkeypatch.chdir(tmp_path)
    mistakes = given(tmp_path)
    assert len(mistakes) == MISTAKES
    for mistake, value in mistakes.items():
        if (way, what, mistake) in FINE:
            continue
        with pytest.raises(CasualtiesError) as caught:
            call(value)
        said = str(caught.value)
        assert "Hint: " in said, (mistake, said)
        assert "pydantic" not in said, (mistake, said)
        assert "Traceback" not in said


def test_file_opened_the_other_way(tmp_path: Path) -> None:
    """A file opened for reading is not written, and one opened for writing is not read."""
    path = tmp_path / "a.yaml"
    path.write_text("casualties: 1", encoding="utf-8")
    with (
        path.open(encoding="utf-8") as file,
        pytest.raises(LedgerFileError, match="written: not writable"),
    ):
        cs.write(SEED, file, format="yaml")
    with (
        (tmp_path / "b.yaml").open("w") as file,
        pytest.raises(LedgerFileError, match="read: not readable"),
    ):
        cs.read(file, format="yaml")


def test_kind_is_believed_whatever_the_name(tmp_path: Path) -> None:
    """A workbook, a table or a ledger under another name is read as what it is said to be."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra excel is not installed")
    book = openpyxl.Workbook()
    for row in (["n"], [3]):
        book.active.append(row)
    for name in ("table.csv", "table", "table.json"):
        book.save(tmp_path / name)
        [claim] = cs.read_table(tmp_path / name, MAPPING, kind="xlsx").ledger
        assert str(claim.figure) == "3"
    (tmp_path / "table.xlsx").write_text("n\n4\n", encoding="utf-8")
    [claim] = cs.read_table(tmp_path / "table.xlsx", MAPPING, kind="csv").ledger
    assert str(claim.figure) == "4"
