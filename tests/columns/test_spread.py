"""A table reconciled in parts has the values that it has at once, whatever the memory and the number of processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples

import casualties as cs
from casualties.columns import RESOLVED, claims_table, ledger_of, reconcile_table, reconcile_to_folder

from .engines import put
from .ledgers import daily_ledgers

if TYPE_CHECKING:
    import pandas as pd

    from casualties.columns._spread import Spread as Parted
    from casualties.results import Tables

pytest.importorskip("pyarrow", reason="the extra columns is not installed")

from casualties.columns import _spread
from casualties.columns._coded import Rows
from casualties.columns._spread import Spread, bytes_in, room_for, topics_by_digest


def content(tables: Tables) -> dict[str, Any]:
    """Give all values of all tables, with one sign for what is missing."""
    frames = (tables.to_frame(), tables.attribution_frame(), tables.support_frame())
    return {
        name: frame.astype(object).where(frame.notna(), None).to_dict("list")
        for name, frame in zip(("findings", "attribution", "support"), frames, strict=True)
    }


def flat(ledger: cs.Ledger) -> pd.DataFrame:
    """Give the claims of a ledger as a table that was never resolved."""
    return claims_table(ledger).drop(columns=list(RESOLVED))


def parted(table: Any, room: int) -> Any:
    """Reconcile a table in parts of about so many rows."""
    with Spread.of(table) as spread:
        parts, _ = spread.reconciled(as_of=None, most=10**6, room=room, processes=1)
        return parts.tables()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ledger=daily_ledgers(plain=True), room=st.sampled_from([1, 3, 10_000]))
def test_parts_are_equal_to_the_whole(ledger: cs.Ledger, room: int) -> None:
    """Links, silences, denials and revisions come out of parts as they come out of objects."""
    table = flat(ledger)
    if len(table):
        assert content(parted(table, room)) == content(cs.reconcile(ledger_of(table)).tables)


def linked() -> pd.DataFrame:
    """Give forty towns with a count each; every town after the first repeats what was said of the town before."""
    import pandas as pd

    rows = [
        {
            "source": f"paper-{town % 5}",
            "source_kind": "media" if town % 5 == 0 else None,  # said on one subject of each only, so of one part
            "stance": "states",
            "harm": "killed",
            "place": f"town-{town:02}",
            "until": "2020-09-30",
            "low": town + 1,
            "high": town + 1,
            "stated": "2020-10-01",
        }
        for town in range(40)
    ]
    ids = list(claims_table(ledger_of(pd.DataFrame(rows))).sort_values("place")["claim_id"])
    for row, base in zip(rows[1:], ids, strict=False):
        row["based_on"] = base
    return flat(ledger_of(pd.DataFrame(rows)))


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb"])
def test_topics_that_name_one_another_stay_together(engine: str) -> None:
    """A chain of links through forty towns is of one part, and each count rests on the first paper's word."""
    table = linked()
    with Spread.of(put(table, engine)) as spread:
        assert len([part for part in spread.parts(1) if held(spread, part)]) == 1
    assert content(parted(put(table, engine), 1)) == content(cs.reconcile(ledger_of(table)).tables)


def held(spread: Parted, buckets: frozenset[int]) -> int:
    """Count the rows of a part."""
    job = _spread._Job(Path(spread._folder.name), 0, buckets, spread._moved, spread._sources, None, 0, spread._names)
    return len(job.rows())


def test_without_links_towns_are_of_many_parts() -> None:
    """Forty towns lie in more than ten of sixty-four files, and no row is lost or doubled."""
    table = linked().drop(columns="based_on")
    with Spread.of(table) as spread:
        parts = [held(spread, part) for part in spread.parts(1)]
        assert len(parts) > 10
        assert sum(parts) == len(table) == spread.rows


def test_a_source_is_described_for_all_parts() -> None:
    """That a paper is of the press is said once, and counts in every part."""
    table = linked().drop(columns="based_on")
    assert content(parted(table, 1)) == content(reconcile_table(table).tables)


@pytest.mark.parametrize(("memory", "processes"), [("1 MB", 1), ("2 GB", 2), (None, 2)])
def test_memory_and_processes_change_no_value(memory: str | None, processes: int) -> None:
    """What is asked for in parts, or of two processes, is what comes at once."""
    table = linked()
    assert content(reconcile_table(table, memory=memory, processes=processes).tables) == content(
        reconcile_table(table).tables
    )


def test_a_day_is_asked_for_in_parts() -> None:
    """Asked for the day before, figures of the day after take no position in any part."""
    table = linked().drop(columns="based_on")
    with Spread.of(table) as spread:
        parts, _ = spread.reconciled(as_of=cs.PartialDate.parse("2020-09-29"), most=10**6, room=1, processes=1)
        assert set(parts.tables().to_frame()["status"]) == {"unreported"}


def test_digests_are_the_same_on_every_machine() -> None:
    """A digest is of the words, and does not depend on the order of rows, nor on empty columns."""
    words = {"source": ["x", "x"], "harm": ["killed", "wounded"], "event": ["a", None], "low": [1, 2]}
    table = __import__("pyarrow").table(words)
    digests = list(topics_by_digest(Rows.of(table)))
    assert list(topics_by_digest(Rows.of(table.take([1, 0])))) == digests[::-1]
    assert topics_by_digest(Rows.of(table.drop_columns(["event"])))[1] == digests[1]


@pytest.mark.parametrize(
    ("memory", "number"), [("1 GB", 10**9), ("500MB", 5 * 10**8), ("1.5 gib", 1_500_000_000), (7, 7)]
)
def test_memory_is_read(memory: str | int, number: int) -> None:
    """Amounts stand in thousands, with or without a space."""
    assert bytes_in(memory) == number


@pytest.mark.parametrize("memory", ["", "much", "-1 GB", "0 GB", 0])
def test_what_is_no_amount_is_refused(memory: str | int) -> None:
    """The message says how an amount is given."""
    with pytest.raises(cs.errors.CasualtiesError, match="no amount of memory"):
        bytes_in(memory)


def test_no_process_is_refused() -> None:
    """At least one has to work."""
    with pytest.raises(cs.errors.CasualtiesError, match="at least one works"):
        room_for("1 GB", 0)


@pytest.mark.parametrize("memory", ["1 MB", "1 GB"])
def test_a_folder_holds_the_same(memory: str, tmp_path: Path) -> None:
    """What is written as Parquet is what comes back in frames, read from a path as from a frame."""
    table = linked()
    table.to_parquet(tmp_path / "claims.parquet")
    whole = content(reconcile_table(table).tables)
    assert content(reconcile_to_folder(tmp_path / "claims.parquet", tmp_path / "one", memory=memory)) == whole
    assert content(reconcile_to_folder(table, tmp_path / "two", memory=memory, checked=True)) == whole
    with pytest.raises(cs.errors.CasualtiesError, match="tables in it already"):
        reconcile_to_folder(table, tmp_path / "two")
