"""Ledgers that live in a folder: appending is union, and reconciling what changed is reconciling all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.columns import RESOLVED, ParquetLedger, claims_table, reconcile_table
from casualties.errors import CasualtiesError, LedgerError, LedgerFileError
from casualties.model.claim import Claim, Link
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.show.engines import rows_in

from .ledgers import DAYS, daily_ledgers
from .test_equal_to_objects import content

pa = pytest.importorskip("pyarrow", reason="the extra columns is not installed")


def written(result: cs.Reconciliation) -> list[bytes]:
    """Write the three tables, as bytes."""
    found, tables = [], result.tables
    for table in (tables.findings, tables.attribution, tables.support):
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table)
        found.append(out.getvalue().to_pybytes())
    return found


def pieces(ledger: cs.Ledger, number: int, chosen: list[int]) -> list[cs.Ledger]:
    """Split a ledger by its claims; each piece declares what the whole does."""
    claims = list(ledger)
    return [
        ledger.keeping(claim for claim, piece in zip(claims, chosen, strict=True) if piece == each)
        for each in range(number)
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[cs.Ledger, list[cs.Ledger]]:
    """Draw a ledger, and the pieces in which it was appended, some of them twice."""
    ledger = draw(daily_ledgers(plain=draw(st.booleans())))
    number = draw(st.integers(1, 3))
    chosen = draw(st.lists(st.integers(0, number - 1), min_size=len(ledger), max_size=len(ledger)))
    parts = pieces(ledger, number, chosen)
    again = draw(st.lists(st.sampled_from(parts), max_size=2))
    return ledger, draw(st.permutations([*parts, *again]))


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories(), data=st.data())
def test_reconciling_what_changed_is_reconciling_all(
    history: tuple[cs.Ledger, list[cs.Ledger]], data: st.DataObject
) -> None:
    """After every append the result is, byte for byte, that of a folder in which all was appended at once."""
    whole, parts = history
    with tempfile.TemporaryDirectory() as folder:
        living = ParquetLedger(Path(folder) / "living")
        so_far = cs.Ledger()
        for place, part in enumerate(parts):
            living.append(part)
            so_far = so_far | part
            days: dict[str, Any] = {name: data.draw(st.sampled_from((None, *DAYS))) for name in ("as_of", "known_on")}
            anew = ParquetLedger(Path(folder) / f"anew-{place}")
            anew.append(so_far)
            found = living.reconcile(**days)
            assert written(found) == written(anew.reconcile(**days)) == written(living.reconcile(**days))
            assert content(found) == content(cs.reconcile(so_far, **days))
        assert living.ledger() == so_far == whole


def said(source: str, low: int, *, event: str = "a", **more: Any) -> Claim:
    """Make a claim about an event; the part in which it lies depends on the event."""
    subject = Subject(harm=["killed"], event=event, since="2020-09-27", until="2020-09-30")
    figure = None if more.get("stance") == "withdraws" else cs.Figure.exactly(low)
    return Claim(source=source, subject=subject, figure=figure, stated="2020-10-01", **more)


FIRST = said("ministry", 20)
NAMING = {
    "withdraws": said("ministry", 0, event="b", stance="withdraws", target=FIRST.id),
    "replaces": said("ministry", 7, event="b", replaces=[FIRST.id]),
}


@pytest.mark.parametrize("act", NAMING)
@pytest.mark.parametrize("first", [True, False])
def test_claim_of_another_part_counts(act: str, tmp_path: Path, *, first: bool) -> None:
    """A claim about one event that withdraws or replaces one about another takes effect there, whichever came first."""
    sources = [Source(key="ministry"), Source(key="monitor")]
    old = cs.Ledger([FIRST, said("monitor", 20)], sources=sources)
    new = cs.Ledger([NAMING[act]], sources=sources)
    living = ParquetLedger(tmp_path)
    parts = [old, new] if first else [new, old]
    living.append(parts[0])
    living.reconcile()
    living.append(parts[1])
    assert len({path.parent.name for path in tmp_path.rglob("*.parquet")}) == 2, "the two events lie in one part"
    found = living.reconcile()
    fates = found.attribution_frame().query("claim == @FIRST.id")["role"].tolist()
    assert fates == ["withdrawn" if act == "withdraws" else "replaced"]
    assert found.to_frame()["status"][0] == "single source"
    assert content(found) == content(cs.reconcile(old | new))


@pytest.mark.parametrize("first", [True, False])
def test_basis_in_another_part_counts(tmp_path: Path, *, first: bool) -> None:
    """Two papers that rest on one ministry are one voice, also where the ministry spoke about something else."""
    sources = [Source(key=key) for key in ("ministry", "paper", "weekly")]
    basis = said("ministry", 9, event="b")
    links = [Link(claim=basis.id)]
    old = cs.Ledger([said("weekly", 20, based_on=[Link(claim=said("ministry", 30, event="c").id)])], sources=sources)
    new = cs.Ledger([said("paper", 20, based_on=links)], sources=sources)
    late = cs.Ledger([basis, said("ministry", 30, event="c")], sources=sources)
    living = ParquetLedger(tmp_path)
    for part in (old, new, late) if first else (late, new, old):
        living.append(part)
        living.reconcile()
    assert living.reconcile().to_frame()["independent_sources"].tolist() == [1, 1, 1]
    assert content(living.reconcile()) == content(cs.reconcile(old | new | late))


def test_side_of_a_source_counts_everywhere(tmp_path: Path) -> None:
    """What a later append says of a source changes what was found in other parts, and nothing where it is silent."""
    kept = said("monitor", 5, event="b")
    living = ParquetLedger(tmp_path)
    old = cs.Ledger([FIRST, kept], sources=[Source(key="ministry"), Source(key="monitor")])
    living.append(old)
    living.reconcile()
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
    new = cs.Ledger([said("ministry", 3, event="c")], sources=[Source(key="ministry", kinds=["unattributed"])])
    living.append(new)
    assert content(living.reconcile()) == content(cs.reconcile(old | new))
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.arrow")}
    assert len(after) == 3
    assert len(set(before.items()) & set(after.items())) == 1, (
        "the part in which only the monitor speaks was done again"
    )


def test_appending_again_changes_no_file(tmp_path: Path) -> None:
    """The same claims, as a ledger or as a table, in any order, are there already."""
    seed = cs.seeds.load("nagorno-karabakh-2016-04")
    plain = cs.Ledger(seed, sources=[Source(key=claim.source) for claim in seed])
    living = ParquetLedger(tmp_path)
    living.append(plain)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    table = claims_table(plain).drop(columns=list(RESOLVED))
    for again in (plain, table, table.iloc[::-1]):
        living.append(again)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


def test_no_claim_is_written_over_another_sources(tmp_path: Path) -> None:
    """A withdrawal of another source's claim stops the append, whichever of the two came first; nothing is changed."""
    mine = cs.Ledger([FIRST], sources=[Source(key="ministry")])
    theirs = cs.Ledger(
        [said("monitor", 0, event="b", stance="withdraws", target=FIRST.id)], sources=[Source(key="monitor")]
    )
    for name, (old, new) in {"a": (mine, theirs), "b": (theirs, mine)}.items():
        living = ParquetLedger(tmp_path / name)
        living.append(old)
        with pytest.raises(LedgerError, match=f"of 'monitor' withdraws {FIRST.id} of 'ministry'"):
            living.append(new)
        assert living.ledger() == old


def test_two_sides_of_a_source_stop_the_append(tmp_path: Path) -> None:
    """A source with another side is refused; nothing is changed."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger([FIRST], sources=[Source(key="ministry", side="north")]))
    with pytest.raises(LedgerError, match="side is both 'north' and 'south'"):
        living.append(pd.DataFrame({"source": ["ministry"], "source_side": ["south"], "harm": ["killed"], "low": [1]}))
    assert len(living.ledger()) == 1


def test_table_made_from_a_ledger_is_refused(tmp_path: Path) -> None:
    """A table in which trees were resolved is refused, since the trees are not in it."""
    with pytest.raises(CasualtiesError, match="append the ledger itself"):
        ParquetLedger(tmp_path).append(claims_table(cs.seeds.load("nagorno-karabakh-2016-04")))


def test_folder_without_a_ledger_is_named(tmp_path: Path) -> None:
    """A path at which no ledger lies is no empty ledger."""
    living = ParquetLedger(tmp_path / "nowhere")
    with pytest.raises(LedgerFileError, match=r"nowhere: 1 problem\n  there is no ledger in it"):
        living.reconcile()
    assert repr(living) == f"ParquetLedger({str(tmp_path / 'nowhere')!r})"


def test_newer_folder_is_refused_by_name(tmp_path: Path) -> None:
    """A folder of a form that is not known yet is not half read."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger())
    commit = next(tmp_path.rglob("*.json"))
    commit.write_text(commit.read_text(encoding="utf-8").replace('"form": 1', '"form": 2'), encoding="utf-8")
    with pytest.raises(LedgerFileError, match="its form is 2"):
        living.table()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"form": 1, "files": [], "binding": [], "declared": 3}'])
def test_damaged_append_is_named(text: str, tmp_path: Path) -> None:
    """What no append wrote is named, and is not taken for an empty one."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger())
    next(tmp_path.rglob("*.json")).write_text(text, encoding="utf-8")
    with pytest.raises(LedgerFileError, match=r"this is no append|it was changed since it was written"):
        living.ledger()


def test_damaged_findings_are_made_again(tmp_path: Path) -> None:
    """What is kept to save time decides nothing."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger([FIRST], sources=[Source(key="ministry")]))
    expected = written(living.reconcile())
    kept = next(tmp_path.rglob("*.arrow"))
    whole = kept.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2]):
        kept.write_bytes(damaged)
        assert written(living.reconcile()) == expected
        assert kept.read_bytes() == whole


def test_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that was damaged on the disk is named, and nothing is left out in silence."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger([FIRST], sources=[Source(key="ministry")]))
    next(tmp_path.rglob("*.parquet")).write_bytes(b"PAR1")
    with pytest.raises(LedgerFileError, match="restore it from a copy"):
        living.table()


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where no folder can be made the error is one of ours."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LedgerFileError, match="it cannot be written"):
        ParquetLedger(tmp_path / "file" / "ledger").append(cs.Ledger([FIRST], sources=[Source(key="ministry")]))


def test_empty_ledger_has_no_findings(tmp_path: Path) -> None:
    """A ledger without claims can be appended, and gives none."""
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger(titles=["Nobody was counted"]))
    assert len(living.reconcile()) == 0
    assert rows_in(living.table()) == 0
    assert living.ledger().titles == ("Nobody was counted",)


def test_words_that_hold_strokes_keep_their_order(tmp_path: Path) -> None:
    """Subjects with a stroke in a word are told from subjects with two words."""
    claims = [
        Claim(source="ministry", subject=Subject(harm=["killed"], with_=words, until="2020-09"), figure=cs.Figure(5, 5))
        for words in (["a|b"], ["a", "b"], [], ["\\"])
    ]
    whole = cs.Ledger(claims, sources=[Source(key="ministry")])
    living = ParquetLedger(tmp_path)
    living.append(whole)
    assert content(living.reconcile()) == content(cs.reconcile(whole))


def test_large_ledgers_are_reconciled_some_parts_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few rows are reconciled together, the result is the same bytes; an old result is no longer kept."""
    whole = cs.seeds.load("nagorno-karabakh-2020-war")
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger(list(whole)[:100], **whole.declared))
    living.reconcile()
    living.append(whole)
    expected = written(living.reconcile())
    names = {path.name for path in tmp_path.rglob("*.arrow")}
    for path in tmp_path.rglob("*.arrow"):
        path.unlink()
    monkeypatch.setattr("casualties.columns._store.TOGETHER", 20)
    assert written(living.reconcile()) == expected
    assert {path.name for path in tmp_path.rglob("*.arrow")} == names
    assert content(living.reconcile()) == content(cs.reconcile(whole))
    assert living.ledger() == whole


def drawn(number: int) -> pd.DataFrame:
    """Make a flat table of claims by four sources on a number of events, with revisions and copies."""
    sources = {"ministry": "government", "staff": "belligerent", "monitor": "monitor", "paper": "media"}
    rows = []
    for place in range(number):
        source = sorted(sources)[place * 7 % 4]
        row: dict[str, Any] = {
            "source": source,
            "source_kind": sources[source],
            "harm": "killed",
            "event": f"e{place * 13 % 500:03}",
        }
        row |= {"since": "2020-09-27", "until": f"2020-{10 + place % 3}-{1 + place % 27:02}", "low": place * 31 % 90}
        row |= {"high": None if place % 5 == 0 else place * 31 % 90 + place % 4, "publisher": source}
        rows.append(row | {"stated": row["until"], "published": row["until"], "reading": 1})
    return pd.DataFrame(rows).astype({"high": "Int64"})


@pytest.mark.no_cover  # what comes by these lines with a few claims is counted above
def test_thousands_of_claims(tmp_path: Path) -> None:
    """Four thousand claims appended in eight pieces give the bytes of one append, and the values of the table."""
    table = drawn(4_000)
    living, anew = ParquetLedger(tmp_path / "living"), ParquetLedger(tmp_path / "anew")
    for start in range(0, 4_000, 500):
        living.append(table.iloc[start : start + 600])
        if start % 2_000 == 0:
            living.reconcile()
    anew.append(table)
    found = living.reconcile()
    assert written(found) == written(anew.reconcile())
    assert content(found) == content(reconcile_table(table))


def test_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    """A file of claims that was written anew by somebody else is named, whatever it says now."""
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra columns is not installed")
    living = ParquetLedger(tmp_path)
    living.append(cs.Ledger([FIRST], sources=[Source(key="ministry")]))
    file = next(tmp_path.rglob("*.parquet"))
    rows = pq.read_table(file, partitioning=None).to_pandas().assign(low=21)
    rows.to_parquet(file)
    with pytest.raises(LedgerFileError, match=rf"{file.name}: 1 problem\n  it was changed since it was written"):
        living.ledger()
