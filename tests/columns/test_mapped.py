"""A table that is read by a mapping and reconciled as columns has the values that reconciling its ledger gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.files.mapped.test_many import spoilt

import casualties as cs
from casualties.columns import reconcile_mapped
from casualties.errors import CasualtiesError

pd = pytest.importorskip("pandas")


def same(path: Path, mapping: object, *, as_of: str | None = None) -> str:
    """See that all three tables are equal; with how they were made."""
    expected = cs.reconcile(cs.read_table(path, mapping).ledger, as_of=as_of)  # type: ignore[arg-type]
    found, _ = reconcile_mapped(path, mapping, as_of=as_of)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(found.to_frame(words=False), expected.to_frame(words=False))
    pd.testing.assert_frame_equal(found.attribution_frame(), expected.attribution_frame())
    pd.testing.assert_frame_equal(found.support_frame(), expected.support_frame())
    return found.tables.path


@pytest.mark.parametrize("name", ["sheet", "acled", "civil-war-battles", "gaza-daily", "ucdp-ged", "ukraine-losses"])
def test_tables_of_spoilt_sheets_are_equal(name: str, tmp_path: Path) -> None:
    """Cells are wrong, claims are repeated, joint and silent, and places lie inside others."""
    for seed in range(3):
        path = tmp_path / f"{seed}.csv"
        mapping = spoilt(name, seed, path, 60)
        try:
            cs.read_table(path, mapping)
        except CasualtiesError:
            continue
        same(path, mapping)


def test_claims_of_many_sources_on_one_topic(tmp_path: Path) -> None:
    """Sources that dispute, agree and repeat themselves on the same places; the day asked for is kept to."""
    path = tmp_path / "sheet.csv"
    rows = [
        f"{'ABC'[row % 3]},town {row % 7},2020-10-{1 + row % 9:02},{row // 21},2020-10-{10 + row % 3}"
        for row in range(300)
    ]
    path.write_text("who,town,until,dead,said\n" + "\n".join(rows) + "\n", encoding="utf-8")
    claim = {"harm": "killed", "count": "dead", "place": "{town}", "until": "{until}", "stated": "{said}"}
    mapping = {"name": "sheet", "source": "{who}", "claims": [claim]}
    assert same(path, mapping) == "columns"
    assert same(path, mapping, as_of="2020-10-05") == "columns"


@pytest.mark.real_data
def test_the_sample_of_ged(real_data: Path) -> None:
    """The 1,000 events of the sample: all values of 4,680 findings."""
    assert same(real_data / "ucdp-ged" / "ged231_sample_1000.csv", "ucdp-ged") == "columns"


def test_without_attribution_no_identity_is_worked_out(tmp_path: Path) -> None:
    """The findings are the same, and the attribution has no rows; the header of a file is its row 1."""
    path = tmp_path / "sheet.csv"
    path.write_text("dead\n" + "3\n" * 40, encoding="utf-8")
    mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead", "event": "E {#row}"}]}
    found, _ = reconcile_mapped(path, mapping, attributed=False)
    assert len(found) == 40
    assert str(found.one(event="E 2").common) == "3"
    assert len(found.attribution_frame()) == 0
