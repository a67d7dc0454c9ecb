"""Files packed by gzip are read as what is packed in them, and unpacked no further than a table can be."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

import casualties as cs
from casualties.cli import main
from casualties.errors import LedgerFileError, UnknownNameError

LEDGER = "casualties: 1\nsources: {press: {}}\nclaims: [{source: press, killed: at least 11, place: Barda}]\n"
MAPPING = {"name": "sheet", "source": "press", "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}]}


def packed(path: Path, content: str | bytes) -> Path:
    """Write a packed file."""
    path.write_bytes(gzip.compress(content.encode() if isinstance(content, str) else content))
    return path


def test_packed_ledger_is_read_as_the_ledger(tmp_path: Path) -> None:
    """The ending before .gz says the format, whatever its case."""
    ledger = cs.read(io.StringIO(LEDGER), format="yaml")
    assert [str(each.figure) for each in cs.read(packed(tmp_path / "a.yaml.gz", LEDGER))] == ["11 or more"]
    for name in ("a.json", "a.csv", "a.parquet", "a.xlsx", "a.provn.json"):
        form = "prov-json" if "provn" in name else None
        cs.write(ledger, tmp_path / name, format=form)
        path = packed(tmp_path / f"{name}.GZ", (tmp_path / name).read_bytes())
        assert cs.read(path, format=form) == ledger, name


def test_packed_table_finds_the_file_beside_it(tmp_path: Path) -> None:
    """What no table holds stands beside it, and is not lost because the table is packed."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
    cs.write(ledger, tmp_path / "claims.csv")
    packed(tmp_path / "claims.csv.gz", (tmp_path / "claims.csv").read_bytes())
    assert (tmp_path / "claims.rest.json").exists()
    assert cs.read(tmp_path / "claims.csv.gz") == ledger


def test_open_packed_file_is_read(tmp_path: Path) -> None:
    """What was opened for bytes needs no name: its first bytes say that it is packed."""
    with packed(tmp_path / "any", LEDGER).open("rb") as file:
        assert len(cs.read(file, format="yaml")) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "town,dead\nBarda,21\nGanja,1\n"),
        ("a.tsv", "town\tdead\nBarda\t21\nGanja\t1\n"),
        ("a.json", '[{"town": "Barda", "dead": 21}, {"town": "Ganja", "dead": 1}]'),
        ("a.jsonl", '{"town": "Barda", "dead": 21}\n\n{"town": "Ganja", "dead": 1}\n'),
        ("a.ndjson", '{"town": "Barda", "dead": 21}\n{"town": "Ganja", "dead": 1}'),
    ],
)
def test_packed_table_is_read_as_the_table(tmp_path: Path, name: str, content: str) -> None:
    """A table of others gives the same claims packed and as it is; how much of it was read is told of the file."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = cs.read_table(packed(tmp_path / f"{name}.gz", content), MAPPING)
    assert [(str(each.subject.place), str(each.figure)) for each in found.ledger] == [("Barda", "21"), ("Ganja", "1")]
    plain = cs.read_table(tmp_path / name, MAPPING).ledger
    assert [each.figure for each in found.ledger] == [each.figure for each in plain]


def test_packed_text_keeps_its_encoding_and_kind(tmp_path: Path) -> None:
    """A mark of bytes is found inside the packing; ``kind`` is believed whatever the name."""
    content = "town,dead\nBarda,21\n".encode("utf-16")
    assert len(cs.read_table(packed(tmp_path / "rows", content), MAPPING, kind="csv").ledger) == 1


def test_commands_take_packed_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A packed ledger is reconciled, and a mapping is proposed for a packed sheet."""
    assert main(["reconcile", str(packed(tmp_path / "a.yaml.gz", LEDGER))]) == 0
    assert "11 or more" in capsys.readouterr().out
    sheet = packed(tmp_path / "log.csv.gz", "Date,Town,Killed\n2023-04-03,Barda,21\n2023-04-04,Ganja,2\n")
    assert main(["new", str(tmp_path / "log.yaml"), "--from", str(sheet)]) == 0
    assert len(cs.read_table(sheet, tmp_path / "log.yaml").ledger) == 2


def test_packed_workbook_and_parquet_of_others(tmp_path: Path) -> None:
    """A workbook is unpacked as a whole; a Parquet file packs its columns itself, and is no longer one when packed."""
    openpyxl = pytest.importorskip("openpyxl")
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["town", "dead"], ["Barda", 21]):
        book.active.append(row)
    book.save(file)
    assert len(cs.read_table(packed(tmp_path / "a.xlsx.gz", file.getvalue()), MAPPING).ledger) == 1
    pytest.importorskip("pyarrow")
    with pytest.raises(LedgerFileError, match="this is no Parquet file"):
        cs.read_table(packed(tmp_path / "a.parquet.gz", b"PAR1"), MAPPING)


def test_nothing_is_written_under_the_name_of_a_packed_file(tmp_path: Path) -> None:
    """A name that ends in .gz says no format to write: an unpacked file under it would deceive others."""
    with pytest.raises(UnknownNameError, match="its name does not say its format"):
        cs.write(cs.read(io.StringIO(LEDGER), format="yaml"), tmp_path / "a.yaml.gz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(LEDGER.encode() * 50, mtime=0)[:-9], "as a file of gzip it breaks off"),
        (b"\x1f\x8b\x08", "as a file of gzip it breaks off"),
        (b"\x1f\x8bnothing of the kind", "as a file of gzip it is damaged"),
        (gzip.compress(LEDGER.encode(), mtime=0)[:-8] + b"\0" * 8, "as a file of gzip it is damaged"),
    ],
)
def test_damaged_packing_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """What breaks off or fails its sum is no ledger and no table: nothing of it is taken."""
    for name in ("a.yaml.gz", "a.csv.gz", "a.jsonl.gz", "a.json.gz"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(LedgerFileError, match=said) as caught:
            cs.read(tmp_path / name, format="yaml") if "yaml" in name else cs.read_table(tmp_path / name, MAPPING)
        assert caught.value.problems[0].hint == "pack it anew, or restore it from a copy"


@pytest.mark.parametrize(
    ("name", "filling"), [("a.yaml.gz", b"#"), ("a.csv.gz", b"0"), ("a.jsonl.gz", b"\n"), ("a.json.gz", b"[")]
)
def test_bomb_is_put_out(tmp_path: Path, name: str, filling: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """100 million equal bytes stand in 100 thousand: it is refused before a twentieth of them is unpacked."""
    path = packed(tmp_path / name, filling * 100_000_000)
    sizes: list[int] = []

    class Counted(gzip.GzipFile):
        def read(self, size: int | None = -1) -> bytes:
            part = super().read(size)
            sizes.append(len(part))
            return part

    monkeypatch.setattr(gzip, "GzipFile", Counted)
    with pytest.raises(LedgerFileError, match="it unpacks to more than 200 times its size"):
        cs.read(path) if "yaml" in name else cs.read_table(path, MAPPING)
    assert 0 < sum(sizes) < 5_000_000


def test_line_without_end_is_refused(tmp_path: Path) -> None:
    """A line of 16 MB is no row; the rest of it is not read."""
    for name in ("a.csv", "a.jsonl"):
        (tmp_path / name).write_bytes(b'{"town": "' + b"0" * (17 << 20))
        with pytest.raises(LedgerFileError, match="a line is longer than 16,777,216 bytes"):
            cs.read_table(tmp_path / name, MAPPING)


def test_repeated_remarks_are_no_bomb(tmp_path: Path) -> None:
    """Two megabytes of rows that are alike pack to a thirtieth and less, and are read."""
    content = "town,remark,dead\n" + "".join(f"Barda,{'as the day before ' * 40},{row}\n" for row in range(3_000))
    assert len(content) > max(2_000_000, 30 * len(gzip.compress(content.encode())))
    assert cs.read_table(packed(tmp_path / "a.csv.gz", content), MAPPING).counts.claimed == 3_000
