"""Files by name, by format, whole or not at all, and for ever."""

from __future__ import annotations

import io
import os
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import casualties as cs
from casualties import files
from casualties.errors import LedgerFileError, UnknownNameError
from casualties.files import disk, registry

GOLDEN = Path(__file__).parents[1] / "golden"
SEED = "nagorno-karabakh-2020-09-30"


@pytest.fixture
def ledger() -> cs.Ledger:
    """Read the seed article."""
    return cs.seeds.load(SEED)


@pytest.mark.parametrize(
    "name", ["x.yaml", "x.yml", "x.YAML", "x.json", "x.csv", "x.xlsx", "x.parquet", "x.prov.json", "x.TTL"]
)
def test_the_name_of_a_file_says_its_format(tmp_path: Path, ledger: cs.Ledger, name: str) -> None:
    """A path, as text or as a path, is read and written by its ending."""
    cs.write(ledger, tmp_path / name)
    assert cs.read(tmp_path / name) == cs.read(str(tmp_path / name)) == ledger


@pytest.mark.parametrize("name", ["yaml", "json"])
def test_open_files(tmp_path: Path, ledger: cs.Ledger, name: str) -> None:
    """Files opened for text or bytes are read and written as paths are, with the same bytes."""
    text, content = io.StringIO(), io.BytesIO()
    assert cs.write(ledger, text, format=name) == cs.write(ledger, content, format=name) == ()
    assert text.getvalue().encode() == content.getvalue()
    path = tmp_path / f"x.{name}"
    with path.open("wb") as file:
        cs.write(ledger, file)
    with path.open(encoding="utf-8") as file:
        assert cs.read(file) == ledger
    with path.open("rb") as file:
        assert cs.read(file) == ledger


def test_unknown_formats_are_said() -> None:
    """A format that nobody has, and a name that says none, are errors that list those there are."""
    with pytest.raises(UnknownNameError, match="one of acled, bibtex, csl-json, csv, excel"):
        cs.read("x.yaml", format="xml")
    with pytest.raises(
        UnknownNameError, match="give format=, on the command line --input-format: one of acled, bibtex"
    ):
        cs.read("x.txt")
    with pytest.raises(UnknownNameError, match="'<StringIO>'"):
        cs.write(cs.Ledger(), io.StringIO())


def test_formats_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other packages add formats by entry points, and cannot take the place of ours."""
    offered = [EntryPoint(name, "casualties.files:json.FORMAT", registry.GROUP) for name in ("yaml", "xml")]
    monkeypatch.setattr(registry, "entry_points", lambda group: offered if group == "casualties.files" else [])
    registry._offered.cache_clear()
    try:
        assert files.names() == (
            *("acled", "bibtex", "csl-json", "csv", "excel", "hxl", "json", "parquet", "prov-json", "prov-turtle"),
            *("ucdp", "wikidata", "wikitext-infobox", "wikitext-table", "xml", "yaml"),
        )
        assert len(cs.read(io.StringIO('{"casualties": 1}'), format="xml")) == 0
        assert len(cs.read(io.StringIO("casualties: 1"), format="yaml")) == 0
    finally:
        registry._offered.cache_clear()
        registry._loaded.cache_clear()


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A file that is absent, or a folder, is an error of ours with its name."""
    for path in (tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(LedgerFileError, match="it cannot be read") as caught:
            cs.read(path, format="yaml")
        assert caught.value.name == str(path)


def test_undecodable_text_files(tmp_path: Path) -> None:
    """A file that was opened for text in the wrong encoding is told."""
    path = tmp_path / "x.yaml"
    path.write_bytes("casualties: 1\ntitle: é".encode("latin-1"))
    with (
        path.open(encoding="utf-8") as file,
        pytest.raises(LedgerFileError, match="opened as text in utf-8, which it is not"),
    ):
        cs.read(file)


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size that is read has a limit."""
    monkeypatch.setattr(disk, "MAX_BYTES", 20)
    assert len(cs.read(io.BytesIO(b"casualties: 1"), format="yaml")) == 0
    with pytest.raises(LedgerFileError, match="larger than 20 bytes"):
        cs.read(io.BytesIO(b"casualties: 1" + b" " * 20), format="yaml")


@pytest.mark.parametrize("name", ["x.yaml", "x.json", "x.csv", "x.xlsx", "x.ttl"])
def test_a_failed_write_changes_nothing(
    tmp_path: Path, ledger: cs.Ledger, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where writing fails half way, the old files are as they were and nothing else is left."""
    path = tmp_path / name
    cs.write(ledger, path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(LedgerFileError, match="it cannot be written: No space left on device"):
        cs.write(cs.Ledger(titles=["Another"]), path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_an_absent_folder_is_said(tmp_path: Path) -> None:
    """A file in a folder that is not there is an error of ours."""
    with pytest.raises(LedgerFileError, match="it cannot be written"):
        cs.write(cs.Ledger(), tmp_path / "absent" / "x.yaml")


def test_a_replaced_file_keeps_its_mode_and_links(tmp_path: Path, ledger: cs.Ledger) -> None:
    """A file that others may not read stays so, and a link goes on pointing where it did."""
    path, link = tmp_path / "x.yaml", tmp_path / "link.yaml"
    path.write_text("casualties: 1")
    path.chmod(0o600)
    link.symlink_to(path)
    cs.write(ledger, link)
    assert link.is_symlink()
    assert cs.read(path) == ledger
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kept", ["format-1", "format-1-facets"])
@pytest.mark.parametrize("name", ["yaml", "json", "csv"])
def test_format_1_is_read_for_ever(name: str, kept: str) -> None:
    """Files of format 1, before and after facets came to it, read as the same claims with the same identities."""
    ledger = cs.read(GOLDEN / f"{kept}.{name}")
    identities = (GOLDEN / f"{kept}.ids.txt").read_text(encoding="utf-8").split()
    assert sorted(claim.id for claim in ledger) == identities
    assert ledger == cs.read(GOLDEN / f"{kept}.json")
