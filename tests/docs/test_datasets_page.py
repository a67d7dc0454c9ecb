"""The page of known datasets names a file for each mapping, and the figures of the real files."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from tests.builders import read_once

import casualties as cs

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "known-datasets.md").read_text(encoding="utf-8")


def test_every_mapping_has_its_file() -> None:
    """The table at the head lists every mapping that ships, in order, each with the file that it reads."""
    assert tuple(re.findall(r"^\| `([\w-]+)` \| .+ \| .+ \|$", TEXT, re.MULTILINE)) == cs.tables.presets()


@pytest.mark.real_data
@pytest.mark.parametrize(("column", "file"), [(0, "ged231_sample_1000.csv"), (1, "hdx_ukraine_1167.csv")])
def test_figures_of_ucdp(column: int, file: str, real_data: Path) -> None:
    """The table of what the files of UCDP hold says what reading them gives, and what their rows say."""
    table = re.findall(r"^\| (.+) \| ([\d,]+) \| ([\d,]+) \|$", TEXT, re.MULTILINE)
    shown = [int(row[column + 1].replace(",", "")) for row in table]
    path = real_data / "ucdp-ged" / file
    found = read_once(path, "ucdp-ged")
    rules = [each.rule for each in found.broken]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["year"].startswith("#")]
    counts = [tuple(int(float(row[name])) for name in ("low", "best", "high")) for row in rows]
    assert shown == [
        sum(not low <= best <= high for low, best, high in counts),
        sum(best < low for low, best, _high in counts),
        sum(best > high for _low, best, high in counts),
        rules.count("not-after"),
        len(rules),
        rules.count("sum"),
        found.counts.cells,
    ]


@pytest.mark.real_data
def test_only_one_file_of_the_estimates_fits(real_data: Path) -> None:
    """Of the four files beside one another, the one that the page names is read and the others are refused."""
    files = sorted((real_data / "ukraine-soldier-deaths-estimates").glob("*.csv"))
    assert len(files) == 4
    read = []
    for path in files:
        try:
            read.append((path.name, read_once(path, "ukraine-estimates").counts.rows))
        except cs.errors.MappingError:
            continue
    ((name, rows),) = read
    assert f"reads the {rows} estimates of The Economist's collection, in `{name}`" in TEXT
