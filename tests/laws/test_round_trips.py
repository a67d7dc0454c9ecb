"""What is written is read back equal, in every format and for every ledger, whatever the order in which it was told."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties import files
from casualties.testing import ledgers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

T = TypeVar("T")
ENDINGS = {
    "csv": "csv",
    "json": "json",
    "yaml": "yaml",
    "excel": "xlsx",
    "parquet": "parquet",
    "prov-json": "prov.json",
    "prov-turtle": "ttl",
}
"""The formats that hold a ledger exactly, with the endings of their files."""
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@in_one_folder
@given(ledger=ledgers())
def test_what_is_written_is_read_back_equal(tmp_path: Path, ledger: cs.Ledger) -> None:
    """A ledger that was written and is read again is equal, and is written as the same bytes."""
    for name, ending in ENDINGS.items():
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        path = folder / f"ledger.{ending}"
        left = cs.write(ledger, path)
        written = {file.name: file.read_bytes() for file in folder.iterdir()}
        again = cs.read(path)
        assert again == ledger
        assert cs.write(again, path) == left
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == written
        assert set(written) == {path.name, *(each.beside.name for each in left if each.beside)}


@in_one_folder
@given(ledger=ledgers())
def test_a_table_alone_gives_back_every_claim(tmp_path: Path, ledger: cs.Ledger) -> None:
    """Without the file beside it a table still gives every claim with its source, citations and words."""
    path = tmp_path / "ledger.csv"
    cs.write(ledger, path)
    (tmp_path / "ledger.rest.json").unlink(missing_ok=True)
    again = cs.read(path)
    assert [claim.content() for claim in again] == [claim.content() for claim in ledger]
    assert [claim.citations for claim in again] == [claim.citations for claim in ledger]
    for claim in ledger:
        assert again.sources[claim.source].names == ledger.sources[claim.source].names


@given(ledger=ledgers(), seed=st.integers(0, 99))
def test_shuffled_ledgers_write_equal_text(ledger: cs.Ledger, seed: int) -> None:
    """The order in which claims, sources, terms and reports were told changes no byte."""
    order = random.Random(seed)

    def mixed(members: Iterable[T]) -> list[T]:
        listed = list(members)
        return order.sample(listed, len(listed))

    shuffled = cs.Ledger(
        mixed(ledger),
        sources=mixed(ledger.sources.values()),
        terms=mixed(list(ledger.words)),
        totals=mixed(ledger.totals),
        titles=mixed(ledger.titles),
        reports=mixed(ledger.reports),
        apart=mixed(ledger.apart),
        timezones=mixed(ledger.timezones),
        identifications=mixed(ledger.identifications),
        unread=mixed(ledger.unread),
    )
    assert files.json.dumps(shuffled) == files.json.dumps(ledger)
    assert files.yaml.dumps(shuffled) == files.yaml.dumps(ledger)


def test_another_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    """Python orders sets otherwise in each process; what is written in every format is the same."""
    program = (
        "import sys, casualties as cs\n"
        "ledger = cs.merge(map(cs.seeds.load, cs.seeds.names()[:2]))\n"
        "for path in sys.argv[1:]: cs.write(ledger, path)\n"
    )  # fmt: skip
    names = [*ENDINGS.values(), "hxl.csv", "wiki", "infobox", "ucdp.csv", "acled.csv", "bib", "csl.json"]
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        paths = [folder / f"ledger-{number}.{name}" for number, name in enumerate(names)]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, *paths], check=True, env=env)
        assert all(path.stat().st_size for path in paths)
        written.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert written[0].keys() == written[1].keys()
    assert [name for name, told in written[0].items() if written[1][name] != told] == []
