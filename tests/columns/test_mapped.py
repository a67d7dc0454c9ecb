"""A table that is read by a mapping and reconciled as columns has the values that reconciling its ledger gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.files.mapped.test_many import read_as, spoilt

import casualties as cs
from casualties.columns._identities import Identities
from casualties.errors import CasualtiesError
from casualties.files.mapped import TableMapping

pd = pytest.importorskip("pandas")


def same(path: Path, mapping: str | TableMapping, *, as_of: str | None = None) -> str:
    """See that all three tables are equal; with how they were made."""
    expected = cs.reconcile(read_as(path, mapping, columns=False), as_of=as_of)
    found = cs.reconcile(read_as(path, mapping, columns=True).ledger, as_of=as_of)
    assert len(found) == len(expected)
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
            read_as(path, mapping, columns=False)
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
    mapping = TableMapping.of({"name": "sheet", "source": "{who}", "claims": [claim]})
    assert same(path, mapping) == "columns"
    assert same(path, mapping, as_of="2020-10-05") == "columns"


@pytest.mark.real_data
def test_the_sample_of_ged(real_data: Path) -> None:
    """The 1,000 events of the sample: all values of 4,680 findings."""
    assert same(real_data / "ucdp-ged" / "ged231_sample_1000.csv", "ucdp-ged") == "columns"


def test_identities_are_worked_out_when_somebody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings need those of a few rows, the attribution needs all; the header of a file is its row 1."""
    path = tmp_path / "sheet.csv"
    path.write_text("dead\n" + "3\n" * 40, encoding="utf-8")
    claim = {"harm": "killed", "count": "dead", "event": "E {#row}"}
    worked_out: list[int] = []

    def counted(self: Identities, codes: dict[str, Any], counts: dict[str, Any]) -> object:
        worked_out.append(len(counts["low"]))
        return of(self, codes, counts)

    of = Identities.of
    monkeypatch.setattr(Identities, "of", counted)
    reading = read_as(path, TableMapping.of({"name": "sheet", "source": "us", "claims": [claim]}), columns=True)
    found = cs.reconcile(reading)
    assert found.to_frame(words=False)["common_low"].tolist() == [3.0] * 40
    assert sum(worked_out) < 5
    assert found.attribution_frame()["role"].tolist().count("stands") == 40
    assert worked_out[-1] == 40
    assert str(found.one(event="E 2").common) == "3"
    assert str(found) == str(cs.reconcile(reading.ledger.keeping(reading.ledger)))


def test_too_many_rows_for_an_object_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are made, a line a finding is printed, and what needs objects says that there are too many."""
    monkeypatch.setattr("casualties.columns._mapped.MOST_OBJECTS", 30)
    monkeypatch.setattr("casualties.columns._mapped._TOLD", 30)
    path = tmp_path / "sheet.csv"
    path.write_text("dead,by\n" + "3,army\n" * 40, encoding="utf-8")
    claim = {"harm": "killed", "count": "dead", "event": "E {#row}"}
    mapping = TableMapping.of({"name": "sheet", "source": "us", "claims": [claim]})
    found = cs.reconcile(read_as(path, mapping, columns=True))
    assert str(found).startswith("killed, E 10: 3, single source\n")
    with pytest.raises(CasualtiesError, match="a table of 40 rows, more than"):
        _ = found.findings
    broken_down = {**claim, "perpetrator": "{by}", "only": ["perpetrator"]}
    mapping = TableMapping.of({"name": "sheet", "source": "us", "claims": [broken_down]})
    with pytest.raises(CasualtiesError, match="a table of 40 rows, more than"):
        cs.reconcile(read_as(path, mapping, columns=True))
